// Says when nobody sends what waits: a worker that the browser does not start can
// say nothing itself. It is asked only about what has waited for a while.
import { failure } from "./failure.js";
import { trial } from "./place.js";
import { element } from "./say.js";
import { t } from "./words.js";

const due = 1500; // ms in which most of what is saved is sent
const patience = 5000; // ms in which a worker starts on a busy computer
const outbox = element("outbox");
const waits = () => outbox.querySelector(".entry:is([data-state=queued], [data-state=sending], [data-state=uncertain])");
const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
let asking = false;

/** What keeps the worker from sending; "" if nothing does, undefined if it does not answer. @returns {Promise<string | undefined>} */
async function hindrance() {
  for (const until = performance.now() + patience; performance.now() < until; await pause(500)) {
    const asked = chrome.runtime.sendMessage({ type: "here", place: trial }).catch(() => undefined); // nobody is there
    const answer = await Promise.race([asked, pause(until - performance.now())]);
    if (answer) return answer.failed ?? "";
  }
  return undefined;
}

/** Asks for as long as something waits and nobody sends it. */
async function ask() {
  asking = true;
  for (await pause(due); waits(); await pause(patience)) {
    const hindered = await hindrance().catch((error) => failure(error).message);
    if (hindered === "") break; // what it waits for, the entry itself says
    const why = hindered ?? t("Nothing is being sent: the browser does not start Dealmark's background program.");
    const text = `${why} ${t("What is saved stays on this computer. Reload Dealmark, or restart the browser.")}`;
    if (element("unsent-text").textContent !== text) element("unsent-text").textContent = text;
    element("unsent").hidden = !waits();
  }
  element("unsent").hidden = true;
  asking = false;
}

new MutationObserver(() => !asking && waits() && ask()).observe(outbox, { subtree: true, childList: true, attributeFilter: ["data-state"] });
