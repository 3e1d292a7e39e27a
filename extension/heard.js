/** What the worker can be asked for. */
export const kinds = /** @type {const} */ (["drain", "fill", "pause", "resume", "choose", "unlocked", "here"]);

/** @typedef {typeof kinds[number]} Kind */

const home = chrome.runtime.getURL("");

/** @param {unknown} url */
const ours = (url) => typeof url === "string" && url.startsWith(home);

/**
 * Only pages of this extension are listened to, each in a window or a tab of its own.
 * The browser itself says who the sender is, so that a page can forge none of it.
 * @param {chrome.runtime.MessageSender} sender
 */
const own = ({ id, url, origin, tab, frameId, nativeApplication }) =>
  id === chrome.runtime.id && ours(url) && (origin === undefined || `${origin}/` === home) &&
  (tab?.url === undefined || ours(tab.url)) && !frameId && nativeApplication === undefined;

/**
 * The wish in a message; undefined if it is not to be heard.
 * @param {any} message anything @param {chrome.runtime.MessageSender} sender
 * @returns {{ type: Kind, place: string, workspace: string | undefined } | undefined}
 */
export function heard(message, sender) {
  if (!own(sender) || !kinds.includes(message?.type)) return undefined;
  const workspace = typeof message.workspace === "string" ? message.workspace : undefined;
  return { type: message.type, place: placeIn(message.place), workspace };
}

/** The place that a message or an alarm names: a trial's, else "", the extension's own. @param {unknown} name */
export const placeIn = (name) => (typeof name === "string" && /trial-[0-9a-z]+$/.exec(name)?.[0]) || "";
