import { shared } from "./shared.js";
import { text } from "./start.js";
document.title = shared(text);
if (text) import("./late.js");
