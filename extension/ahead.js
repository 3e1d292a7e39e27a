// What the core will read of storage is read here already, while the core is
// still compiled: by what it read at the last opening on this host. The core
// takes it from here while it opens; what is not held it reads by itself.
import { local } from "./own_storage.js";
import { trial } from "./place.js";

/** @typedef {{ area: string, key: string, list: boolean }} Wish */
/** @typedef {{ host: string, wishes: Wish[] }} Opening */

const most = 100; // hosts that are remembered
const item = "ahead";

/** The openings that are remembered, the latest first. @type {Opening[]} */
const openings = recall();
/** @type {Map<string, Taken>} */
const held = new Map();
/** What the core wanted at this opening; undefined once it is over. @type {Map<string, Wish> | undefined} */
let wanted = new Map();

function recall() {
  try {
    return JSON.parse(local.getItem(item) ?? "[]").filter((/** @type {Opening | null} */ o) => Array.isArray(o?.wishes));
  } catch {
    return []; // nothing of ours
  }
}

/** @param {Wish} wish */
const named = ({ area, key, list }) => `${area} ${list ? "*" : "="} ${key}`;

/** The host of the tab; "" where nothing is to be remembered: in a private window, and in a trial. */
export const host = chrome.tabs.query({ active: true, currentWindow: true }).then(
  ([tab]) => (/^https?:/.test(tab?.url ?? "") && !tab?.incognito && !trial ? new URL(tab?.url ?? "").host : ""),
  () => "",
);

/** Whether the popup was opened on a host before, as far as that is remembered. @param {string} of */
export const visited = (of) => openings.some((opening) => opening.host === of);

/** Opens the database if there is one: making it is the core's. @returns {Promise<IDBDatabase | undefined>} */
function openDatabase() {
  return new Promise((resolve) => {
    const request = indexedDB.open(trial ? `dealmark-${trial}` : "dealmark");
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}

/** The database, once it is open. */
export const database = openDatabase();

/** @param {IDBDatabase | undefined} db */
async function readAll(db) {
  const of = await host;
  const wishes = (openings.find((o) => o.host === of) ?? openings[0])?.wishes.filter(({ area }) => db?.objectStoreNames.contains(area)) ?? [];
  if (!db || !wishes.length) return db;
  const reading = db.transaction([...new Set(wishes.map(({ area }) => area))]);
  const read = wishes.map((wish) => {
    const store = reading.objectStore(wish.area);
    if (!wish.list) return { wish, values: store.get(wish.key) };
    const within = IDBKeyRange.bound(wish.key, wish.key + "\uffff");
    return { wish, keys: store.getAllKeys(within), values: store.getAll(within) };
  });
  await new Promise((done) => (reading.oncomplete = reading.onabort = done));
  if (!reading.error) for (const { wish, keys, values } of read) held.set(named(wish), { keys: keys?.result, values: values.result });
  return db;
}

const changes = new BroadcastChannel("dealmark");
let changed = false;
changes.onmessage = () => {
  changed = true;
  held.clear();
};

/** What goes wrong here goes wrong for the core as well, which says so. @template T @param {Promise<T>} of */
const quiet = (of) => (of.catch(() => {}), of);

/** @type {Ahead} */
const ahead = {
  db: database.then(readAll).catch(() => undefined),
  boot: quiet(chrome.storage.session.get("boot")),
  local: quiet(chrome.storage.local.get(null)),
  take(area, key, list) {
    const wish = { area, key, list };
    if (!wanted) return undefined; // the opening is over
    wanted.set(named(wish), wish);
    const found = held.get(named(wish));
    if (found) ahead.taken++;
    else ahead.missed++;
    return found;
  },
  drop: () => held.clear(),
  taken: 0,
  missed: 0,
};
globalThis.ahead = ahead;

/** Ends the opening and remembers it; from now on change is called when storage has changed. @param {() => void} change */
export async function openingDone(change) {
  held.clear();
  ahead.local = undefined;
  const wishes = [...(wanted?.values() ?? [])];
  wanted = undefined;
  changes.onmessage = change;
  if (changed) change();
  const of = await host;
  if (!of) return;
  const others = openings.filter((o) => o.host !== of).slice(0, most - 1);
  try {
    local.setItem(item, JSON.stringify([{ host: of, wishes }, ...others]));
  } catch {
    // A full disk: the next opening reads without it.
  }
}
