// What takes longest begins here, before the page is parsed and styled.
import { place, trial } from "./place.js";
import { readPage } from "./page.js";
import { startCore } from "./wasm.js";

performance.mark("start"); // the marks are for make bench
export const core = startCore("core.wasm", place);
export const page = trial ? readPage().then(visit) : readPage();
indexedDB.databases().catch(() => {}); // wakes the browser's storage, which the core opens as soon as it runs
core.then(() => performance.mark("core")).catch(() => {}); // popup.js says it; here nobody listens yet

/** Tells the trial, before anything is looked up there, on which page the rep is. @param {Page} page */
async function visit(page) {
  const { trialProgram } = await import("./trial_place.js");
  await (await trialProgram(trial)).call("visit", { page });
  return page;
}
