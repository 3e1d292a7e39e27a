// How far the reading of the team's list is, for each page that shows it, and
// the way to pause it.
import { trial } from "./place.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const number = new Intl.NumberFormat();
const still = 20_000; // milliseconds without a page, after which it waits for something
let moved = Date.now();
let read = -1;
let gateway = false;
let workspace = "";
let again = () => {}; // shows what was shown last, as it is to be said now

/** What a walk is at, in words. @param {Walk} walk */
export function told(walk) {
  const [n, of] = [number.format(walk.read), number.format(walk.total)];
  if (walk.paused) return walk.underWay ? t("Paused at {0} of {1} opportunities.", n, of) : t("Paused: nothing is read until you resume it.");
  if (!walk.underWay) return "";
  if (!walk.total) return t("Asking Apollo for the team's opportunities.");
  return Date.now() - moved < still
    ? t("Reading the team's opportunities: {0} of {1}.", n, of)
    : t("{0} of {1} opportunities are read. It goes on when this hour's requests allow for more.", n, of);
}

/** Shows it. @param {Walk} walk @param {string} otherwise what is said while nothing is being read */
export function showReading(walk, otherwise) {
  if (walk.read !== read) [read, moved] = [walk.read, Date.now()];
  again = () => showReading(walk, otherwise);
  workspace = walk.workspace;
  const progress = /** @type {HTMLProgressElement} */ (element("progress"));
  element("walk").textContent = gateway ? otherwise : told(walk) || otherwise;
  progress.hidden = gateway || !walk.underWay;
  if (walk.total) [progress.max, progress.value] = [walk.total, walk.read];
  element("pause").hidden = gateway || (!walk.underWay && !walk.paused);
  element("pause").textContent = walk.paused ? t("Resume") : t("Pause");
  element("pause").dataset.paused = String(walk.paused);
  element("fill").hidden = gateway || walk.underWay || walk.paused;
}

/** Has the worker do something, and says what hindered it. @param {string} type @param {() => unknown} changed */
async function ask(type, changed) {
  const answer = await chrome.runtime.sendMessage({ type, place: trial, workspace }).catch(() => undefined);
  await changed();
  if (answer?.failed) element("walk").textContent = answer.failed;
}

/**
 * Lets the rep begin, pause and resume it, and calls changed when anything has changed.
 * @param {boolean} byGateway the team's gateway reads the list for everybody @param {() => unknown} changed
 */
export function offerReading(byGateway, changed) {
  gateway = byGateway;
  element("fill").addEventListener("click", () => {
    moved = Date.now();
    element("walk").textContent = t("Asking Apollo for the team's opportunities.");
    ask("fill", changed);
  });
  element("pause").addEventListener("click", () => {
    moved = Date.now();
    ask(element("pause").dataset.paused === "true" ? "resume" : "pause", changed);
  });
  new BroadcastChannel("dealmark").onmessage = changed;
  setInterval(() => again(), still);
}
