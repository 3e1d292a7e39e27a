import { lock } from "./lock.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Shows whether the key is locked, or must be. @param {Settings} settings */
export function showLock({ sealed, locked, bare }) {
  element("lock-state").textContent = bare ? t("It is not used before it is locked: your team's admin wants every key to have a passphrase. Choose one below and save; the key need not be typed again.")
    : sealed && !locked ? t("It is locked again when the browser ends, or after an hour without Dealmark.") : "";
  element("lock-state").classList.toggle("warning", bare);
  element("unlock").hidden = !locked;
  element("lock-now").hidden = !sealed || locked;
}

element("lock-now").addEventListener("click", () => lock().then(() => location.reload()));
