import "./wasm_exec.js";
import { shared } from "./shared.js";
export const text = shared("start");
