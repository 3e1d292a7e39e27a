// What takes longest begins here, before the page is parsed and styled.
import { place, trial } from "./place.js";
import { startCore } from "./wasm.js";
import "./ahead.js";
import { readPage } from "./page.js";
import { paintLast } from "./shown.js";

/** The core once it has opened on the page: what a rep clicks on before waits for that. @type {PromiseWithResolvers<RunningCore<PopupCore>>} */
export const story = Promise.withResolvers();
export const core = startCore("core.wasm", place);
export const page = trial ? readPage().then(visit) : readPage();
paintLast().catch(() => {}); // the core shows all of it anyway
core.catch(() => {}); // popup.js says it; here nobody listens yet

/** Tells the trial, before anything is looked up there, on which page the rep is. @param {Page} page */
async function visit(page) {
  const { trialProgram } = await import("./trial_place.js");
  await (await trialProgram(trial)).call("visit", { page });
  return page;
}
