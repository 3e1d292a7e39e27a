import "./wasm_exec.js";
import { word } from "./words.js";
document.title = word;
