import { failure } from "./failure.js";
import { outlives } from "./own_storage.js";
import { t } from "./words.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
export const element = (id) => /** @type {T} */ (document.getElementById(id));

/** Says one line under the form, also to a screen reader. @param {string} text */
export function say(text) {
  element("say").textContent = text;
}

/** Goes to the first field; a new form's default there is replaced by typing. */
export function toName() {
  const name = /** @type {HTMLInputElement} */ (element("name"));
  name.focus();
  selectDefault(name);
}

/** A default is there to be replaced by typing, or has a place for the rep's own word. @param {HTMLInputElement} name */
export function selectDefault(name) {
  if (element("form").dataset.editing || "touched" in name.dataset) return;
  const gap = Number(name.dataset.gap ?? NaN);
  if (gap >= 0) name.setSelectionRange(gap, gap);
  else name.select();
}

/** Says what a call failed with, if it fails. @param {Promise<unknown>} call @returns {Promise<void>} */
export const told = (call) =>
  call.then(() => {}, (error) => {
    if (failure(error).stopped) showStopped(error);
    else if (element("stopped").hidden) say(failure(error).message);
  });

/** Shows that nothing more will happen here, and the way out. @param {unknown} error */
export function showStopped(error) {
  const kept = outlives ? t("What you typed is kept; reload to go on.") : t("What you typed is nowhere but here: copy it before you close this.");
  say(""); // it is said here
  element("stopped-text").textContent = `${failure(error).message} ${kept}`;
  element("stopped").hidden = false;
  element("popup").dataset.status = "stopped";
}
