import { addRow } from "./field_row.js";
import { failure } from "./failure.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} text @param {boolean} [wrong] */
function say(text, wrong = false) {
  element("fields-say").textContent = text;
  element("fields-say").classList.toggle("error", wrong);
}

/** Offers the team's custom fields for the form. @param {Promise<RunningCore<WorkerCore>>} core @param {Promise<FormField[]>} loaded */
export function offerFields(core, loaded) {
  /** @type {FormField[]} */
  let stored = [];
  /** @type {(() => FormField | undefined)[]} */
  let rows = [];
  /** @param {CustomField[]} fields @param {{ id: string, name: string }[]} stages */
  function show(fields, stages) {
    const list = element("fields");
    list.replaceChildren();
    rows = fields.map((field) => addRow(list, field, stored.find((of) => of.field === field.field), stages));
    element("fields-save").hidden = fields.length === 0;
  }
  async function read() {
    say(t("Asking Apollo…"));
    await loaded;
    const { fields, others, stages } = await (await core).call("listCustomFields", {});
    const gone = stored.filter((of) => !fields.some(({ field }) => field === of.field)).map(({ label }) => label);
    show(fields, stages);
    element("fields-others").textContent = others.length ? t("The form cannot fill these, for what they hold: {0}.", others.join(", ")) : "";
    if (gone.length) return t("Apollo has these no more, and they leave the form when you save: {0}.", gone.join(", "));
    return fields.length ? t("Choose which of them the form has, then save.") : t("Your team has no custom fields of opportunities.");
  }
  async function save() {
    const fields = rows.flatMap((row) => row() ?? []);
    ({ fields: stored } = await (await core).call("saveForm", { fields }));
    return stored.length ? t("Saved. The form has {0}.", stored.map(({ label }) => label).join(", ")) : t("Saved. The form has none of them.");
  }
  /** @param {() => Promise<string>} wish */
  const run = (wish) => wish().then((text) => say(text), (error) => say(failure(error).message, true));
  element("fields-read").addEventListener("click", () => run(read));
  element("fields-save").addEventListener("click", () => run(save));
  loaded.then((fields) => show((stored = fields), []));
}
