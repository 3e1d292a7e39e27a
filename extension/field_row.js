import { t } from "./words.js";

const kinds = { text: t("Text"), number: t("Number"), date: t("Date"), boolean: t("Yes or no"), choice: t("Choice"), choices: t("Several choices") };
const uses = { hidden: t("Hidden"), shown: t("Shown"), required: t("Required") };

/** @template {keyof HTMLElementTagNameMap} T @param {Element} parent @param {T} tag @param {string} [text] */
function add(parent, tag, text = "") {
  const child = parent.appendChild(document.createElement(tag));
  child.textContent = text;
  return child;
}

/**
 * What a default is chosen from, or typed into.
 * @param {Element} parent @param {CustomField} field @param {string} text @param {string} name
 */
function control(parent, field, text, name) {
  const choice = field.kind === "boolean" ? [{ id: "true", name: t("Yes") }, { id: "false", name: t("No") }] : field.options;
  const typed = !["boolean", "choice", "choices"].includes(field.kind);
  const input = add(parent, typed ? "input" : "select");
  if (input instanceof HTMLSelectElement) {
    input.append(new Option("–", ""), ...choice.map(({ id, name }) => new Option(name, id)));
  }
  input.value = text;
  input.setAttribute("aria-label", name);
  return input;
}

/**
 * A custom field in the list: how the form has it, and its defaults. The function that it gives reads the row.
 * @param {HTMLElement} list @param {CustomField} field @param {FormField | undefined} stored @param {{ id: string, name: string }[]} stages
 * @returns {() => FormField | undefined}
 */
export function addRow(list, field, stored, stages) {
  const row = add(list, "li");
  const label = add(row, "p");
  add(label, "strong", field.label).dir = "auto";
  add(label, "span", kinds[field.kind]);
  const use = add(row, "select");
  use.setAttribute("aria-label", t("{0}: how the form has it", field.label));
  use.append(...Object.entries(uses).map(([value, text]) => new Option(text, value)));
  use.value = stored ? (stored.required ? "required" : "shown") : "hidden";
  const defaults = add(row, "details");
  add(defaults, "summary", t("Defaults"));
  const rest = [{ id: "", name: stages.length ? t("Every other stage") : t("Every stage") }];
  const inputs = [...stages, ...rest].map(({ id, name }) => {
    const line = add(defaults, "label");
    add(line, "span", name).dir = "auto";
    const text = stored?.defaults.find(({ stage }) => (stage ?? "") === id)?.text ?? "";
    return { id, input: control(line, field, text, `${field.label}, ${name}`) };
  });
  const unseen = (stored?.defaults ?? []).filter(({ stage }) => stage && !stages.some(({ id }) => id === stage));
  const show = () => (defaults.hidden = use.value === "hidden");
  use.addEventListener("change", show);
  show();
  return () => {
    if (use.value === "hidden") return undefined;
    const filled = inputs.filter(({ input }) => input.value.trim());
    const seen = filled.map(({ id, input }) => ({ ...(id && { stage: id }), text: input.value.trim() }));
    return { ...field, required: use.value === "required", defaults: [...seen, ...(stages.length ? [] : unseen)] };
  };
}
