import { word } from "./words.js";
document.title = word;
