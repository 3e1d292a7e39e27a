import { failure } from "./failure.js";
import { offerFields } from "./fields.js";
import { t } from "./words.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const template = /** @type {HTMLInputElement} */ (element("template"));
const example = element("template-example");

/** @param {string} text @param {boolean} [wrong] */
function say(text, wrong = false) {
  example.textContent = text;
  example.classList.toggle("error", wrong);
  template.setAttribute("aria-invalid", String(wrong));
}

/** Offers how the form is set up. @param {Promise<RunningCore<WorkerCore>>} core */
export function offerForm(core) {
  let asked = 0;
  /** Shows what the pattern makes of names, or what is wrong with it. @param {boolean} [saved] */
  async function show(saved = false) {
    const now = ++asked;
    const of = { template: template.value.trim() };
    const said = await core.then((running) => running.call("exampleName", of)).then(({ name }) => (saved ? t("Saved. Names look like: {0}", name) : t("Names look like: {0}", name)), failure);
    if (now === asked) typeof said === "string" ? say(said) : say(said.message, true);
  }
  template.addEventListener("input", () => show());
  element("template-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      ({ template: template.value = "" } = await (await core).call("saveForm", { template: template.value.trim() }));
      await show(true);
    } catch (error) {
      say(failure(error).message, true);
    }
  });
  const loaded = core.then((running) => running.call("readForm", {})).then(
    (setup) => {
      template.value ||= setup.template ?? ""; // what was typed already stays
      show();
      return setup.fields;
    },
    (error) => (say(failure(error).message, true), []),
  );
  offerFields(core, loaded);
}
