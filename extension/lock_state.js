import { lock } from "./lock.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Shows whether the key is locked. @param {Settings} settings */
export function showLock({ sealed, locked }) {
  element("lock-state").textContent = sealed && !locked ? t("It is locked again when the browser ends, or after an hour without Dealmark.") : "";
  element("unlock").hidden = !locked;
  element("lock-now").hidden = !sealed || locked;
}

element("lock-now").addEventListener("click", () => lock().then(() => location.reload()));
