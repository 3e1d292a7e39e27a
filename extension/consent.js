// The rep's word on a master key, before it is stored: whoever gets hold of one can
// do everything in Apollo.
import { failure } from "./failure.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const given = /** @type {HTMLInputElement} */ (element("consent-given"));

/** What a save says of it. @returns {{ master?: "agreed" }} */
export const consent = () => (given.checked ? { master: "agreed" } : {});

/** Asks for it. */
export function askConsent() {
  element("consent").hidden = false;
  given.focus();
}

/** Asks for it where a save was refused for want of it. @param {unknown} error @returns {never} */
export function refusedWithout(error) {
  if (failure(error).field === "master") askConsent();
  throw error;
}

/** It was about one key. */
export function withdraw() {
  element("consent").hidden = true;
  given.checked = false;
}

element("key").addEventListener("input", withdraw);
