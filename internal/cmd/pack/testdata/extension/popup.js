import { text } from "./start.js";
import { shared } from "./shared.js";
document.title = shared(text);
if (text) import("./late.js");
