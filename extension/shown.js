// What was shown last on this host is painted before the core is there, until the
// browser ends: the company, its opportunities, and the form's defaults. The core
// then writes only what differs. It is kept as plain texts, never as markup; what
// was saved and what stands in the way may be over, so they are not painted.
import { host } from "./ahead.js";
import { local } from "./own_storage.js";
import { element, selectDefault } from "./say.js";
import { language } from "./words.js";

/** @typedef {{ tag: string, attributes: [string, string][], text?: string, children: Kept[], value?: string }} Kept */

const tags = ["option", "li", "button", "span", "bdi"];
const attribute = /^(class|dir|title|type|value|data-(action|id|closed|value|gap|pipeline|outcome))$/;
const known = ["in_apollo", "several", "not_in_apollo"];
const company = ["company-mark", "company-name", "company-domain", "company-unicode", "company-status", "list-status", "rows"];
const defaults = ["name", "close_date", "stage", "owner", "account", "submit"];
const most = 40; // hosts, of some KB each

/** @param {Element} of @returns {Kept} */
const keep = (of) => ({
  tag: of.localName,
  attributes: [...of.attributes].filter(({ name }) => attribute.test(name)).map(({ name, value }) => [name, value]),
  ...(of.children.length === 0 && { text: of.textContent ?? "" }),
  children: [...of.children].filter(({ localName }) => tags.includes(localName)).map(keep),
  ...((of instanceof HTMLInputElement || of instanceof HTMLSelectElement) && { value: of.value }),
});

/** @param {Element} into @param {Kept} kept */
function paint(into, { attributes, text, children, value }) {
  for (const [name, value] of attributes) if (attribute.test(name)) into.setAttribute(name, value);
  into.replaceChildren(...children.filter(({ tag }) => tags.includes(tag)).map((child) => {
    const made = document.createElement(child.tag);
    paint(made, child);
    return made;
  }), ...(text ? [text] : []));
  if (into instanceof HTMLInputElement) into.defaultValue = value ?? ""; // by which what is typed is told from it
  if (into instanceof HTMLInputElement || into instanceof HTMLSelectElement) into.value = value ?? "";
}

const names = "shown"; // of those that are kept, the latest first
/** What one is kept as. @param {string} of the host @param {string} workspace the id of the one whose View it is */
const key = (of, workspace) => `shown${workspace && `@${workspace}`} ${of}`;

/** Resolves when the page is there, in the rep's language. */
const parsed = () =>
  new Promise((done) => {
    if (document.readyState === "complete" || (document.readyState === "interactive" && language === "en")) return done(undefined);
    document.addEventListener(language === "en" ? "readystatechange" : "DOMContentLoaded", done, { once: true });
  });

/** Paints what was shown last, unless the core was faster. */
export async function paintLast() {
  const of = await host;
  const name = key(of, local.getItem("workspace") ?? ""); // see workspace.js
  /** @type {Record<string, any>} */
  const { [name]: last } = of ? await chrome.storage.session.get(name) : {};
  await parsed();
  const form = element("form");
  if (!last || form.dataset.form) return false;
  for (const [id, kept] of Object.entries(last.parts)) {
    const into = element(id);
    if (!into || "touched" in into.dataset || (into instanceof HTMLInputElement && into.value)) continue; // the rep was faster
    paint(into, /** @type {Kept} */ (kept));
    if (id === "name" && into === document.activeElement) selectDefault(/** @type {HTMLInputElement} */ (into));
  }
  element("popup").dataset.status = last.status;
  return true;
}

/** Keeps what is shown, some time after it changed last. */
export async function keepShown() {
  const of = await host;
  if (!of) return;
  let waiting = 0;
  const changed = new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(store, 100);
  });
  changed.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ["data-status", "data-form", "data-touched", "aria-busy"] });
  waiting = setTimeout(store, 100);

  async function store() {
    const status = element("popup").dataset.status ?? "";
    if (!known.includes(status) || element("popup").dataset.passing) return;
    if (element("list").ariaBusy) return; // more is to come
    const form = element("form");
    const own = form.dataset.editing || form.querySelector("[data-touched]"); // the rep's, which drafts keep
    const ids = own ? company : [...company, ...defaults];
    const parts = Object.fromEntries(ids.map((id) => [id, keep(element(id))]));
    /** @type {Record<string, any>} */
    const { [names]: before = [] } = await chrome.storage.session.get(names);
    const name = key(of, element("popup").dataset.workspace ?? "");
    const recent = [name, ...before.filter((/** @type {string} */ other) => other !== name)];
    await chrome.storage.session.set({ [name]: { status, parts }, [names]: recent.slice(0, most) });
    if (recent.length > most) await chrome.storage.session.remove(recent.slice(most));
  }
}
