// What takes longest begins here, before the rest of the popup.
import { place, trial } from "./place.js";
import { startCore } from "./wasm.js";
import "./ahead.js";
import { readPage } from "./page.js";
import { paintLast } from "./shown.js";

const longest = 200; // ms that the core waits: the page may not be shown at all, storage may not answer

/** The core once it has opened on the page: what a rep clicks on before waits for that. @type {PromiseWithResolvers<RunningCore<PopupCore>>} */
export const story = Promise.withResolvers();
/** Resolves when what was shown last is on the screen: a core that is fetched, compiled and run keeps the browser from painting. */
const seen = new Promise((done) => {
  setTimeout(done, longest);
  const painted = () => requestAnimationFrame(() => setTimeout(done));
  paintLast().then((last) => (last ? painted() : done(undefined)), done); // the core shows all of it anyway
});
export const core = seen.then(() => startCore("core.wasm", place));
export const page = trial ? readPage().then(visit) : readPage();
core.catch(() => {}); // popup.js says it; here nobody listens yet

/** Tells the trial, before anything is looked up there, on which page the rep is. @param {Page} page */
async function visit(page) {
  const { trialProgram } = await import("./trial_place.js");
  const visited = trialProgram(trial).then((program) => program.call("visit", { page }));
  return visited.then(() => page, () => page); // what fails here fails for the core as well, which says so
}
