import { failure } from "./failure.js";
import { noteSaved, toSaved } from "./open.js";
import { element, say, showStopped, toName, told } from "./say.js";
import { core } from "./start.js";
import { taken } from "./typed.js";
import { t } from "./words.js";

const form = /** @type {HTMLFormElement} */ (element("form"));
const pause = 600; // ms in which a second Enter is the same wish as the first
const firstMoment = 300; // ms of this page
let saving = false;
let saved = -pause;
let byKey = false;

/** @param {boolean} byKey with Ctrl and Enter: O is to open it next, so the cursor leaves the texts */
async function save(byKey) {
  for (const input of form.querySelectorAll("[data-typing]")) input.removeAttribute("data-typing");
  const running = await core;
  await taken();
  const doc = { form: form.dataset.form ?? "" };
  const { entry } = await running.call(form.dataset.editing ? "updateOpportunity" : "createOpportunity", doc);
  saved = performance.now();
  noteSaved(entry);
  if (byKey) toSaved(entry);
  else toName();
}

/** Puts the cursor where something is to be corrected. @param {unknown} error */
function refused(error) {
  if (failure(error).stopped) return showStopped(error);
  const marked = form.querySelector("[aria-invalid=true]");
  const { message, field } = failure(error);
  if (marked) say(t("Not saved yet: a marked field needs a change."));
  else if (!element("form-text").textContent) say(message); // else the form's own remark says it
  const input = marked ?? (field && form.elements.namedItem(field));
  if (input instanceof HTMLElement) input.focus();
}

form.addEventListener("input", () => (saved = -pause)); // what is typed since then is another wish
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const key = byKey;
  byKey = false;
  if (!element("stopped").hidden) return say(t("Not saved: the reason stands above."));
  if (!form.dataset.form) return say(t("Still starting: one moment, then save again."));
  if (saving || performance.now() - saved < pause) return;
  if (!element("domain-form").hidden) element("domain").focus();
  saving = true;
  say("");
  save(key).catch(refused).finally(() => (saving = false));
});

// A page may have lured the mouse to where the popup opens: a click in the first
// moment changes nothing. Keys are taken at once.
document.addEventListener("click", (event) => {
  const byKey = event.detail === 0;
  if (byKey || event.timeStamp > firstMoment) return;
  if (!/** @type {Element} */ (event.target).closest("#submit, #discard, .entry-buttons")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

element("domain-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = /** @type {HTMLInputElement} */ (element("domain")).value;
  say("");
  told(core.then(async (running) => {
    await taken(); // what was typed goes along
    const { chosen } = await running.call("lookUp", { text });
    if (chosen) toName();
    else element("companies").querySelector("button")?.focus();
  }));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  event.preventDefault();
  byKey = true;
  form.requestSubmit();
});
