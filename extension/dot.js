// A dot on the icon says that a draft waits here. It is of the tab alone: which
// company other tabs show, the extension may not know without a click there. The
// browser takes it away when the tab goes to another page.
import { element } from "./say.js";
import { t } from "./words.js";

const discard = element("discard"); // is there as long as the form holds something of the rep's own
const tab = chrome.tabs.query({ active: true, currentWindow: true }).then(([{ id } = {}]) => id, () => undefined);

async function show() {
  const tabId = await tab;
  if (tabId === undefined) return;
  const waits = !discard.hidden;
  // What waits in all tabs, which the worker counts, is said beside it.
  const count = (await chrome.action.getBadgeText({})).replace("•", "");
  const none = /** @type {any} */ (null); // gives the tab the text of all tabs again; the types do not know it
  await chrome.action.setBadgeText({ tabId, text: waits ? `${count}•` : none });
  await chrome.action.setTitle({ tabId, title: waits ? t("Dealmark: a draft waits here") : "Dealmark" });
}

const said = () => show().catch(() => {}); // a tab that is gone needs none
new MutationObserver(said).observe(discard, { attributeFilter: ["hidden"] });
if (!discard.hidden) said(); // the last View was painted before
