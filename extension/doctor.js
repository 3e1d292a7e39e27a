import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Shows what the test found of the key, and what to ask the admin for. @param {Report} report */
export function showReport({ checks, master, letter }) {
  element("untested").hidden = true;
  element("checks").replaceChildren(...checks.map(row));
  element("master").hidden = !master;
  element("letter").hidden = !letter;
  element("letter-text").textContent = letter;
  element("letter-say").textContent = "";
}

/** @param {Check} check */
function row(check) {
  const row = document.createElement("li");
  row.dataset.ok = String(check.ok);
  append(row, "strong", check.name);
  append(row, "span", check.ok ? t("works") : check.missing ? t("missing") : t("does not work")).className = "result";
  if (check.purpose) append(row, "p", "").append(...(check.right ? [code(check.right), " "] : []), check.purpose);
  if (!check.ok || !check.right) append(row, "p", check.text);
  return row;
}

/** @param {string} text */
function code(text) {
  const code = document.createElement("code");
  code.textContent = text;
  return code;
}

/** @param {HTMLElement} to @param {string} tag @param {string} text */
function append(to, tag, text) {
  const made = to.appendChild(document.createElement(tag));
  made.textContent = text;
  return made;
}

element("letter-copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(element("letter-text").textContent ?? "");
    element("letter-say").textContent = t("Copied: paste it into a message to your admin.");
  } catch {
    getSelection()?.selectAllChildren(element("letter-text"));
    element("letter-say").textContent = t("The browser does not let Dealmark copy. The text is selected: copy it with Ctrl+C.");
  }
});
