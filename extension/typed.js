import { element, say } from "./say.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Input */
/** @typedef {{ form: string, field: Field, text: string }} Edit */

const form = /** @type {HTMLFormElement} */ (element("form"));
const stash = "typed";

/** The last text of each field that the core has not taken yet. @type {Map<Field, Edit>} */
const waiting = new Map();
/** @type {((edit: Edit) => Promise<unknown>) | undefined} */
let send;
let sending = Promise.resolve();

/** @param {Input} input */
function touch(input) {
  input.dataset.touched = ""; // at once: no late answer may overwrite it
  input.dataset.typing = ""; // half a word is not an error yet
  const field = /** @type {Field} */ (input.name);
  waiting.set(field, { form: form.dataset.form ?? "", field, text: input.value });
  say("");
  sending = sending.then(flush);
}

/** Sends what waits, one edit at a time, so that the last text of a field wins. */
async function flush() {
  if (!send || !form.dataset.form) return;
  for (const edit of waiting.values()) {
    waiting.delete(edit.field);
    await send({ ...edit, form: edit.form || form.dataset.form });
  }
}

/** Resolves when the core has all that was typed. */
export const taken = () => (sending = sending.then(flush));

/** What was typed before the core was there. @returns {Partial<Record<Field, string>>} */
export function typedSoFar() {
  const typed = Object.fromEntries([...waiting.values()].map(({ field, text }) => [field, text]));
  waiting.clear();
  return typed;
}

/** Gives edits to the core from now on; to must not fail. @param {(edit: Edit) => Promise<unknown>} to */
export function sendEdits(to) {
  send = to;
  new MutationObserver(taken).observe(form, { attributeFilter: ["data-form"] });
}

/** Keeps over a reload of this page what the core may not have taken; of a change, its draft has all that it took. */
export function keepOverReload() {
  if (form.dataset.editing) return;
  const touched = /** @type {NodeListOf<Input>} */ (form.querySelectorAll("[data-touched]"));
  sessionStorage.setItem(stash, JSON.stringify(Object.fromEntries([...touched].map(({ name, value }) => [name, value]))));
}

for (const [name, text] of Object.entries(JSON.parse(sessionStorage.getItem(stash) ?? "{}"))) {
  const input = /** @type {Input | null} */ (form.elements.namedItem(name));
  if (input) input.value = text;
  if (input) touch(input);
}
sessionStorage.removeItem(stash);
form.addEventListener("input", (event) => touch(/** @type {Input} */ (event.target)));
form.addEventListener("focusout", (event) => delete (/** @type {Input} */ (event.target).dataset.typing));
