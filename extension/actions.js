import { element, toName, told } from "./say.js";
import { story } from "./start.js";
import { keepOverReload, takeUp, taken } from "./typed.js";

const form = element("form");
const name = /** @type {HTMLInputElement} */ (element("name"));
const line = element("line");
const starting = story.promise;

/** Goes into the form that was asked for, unless the rep types there already. */
const arrive = () => document.activeElement?.matches("input, select") || toName();

/** What a click on [data-action] asks of the core. @type {Record<string, (of: HTMLElement) => Promise<unknown>>} */
const actions = {
  view: async (of) => (await starting).call("viewOpportunity", { id: of.dataset.id ?? "" }).then(() => takeUp()).then(arrive),
  change_instead: async (of) => (await starting).call("changeInstead", { form: form.dataset.form ?? "", id: of.dataset.id ?? "" }).then(arrive),
  change_company: async (of) => {
    const on = of.getAttribute("aria-expanded") !== "true";
    await (await starting).call("changeCompany", { on: on ? "on" : "" });
    if (!on) return;
    const domain = /** @type {HTMLInputElement} */ (element("domain"));
    domain.value = "";
    domain.focus();
  },
  choose_domain: async (of) => chosen((await starting).call("chooseDomain", { text: of.dataset.domain ?? "", id: of.dataset.id ?? "" })),
  choose_account: async (of) => chosen((await starting).call("chooseAccount", { id: of.dataset.id ?? "" })),
  forget_alias: async () => chosen((await starting).call("forgetAlias", {})),
  new: async () => (await starting).call("newOpportunity", {}).then(arrive),
  discard_draft: async () => (await starting).call("discardDraft", { form: form.dataset.form ?? "" }).then(arrive),
  take_line: async () => (await starting).call("takeLine", { form: form.dataset.form ?? "", text: name.value }).then(toName),
  put_back: async () => (await starting).call("putBack", { form: form.dataset.form ?? "" }).then(toName),
  retry: async (of) => (of.closest("[data-entry]") ? settle(of) : (await starting).call("listOpportunities", {})),
  edit: async (of) => settle(of).then(arrive),
  decide: async (of) => (await starting).call("decideEntry", { entry: entryOf(of)?.dataset.entry ?? "", decisions: decided(entryOf(of)) }),
  resend: (of) => settle(of),
  settle: (of) => settle(of),
  discard: (of) => settle(of),
  restore: (of) => settle(of),
  undo: (of) => settle(of),
  unlock: async () => ((element("unlock").hidden = false), element("passphrase").focus()),
  open_options: () => chrome.runtime.openOptionsPage(),
  reload: async () => (keepOverReload(), location.reload()),
  restart: async () => chrome.runtime.reload(),
  export: () => chrome.tabs.create({ url: "options.html#saved" }),
};

/** What was chosen is gone from the screen, so the cursor goes into the form, also where it could not be remembered. @param {Promise<unknown>} call */
const chosen = (call) => call.finally(toName);

/** @param {HTMLElement} of @returns {HTMLElement | null} */
const entryOf = (of) => of.closest("[data-entry]");

/** What is chosen for each field of a conflict. @param {HTMLElement | null} entry @returns {Partial<Record<Field, Decision>>} */
function decided(entry) {
  const radios = /** @type {HTMLInputElement[]} */ ([...(entry?.querySelectorAll(".conflicts :checked") ?? [])]);
  return Object.fromEntries(radios.map(({ dataset, value }) => [dataset.field, value]));
}

/** Does with a saved entry what its button says. @param {HTMLElement} of */
async function settle(of) {
  const entry = entryOf(of)?.dataset.entry ?? "";
  const action = /** @type {EntryAction} */ (of.dataset.action);
  return (await starting).call("resolveEntry", { entry, action });
}

document.addEventListener("click", (event) => {
  const of = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-action]"));
  const action = actions[of?.dataset.action ?? ""];
  if (!of || !action) return;
  // What was typed comes first, but a core that has stopped takes nothing.
  told(action === actions.reload ? action(of) : taken().then(() => action(of)));
});

// Up and down walk through rows, as in any list; Escape leaves the choice of a company, not the popup.
for (const list of document.querySelectorAll(".rows")) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[/** @type {KeyboardEvent} */ (event).key];
    if (!step) return;
    const rows = [...list.querySelectorAll("button")];
    rows[rows.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + step]?.focus();
    event.preventDefault();
  });
}
element("domain").addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  element("companies").querySelector("button")?.focus();
  event.preventDefault();
});
const change = element("company-change");
element("choice").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || change.hidden || element("domain-form").hidden) return;
  event.preventDefault();
  change.click();
  change.focus();
});

// Down takes what the name says of other fields out of it, up puts it back: as in any list of suggestions.
name.addEventListener("keydown", (event) => {
  if (line.hidden || event.key !== line.dataset.key || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  line.click();
});

/** The entry with the focus. An answered button is gone; the focus stays with its entry. @type {HTMLElement | null} */
let at = null;
document.addEventListener("focusin", ({ target }) => (at = /** @type {Element} */ (target).closest(".entry")));
document.addEventListener("pointerdown", () => (at = null)); // who clicks beside it wants nothing of it
new MutationObserver(() => {
  if (!at || document.activeElement !== document.body) return;
  if (!at.isConnected) return toName();
  at.tabIndex = -1;
  at.focus();
}).observe(element("outbox"), { childList: true, subtree: true, attributeFilter: ["hidden"] });
