import { session } from "./own_storage.js";
import { element, say, selectDefault } from "./say.js";
import { left, stash } from "./stash.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Input */
/** @typedef {{ form: string, field: Field, text: string }} Edit */

const form = /** @type {HTMLFormElement} */ (element("form"));
const reload = "typed";

/** The last text of each field that the core has not taken yet. @type {Map<Field, Edit & { stored: () => void }>} */
const waiting = new Map();
/** @type {((edit: Edit) => Promise<unknown>) | undefined} */
let send;
let sending = Promise.resolve();

/** @param {Input} input */
function touch(input) {
  input.dataset.touched = ""; // at once: no late answer may overwrite it
  input.dataset.typing = ""; // half a word is not an error yet
  const field = /** @type {Field} */ (input.name);
  const stored = stash(field, input.value);
  waiting.set(field, { form: form.dataset.form ?? "", field, text: input.value, stored });
  say("");
  sending = sending.then(flush);
}

/** Sends what waits, one edit at a time, so that the last text of a field wins. */
async function flush() {
  if (!send || !form.dataset.form) return;
  for (const { stored, ...edit } of waiting.values()) {
    waiting.delete(edit.field);
    await send({ ...edit, form: edit.form || form.dataset.form });
    stored();
  }
}

/** Resolves when the core has all that was typed. */
export const taken = () => (sending = sending.then(flush));

/** What was typed before the core was there, also in a popup that never had one. @returns {Partial<Record<Field, string>>} */
export function typedSoFar() {
  const typed = Object.fromEntries([...left(), ...[...waiting.values()].map(({ field, text }) => [field, text])]);
  waiting.clear();
  return typed;
}

/** Gives edits to the core from now on; to must not fail. @param {(edit: Edit) => Promise<unknown>} to */
export function sendEdits(to) {
  send = to;
  new MutationObserver(taken).observe(form, { attributeFilter: ["data-form"] });
}

/** Takes up what a popup that was closed too early left of the form that is shown. @param {object} but what was typed since */
export function takeUp(but = {}) {
  for (const [name, text] of left()) if (!(name in but)) put(name, text);
}

/** @param {string} name @param {string} text */
function put(name, text) {
  const input = /** @type {Input | null} */ (form.elements.namedItem(name));
  if (input) input.value = text;
  if (input?.value === text) touch(input); // a choice may not be there any more
}

/** Keeps over a reload of this page what the core may not have taken; of a change, its draft has all that it took. */
export function keepOverReload() {
  if (form.dataset.editing) return;
  const touched = /** @type {NodeListOf<Input>} */ (form.querySelectorAll("[data-touched]"));
  session.setItem(reload, JSON.stringify(Object.fromEntries([...touched].map(({ name, value }) => [name, value]))));
}

try {
  for (const [name, text] of Object.entries(JSON.parse(session.getItem(reload) ?? "{}"))) put(name, text);
  session.removeItem(reload);
} catch {
  // Storage that is closed to this page has kept nothing; place.js has the core say so.
}
// What was typed before this ran. What was painted is the default, see shown.js.
for (const input of form.querySelectorAll("input")) if (input.name && input.value !== input.defaultValue) touch(input);
// The cursor may come later than the default.
form.addEventListener("focusin", (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (input.name === "name") selectDefault(input);
});
form.addEventListener("input", (event) => {
  const input = /** @type {Input} */ (event.target);
  if (input.name) touch(input); // else it is a part of one, which says so itself
});
form.addEventListener("focusout", (event) => delete (/** @type {Input} */ (event.target).dataset.typing));
