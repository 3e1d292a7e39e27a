// What takes longest begins here, before the page is parsed and styled.
import { startCore } from "./wasm.js";
import { readPage } from "./page.js";

performance.mark("start"); // the marks are for make bench
export const core = startCore("core.wasm");
export const page = readPage();
indexedDB.databases().catch(() => {}); // wakes the browser's storage, which the core opens as soon as it runs
core.then(() => performance.mark("core")).catch(() => {}); // popup.js says it; here nobody listens yet
