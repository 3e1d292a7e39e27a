import { date, money } from "./pipeline_words.js";
import { trial } from "./place.js";
import { t } from "./words.js";

/** An element with a class and a text. @param {string} name @param {string} kind @param {string} [text] */
export function make(name, kind, text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

/** An opportunity's name, which leads to Apollo; a demo leads nowhere. @param {PipelineRow} row @param {number} tab its tabIndex */
export function title(row, tab) {
  const name = row.name || t("Without a name");
  if (trial) return make("span", "name", name);
  const link = /** @type {HTMLAnchorElement} */ (make("a", "name", name));
  link.href = row.url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.tabIndex = tab;
  return link;
}

/** What stands in the columns of the table. @param {PipelineRow} row */
export const cells = (row) => [row.company, row.stage, money(row.amount, row.currency), date(row.closeDate), row.owner];

/** @type {WeakMap<Element, string>} */
const keys = new WeakMap();

/**
 * Shows a child for each key. One that stays is neither made anew nor moved, so that a click that began on it ends on it.
 * @param {Element} parent @param {{ key: string, make: () => Element }[]} wanted in an order that children keep
 */
export function keep(parent, wanted) {
  const before = new Map([...parent.children].map((child) => [keys.get(child), child]));
  const children = wanted.map(({ key, make }) => {
    const child = before.get(key) ?? make();
    before.delete(key);
    keys.set(child, key);
    return child;
  });
  for (const gone of before.values()) gone.remove();
  children.forEach((child, i) => parent.children[i] === child || parent.insertBefore(child, parent.children[i] ?? null));
}
