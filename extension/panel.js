// What the side panel does beside what the popup does: it stays open while the rep
// goes from tab to tab. A click on the icon says that its company is to be shown;
// without one the browser tells no extension which page a tab has, unless the rep
// allows it to. What is typed is never dropped: it is a draft of its company.
import { session } from "./own_storage.js";
import { from } from "./page.js";
import { element, told } from "./say.js";
import { page } from "./start.js";
import { taken } from "./typed.js";
import { t } from "./words.js";

const form = element("form");
const left = "left"; // what was being written when the panel went on
/** @type {chrome.permissions.Permissions} */
const everyTab = { permissions: ["tabs"] };
/** Whose company is shown. @type {{ tab?: number | undefined, url: string }} */
const shown = { url: "" };

const dirty = () => Boolean(form.querySelector("[data-touched]"));
const host = (/** @type {string} */ url) => URL.parse(url)?.hostname ?? "";
const active = async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0];

/** Shows the company of the tab that is in front. */
async function go() {
  await taken();
  if (dirty()) session.setItem(left, element("company-name").textContent || element("company-domain").textContent || "");
  location.reload();
}

/** @param {string} text @param {{ go?: boolean, follow?: boolean }} [buttons] */
function say(text, buttons = {}) {
  element("elsewhere").hidden = !text;
  element("elsewhere-text").textContent = text;
  element("elsewhere-go").hidden = !buttons.go;
  element("elsewhere-follow").hidden = !buttons.follow;
}

/** The rep has gone to another tab, or this one to another page. */
async function look() {
  const tab = await active();
  const url = tab?.url ?? "";
  if (tab?.id === shown.tab && url === shown.url) return say(""); // a page of another site takes the address away with it
  if (!url) {
    return say(t("You are on another page, which Dealmark does not see. Click its icon there to see that company."), { follow: !(await chrome.permissions.contains(everyTab)) });
  }
  if (host(url) === host(shown.url)) return say("");
  if (dirty()) return say(t("This page is of {0}. What you are writing stays here until you go on, and is kept.", host(url)), { go: true });
  await go();
}

/** Follows the tabs of the panel's own window. */
async function follow() {
  const { id } = await chrome.windows.getCurrent();
  Object.assign(shown, { url: (await page).url, tab: from.tab });
  const kept = session.getItem(left);
  session.removeItem(left);
  if (kept) say(t("What you wrote for {0} is kept: it is there again with that company.", kept));
  chrome.tabs.onActivated.addListener(({ windowId }) => windowId === id && told(look()));
  chrome.tabs.onUpdated.addListener((_, change, tab) => tab.active && tab.windowId === id && (change.url || change.status === "complete") && told(look()));
  new BroadcastChannel("dealmark").addEventListener("message", ({ data }) => data.type === "clicked" && data.window === id && told(go()));
  if ((await active())?.id !== from.tab) await look(); // the rep was faster than this page
}

element("elsewhere-go").addEventListener("click", () => told(go()));
element("elsewhere-follow").addEventListener("click", () => told(chrome.permissions.request(everyTab).then((allowed) => (allowed ? look() : undefined))));
told(follow());
