// What was shown last on this host is painted before the core is there: the company,
// its opportunities, and the form's defaults. The core then writes only what differs.
// It is kept as plain texts, never as markup, and with the index that it was made of,
// so that both are forgotten at once; what was saved and what stands in the way may be
// over, so they are not painted.
import { database, host, visited } from "./ahead.js";
import { local } from "./own_storage.js";
import { element, selectDefault } from "./say.js";

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

const area = "index";
/** Where those of a workspace are kept, in its own space (see store/within.go). @param {string} workspace */
const place = (workspace) => `${workspace && `@${workspace}/`}shown`;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) => new Promise((done, failed) => ((request.onsuccess = () => done(request.result)), (request.onerror = () => failed(request.error))));
/** @param {unknown} value */
const encode = (value) => new TextEncoder().encode(JSON.stringify(value));
/** What is damaged counts as not there, and is kept anew. @param {unknown} stored @returns {any} */
function decode(stored) {
  try {
    return stored instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(stored)) : undefined;
  } catch {
    return undefined;
  }
}

/** Paints what was shown last, unless the core was faster. */
export async function paintLast() {
  const of = await host;
  const db = visited(of) ? await database : undefined; // else the core need not wait for an answer
  if (!db?.objectStoreNames.contains(area)) return false;
  const name = `${place(local.getItem("workspace") ?? "")}/${of}`; // see workspace.js
  const last = decode(await answer(db.transaction(area).objectStore(area).get(name)));
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
  const [of, db] = await Promise.all([host, globalThis.ahead?.db]);
  if (!of || !db) return;
  let waiting = 0;
  const later = () => store(db).catch(() => {}); // a database that is gone is the core's to say; the next popup is painted by it
  const changed = new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(later, 100);
  });
  changed.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ["data-status", "data-form", "data-touched", "aria-busy"] });
  waiting = setTimeout(later, 100);

  /** @param {IDBDatabase} db */
  async function store(db) {
    const status = element("popup").dataset.status ?? "";
    if (!known.includes(status) || element("popup").dataset.passing) return;
    if (element("list").ariaBusy) return; // more is to come
    const form = element("form");
    const own = form.dataset.editing || form.querySelector("[data-touched]"); // the rep's, which drafts keep
    const ids = own ? company : [...company, ...defaults];
    const parts = Object.fromEntries(ids.map((id) => [id, keep(element(id))]));
    const within = place(element("popup").dataset.workspace ?? "");
    const name = `${within}/${of}`;
    const writing = db.transaction(area, "readwrite", { durability: "relaxed" }).objectStore(area);
    /** Of those that are kept, the latest first. @type {string[]} */
    const before = decode(await answer(writing.get(within))) || [];
    const recent = [name, ...before.filter((other) => other !== name)];
    writing.put(encode({ status, parts }), name);
    writing.put(encode(recent.slice(0, most)), within);
    for (const old of recent.slice(most)) writing.delete(old);
  }
}
