// Contacts of the account: who is ticked goes into one field as a text, the
// primary one first.
import { element, told } from "./say.js";
import { core } from "./start.js";

const field = /** @type {HTMLInputElement} */ (element("people-field"));

// Nothing is asked of Apollo before the rep wants to see them.
element("people").addEventListener("click", () => told(core.then((running) => running.call("listContacts", {}))));

// Where there are more than a page, they are searched once the rep has paused. The
// field is of no form: Enter in it looks at once, and is no wish to save.
const search = /** @type {HTMLInputElement} */ (element("people-search"));
let pause = 0;
const find = () => told(core.then((running) => running.call("findContacts", { text: search.value })));
search.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(find, 300);
});
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
  clearTimeout(pause);
  find();
});

element("people-list").addEventListener("change", (event) => {
  const changed = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
  const row = /** @type {HTMLElement} */ (changed.closest("li"));
  const box = /** @type {HTMLInputElement} */ (row.querySelector("[type=checkbox]"));
  const role = /** @type {HTMLSelectElement} */ (row.querySelector("select"));
  if (changed === role && role.value) box.checked = true;
  const id = row.dataset.contact ?? "";
  const [primary = "", ...others] = field.value ? field.value.split(",") : [];
  const is = (/** @type {string} */ one) => one.split(":")[0] === id;
  const text = role.value ? `${id}:${role.value}` : id;
  const kept = [primary, ...others].map((one) => (is(one) ? (box.checked ? text : null) : one)).filter((one) => one !== null);
  if (box.checked && !kept.some(is)) kept.push(text);
  const all = kept.length > 1 && !kept[0] && !field.value ? kept.slice(1) : kept; // the first one of all is the primary one
  field.value = all.some(Boolean) ? [all[0], ...all.slice(1).sort()].join() : "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
