import { trialPlace, trialProgram } from "./trial_place.js";
import { startCore } from "./wasm.js";

/** Begins a trial: from the next page on Dealmark is in it. What is stored outside of trials is not touched. */
export async function enterTrial() {
  await forgetTrials();
  const name = `trial-${Date.now().toString(36)}`;
  const { key, rep } = await (await trialProgram(name)).call("join", {});
  await (await startCore("worker.wasm", trialPlace(name))).call("saveSettings", { key, rep });
  localStorage.setItem("trial", name);
}

/** Ends the trial, and removes all that it has stored. */
export async function leaveTrial() {
  const name = localStorage.getItem("trial");
  await navigator.locks.request(`drain-${name}`, forgetTrials); // what is being sent there is sent first
  localStorage.removeItem("trial");
}

/** Removes what trials have stored: it is named for them wherever it is. */
async function forgetTrials() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("trial-")) localStorage.removeItem(key);
  for (const { name } of await chrome.alarms.getAll()) if (name.includes("-trial-")) await chrome.alarms.clear(name);
  const stored = Object.keys(await chrome.storage.local.get(null));
  await chrome.storage.local.remove(stored.filter((key) => key.includes("-trial-")));
  const databases = await indexedDB.databases();
  await Promise.all(databases.map(({ name }) => name?.includes("-trial-") && remove(name)));
}

/** @param {string} database */
const remove = (database) =>
  new Promise((done, failed) => {
    const asked = indexedDB.deleteDatabase(database); // whoever has it open closes it
    asked.onsuccess = done;
    asked.onerror = () => failed(asked.error);
  });
