import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The commands that only this extension names. @type {Record<string, string>} */
const names = { _execute_action: t("Open Dealmark on the page that you are on") };

/** @param {string} keys @param {string} does */
function row(keys, does) {
  const term = document.createElement("dt");
  const key = term.appendChild(document.createElement("kbd"));
  key.textContent = keys || t("not set");
  const text = document.createElement("dd");
  text.textContent = does;
  return [term, text];
}

/** Lists the commands as the browser has them, which may be changed at any time. */
async function list() {
  const commands = await chrome.commands.getAll();
  element("commands").replaceChildren(...commands.flatMap(({ name = "", description, shortcut }) => row(shortcut ?? "", names[name] ?? description ?? name)));
}

/** Goes to where the browser lets keys be changed; no page of the web may link there. */
async function change() {
  const { openShortcutSettings } = /** @type {{ openShortcutSettings?: () => Promise<void> }} */ (chrome.commands);
  try {
    await (openShortcutSettings ? openShortcutSettings() : chrome.tabs.create({ url: "chrome://extensions/shortcuts" }));
  } catch {
    element("commands-say").textContent = t("This browser opens its page of shortcuts to nobody but you: it is in the menu of its extensions or add-ons.");
  }
}

/** Says the keys of the browser's commands and where to change them. */
export function showCommands() {
  list();
  addEventListener("focus", list); // they may have been changed meanwhile
  element("commands-change").addEventListener("click", change);
}
