// O opens in Apollo what was saved or shown last, wherever no text is typed.
import { element, say } from "./say.js";
import { t } from "./words.js";

const form = element("form");
const outbox = element("outbox");
let saved = ""; // the entry that was saved last, "" once something else is shown
let wanted = false;

/** @param {string} entry */
const linkOf = (entry) => /** @type {HTMLAnchorElement | null} */ (outbox.querySelector(`[data-entry="${CSS.escape(entry)}"] a[href]`));

function link() {
  if (saved) return linkOf(saved);
  const shown = /** @type {HTMLAnchorElement} */ (element("form-link"));
  return shown.hidden ? /** @type {HTMLAnchorElement | null} */ (outbox.querySelector("a[href]")) : shown;
}

function open() {
  const to = link();
  wanted = !to && saved !== "";
  if (to) chrome.tabs.create({ url: to.href });
  else say(wanted ? t("It opens in Apollo as soon as it is there.") : t("Nothing was saved or opened yet that could be shown in Apollo."));
}

/**
 * Goes to what was saved, from where O opens it and Tab goes on.
 * @param {string} entry
 */
export function toSaved(entry) {
  const item = /** @type {HTMLElement | null} */ (outbox.querySelector(`[data-entry="${CSS.escape(entry)}"]`));
  if (!item) return;
  item.tabIndex = -1;
  item.focus();
  say(t("Saved. O opens it in Apollo."));
}

/** Notes what O opens. @param {string} entry */
export const noteSaved = (entry) => (saved = entry);

new MutationObserver(() => wanted && linkOf(saved) && open()).observe(outbox, { subtree: true, childList: true, attributeFilter: ["href"] });
new MutationObserver(() => form.dataset.editing && (saved = "")).observe(form, { attributeFilter: ["data-editing"] });
document.addEventListener("keydown", (event) => {
  const typing = /** @type {Element} */ (event.target).matches("input, select, textarea");
  if (typing || event.isComposing || event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key.toLowerCase() !== "o" && event.code !== "KeyO") return; // the key's place, where the letters are others
  event.preventDefault();
  open();
});
