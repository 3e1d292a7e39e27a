// What takes longest begins here, before the page is parsed and styled.
import { startCore } from "./wasm.js";
import { readPage } from "./page.js";

export const core = startCore();
export const page = readPage();
core.catch(() => {}); // popup.js says it; here nobody listens yet
