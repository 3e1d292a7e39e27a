import { consent, refusedWithout, withdraw } from "./consent.js";
import { allowHost } from "./host.js";
import { forget, seal, used } from "./lock.js";
import { policy } from "./policy.js";
import { t } from "./words.js";

const least = 8; // characters

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const first = /** @type {HTMLInputElement} */ (element("new-passphrase"));
const again = /** @type {HTMLInputElement} */ (element("new-passphrase-again"));

let needed = false;
policy.then(({ passphraseNeeded }) => (needed = passphraseNeeded));

/** Refuses what cannot be sealed. @param {string} key that is about to be saved, "" for none */
function checkPassphrase(key) {
  if (!first.value && !again.value) {
    if (key && needed) throw new Error(t("Your team's admin wants every key to be locked with a passphrase. Choose one."));
    return;
  }
  if ([...first.value].length < least) throw new Error(t("A passphrase needs at least {0} characters; four words are a good one.", least));
  if (first.value !== again.value) throw new Error(t("The two passphrases are not the same. Type them once more."));
}

/** Seals a key that is about to be saved, if the rep gave a passphrase: "" if not. @param {string} key */
const sealed = async (key) => (first.value ? seal(key, first.value) : "");

/** Forgets what was typed. */
function clearPassphrase() {
  first.value = again.value = "";
}

/**
 * Saves an address and a key, the key sealed where there is a passphrase. Straight
 * from a click: the browser asks for the address's host.
 * @param {Promise<RunningCore<WorkerCore>>} core @param {string} key "" leaves it as it is, but for a passphrase that it lacks
 * @param {string} [base] left out it stays as it is
 */
export async function saveConnection(core, key, base) {
  checkPassphrase(key);
  await allowHost(base ?? "");
  const running = await core;
  if (!key && first.value) ({ key } = await running.call("storedKey", {}));
  if (!key && first.value) throw new Error(t("Type the key as well: it is locked before it is stored."));
  const behind = await sealed(key);
  const { workspace } = await running.call("readLock", {});
  if (behind) await used(); // its hour begins
  const settings = await running
    .call("saveSettings", { ...(base !== undefined && { base }), ...(key && { key }), ...(behind && { sealed: behind }), ...consent() })
    .catch(refusedWithout);
  if (!behind && key) await forget(workspace);
  clearPassphrase();
  withdraw();
  return settings;
}

addEventListener("pagehide", clearPassphrase);
