import { month } from "./pipeline_words.js";
import { t } from "./words.js";

/** @typedef {Awaited<Answer<PipelineCore["openPipeline"]>>} Opened */

/** What the form asks for. @param {HTMLFormElement} form @returns {Omit<PipelineQuery, "sort">} */
export function readQuery(form) {
  const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value;
  return { text: value("text"), within: value("within"), state: value("state"), stage: value("stage"), owner: value("owner"), month: value("month") };
}

/** Offers what there is, and keeps what is chosen. @param {HTMLFormElement} form @param {Opened} opened */
export function fillChoices(form, opened) {
  /** @param {string} name @param {[string, string][]} options */
  const offer = (name, options) => {
    const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
    const chosen = select.value;
    const [all] = select.options;
    if (all) select.replaceChildren(all, ...options.map(([value, text]) => new Option(text, value)));
    select.value = chosen;
    if (select.selectedIndex < 0) select.value = "";
  };
  /** @type {Map<string, string[]>} */
  const pipelines = new Map();
  for (const { pipeline, name } of opened.stages) pipelines.set(pipeline, [...(pipelines.get(pipeline) ?? []), name]);
  offer("within", [...pipelines].map(([id, names]) => [id, names.length > 1 ? t("{0} to {1}", names[0], names.at(-1)) : (names[0] ?? "")]));
  /** @type {HTMLElement} */ (document.getElementById("within-field")).hidden = pipelines.size < 2;
  offer("stage", [...opened.stages.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])), ["none", t("No stage")]]);
  const owners = opened.owners.map(({ id, name }) => /** @type {[string, string]} */ ([id, id === opened.rep ? t("{0} (you)", name) : name]));
  offer("owner", [...owners.sort(([a], [b]) => Number(b === opened.rep) - Number(a === opened.rep)), ["none", t("No owner")]]);
  offer("month", months());
}

/** The last months and the next, with what is before and after. @returns {[string, string][]} */
function months() {
  const now = new Date();
  const keys = Array.from({ length: 19 }, (_, n) => new Date(Date.UTC(now.getFullYear(), now.getMonth() + n - 6)).toISOString().slice(0, 7));
  return [`<${keys[0]}`, ...keys, `>${keys.at(-1)}`, "none"].map((key) => [key, month(key)]);
}
