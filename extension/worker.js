import { failure } from "./failure.js";
import { heard, placeIn } from "./heard.js";
import { applySurface, openPanel } from "./surface.js";
import { trialPlace } from "./trial_place.js";
import { lock } from "./lock.js";
import { startCore } from "./wasm.js";

// Content scripts, of which there are none, could read it otherwise.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

const again = 300; // seconds until the next try when the core itself failed
const channel = new BroadcastChannel("dealmark");

/** The core of each place, started by the first event that needs it. @type {Map<string, Promise<RunningCore<WorkerCore>>>} */
const cores = new Map();

/** @param {string} place */
function core(place) {
  let starting = cores.get(place);
  if (!starting) {
    starting = startCore("worker.wasm", place ? trialPlace(place) : undefined);
    cores.set(place, starting);
    const forget = () => cores.delete(place); // the next event starts a new one
    starting.then((running) => running.ended.catch(forget), forget);
  }
  return starting;
}

/** @param {string} place */
async function drain(place) {
  const alarm = place ? `drain-${place}` : "drain";
  let next = again;
  try {
    const answer = await (await core(place)).call("drain", {});
    next = answer.next;
    if (!place) await chrome.action.setBadgeText({ text: answer.pending ? String(answer.pending) : "" });
  } finally {
    if (next > 0) await chrome.alarms.create(alarm, { when: Date.now() + next * 1000 });
    else await chrome.alarms.clear(alarm);
    channel.postMessage({ type: "changed" });
  }
}

/** @param {string} place @param {string} [workspace] the current one where none is named */
async function fill(place, workspace) {
  const alarm = place ? `fill-${place}` : "fill";
  const { next } = await (await core(place)).call("fillIndex", { ...(workspace !== undefined && { workspace }) });
  if (next > 0) await chrome.alarms.create(alarm, { when: Date.now() + next * 1000 });
  else await chrome.alarms.clear(alarm);
  channel.postMessage({ type: "changed" });
}

/** @param {string} place @param {string} [workspace] */
async function pause(place, workspace) {
  await (await core(place)).call("pauseIndex", { ...(workspace !== undefined && { workspace }) });
  channel.postMessage({ type: "changed" });
}

/** @param {string} place @param {string} [workspace] */
async function resume(place, workspace) {
  await (await core(place)).call("resumeIndex", { ...(workspace !== undefined && { workspace }) });
  channel.postMessage({ type: "changed" });
  return wish("fill", place, workspace);
}

/** Makes a workspace the current one. @param {string} place @param {string} [workspace] */
async function choose(place, workspace = "") {
  await (await core(place)).call("chooseWorkspace", { id: workspace });
}

/** A key was unlocked: what waited for it is sent. @param {string} place @param {string} [workspace] */
async function unlocked(place, workspace = "") {
  await (await core(place)).call("unlocked", { workspace });
  wish("drain", place);
}

/** Says that this place's program runs, once it does. @param {string} place */
const here = async (place) => void (await core(place));

/** What came of each: nothing, or what hindered it. @type {Record<import("./heard.js").Kind, (place: string, workspace?: string) => Promise<void | string>>} */
const wishes = { drain, fill, pause, resume, choose, unlocked, here };
/** The last wish of each kind: what a rep saves is sent while the list is still being read. @type {Record<string, Promise<void | string>>} */
const last = {};

/** Does a wish after those of its kind. What failed is stored in the outbox, and the alarm tries again. @param {import("./heard.js").Kind} type @param {string} [place] @param {string} [workspace] */
function wish(type, place = "", workspace = undefined) {
  const kind = `${type} ${place}`;
  const before = last[kind] ?? Promise.resolve();
  return (last[kind] = before.then(() => wishes[type](place, workspace)).catch((error) => (console.error(type, error), failure(error).message)));
}

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  const asked = heard(message, sender);
  if (!asked) return false;
  wish(asked.type, asked.place, asked.workspace).then((failed) => answer({ version: 1, ...(failed && { failed }) }));
  return true; // keeps the worker alive until the answer
});
chrome.alarms.onAlarm.addListener(({ name }) => {
  const type = name.split("-")[0] ?? "";
  if (type === "lock") lock();
  if (type === "drain" || type === "fill") wish(type, placeIn(name));
});
/** Sets what the team's admin has set. */
const managed = () => core("").then((running) => running.call("applyPolicy", {})).catch((error) => console.error("policy", error));
chrome.storage.onChanged.addListener((_, area) => {
  if (area === "managed") managed();
});
chrome.runtime.onInstalled.addListener(({ reason }) => {
  managed();
  wish("drain");
  applySurface();
  if (reason === "install") chrome.tabs.create({ url: "welcome.html" });
});
chrome.runtime.onStartup.addListener(() => {
  managed();
  wish("drain");
  applySurface();
});
chrome.action.onClicked.addListener(({ windowId }) => {
  openPanel(windowId); // first: the browser opens it straight from the click alone
  channel.postMessage({ type: "clicked", window: windowId }); // to one that is open already
});
