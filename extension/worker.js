import { startCore } from "./wasm.js";

// Content scripts, of which there are none, could read it otherwise.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

const again = 300; // seconds until the next try when the core itself failed
const channel = new BroadcastChannel("dealmark");

/** The core, started by the first event that needs it. @type {Promise<RunningCore<WorkerCore>> | undefined} */
let starting;

async function core() {
  starting ??= startCore("worker.wasm");
  const forget = () => (starting = undefined); // the next event starts a new one
  starting.then((running) => running.ended.catch(forget), forget);
  return starting;
}

async function drain() {
  let next = again;
  try {
    const answer = await (await core()).call("drain", {});
    next = answer.next;
    await chrome.action.setBadgeText({ text: answer.pending ? String(answer.pending) : "" });
  } finally {
    if (next > 0) await chrome.alarms.create("drain", { when: Date.now() + next * 1000 });
    else await chrome.alarms.clear("drain");
    channel.postMessage({ type: "changed" });
  }
}

async function fill() {
  await (await core()).call("fillIndex", {});
  channel.postMessage({ type: "changed" });
}

/** @type {Record<string, () => Promise<void>>} */
const wishes = { drain, fill };
/** The last wish of each kind: what a rep saves is sent while the list is still being read. @type {Record<string, Promise<void>>} */
const last = {};

/** Does a wish after those of its kind. What failed is stored in the outbox, and the alarm tries again. @param {string} type */
function wish(type) {
  const before = last[type] ?? Promise.resolve();
  return (last[type] = before.then(wishes[type]).catch((error) => console.error(type, error)));
}

/** Only this extension's own pages are listened to, whatever a page may send. @param {chrome.runtime.MessageSender} sender */
const own = (sender) =>
  sender.id === chrome.runtime.id && (sender.url ?? "").startsWith(chrome.runtime.getURL(""));

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (!own(sender) || !Object.hasOwn(wishes, message?.type)) return false;
  wish(message.type).then(() => answer({ version: 1 }));
  return true; // keeps the worker alive until the answer
});
chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === "drain") wish("drain");
});
chrome.runtime.onInstalled.addListener(() => wish("drain"));
chrome.runtime.onStartup.addListener(() => wish("drain"));
