// What takes longest begins here, before the page is parsed and styled.
import { place, trial } from "./place.js";
import { startCore } from "./wasm.js";
import "./ahead.js";
import { readPage } from "./page.js";
import { paintLast } from "./shown.js";

/** The core once it has opened on the page: what a rep clicks on before waits for that. @type {PromiseWithResolvers<RunningCore<PopupCore>>} */
export const story = Promise.withResolvers();
const seen = paintLast().then((painted) => painted && seenByNow(), () => {}); // the core shows all of it anyway
export const core = startCore("core.wasm", seen.then(() => place));
export const page = trial ? readPage().then(visit) : readPage();
core.catch(() => {}); // popup.js says it; here nobody listens yet

/** Resolves when what was painted is on the screen: a core that begins to run keeps the browser from painting. */
function seenByNow() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 150); // it may not be shown at all
  });
}

/** Tells the trial, before anything is looked up there, on which page the rep is. @param {Page} page */
async function visit(page) {
  const { trialProgram } = await import("./trial_place.js");
  const visited = trialProgram(trial).then((program) => program.call("visit", { page }));
  return visited.then(() => page, () => page); // what fails here fails for the core as well, which says so
}
