import { lock, seal } from "./lock.js";
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
export function checkPassphrase(key) {
  if (!first.value && !again.value) {
    if (key && needed) throw new Error(t("Your team's admin wants every key to be locked with a passphrase. Choose one."));
    return;
  }
  if (!key) throw new Error(t("Type the key as well: it is locked before it is stored."));
  if ([...first.value].length < least) throw new Error(t("A passphrase needs at least {0} characters; four words are a good one.", least));
  if (first.value !== again.value) throw new Error(t("The two passphrases are not the same. Type them once more."));
}

/** Seals a key that is about to be saved, if the rep gave a passphrase: "" if not. @param {string} key */
export const sealed = async (key) => (first.value ? seal(key, first.value) : "");

/** Forgets what was typed. */
export function clearPassphrase() {
  first.value = again.value = "";
}

/** Shows whether the key is locked. @param {Settings} settings */
export function showLock({ sealed, locked }) {
  element("lock-state").textContent = sealed && !locked ? t("It is locked again when the browser ends, or after an hour without Dealmark.") : "";
  element("unlock").hidden = !locked;
  element("lock-now").hidden = !sealed || locked;
}

element("lock-now").addEventListener("click", () => lock().then(() => location.reload()));
addEventListener("pagehide", clearPassphrase);
