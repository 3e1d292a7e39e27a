import { t } from "./words.js";

/**
 * Asks the browser for the host of another address than Apollo's own, which it
 * grants only straight from a click: nothing may be awaited before. An address
 * that the manifest does not allow for is left to the core, which says why not.
 * @param {string} address
 */
export async function allowHost(address) {
  const url = URL.parse(address);
  const local = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  if (!url || url.hostname === "api.apollo.io" || (url.protocol !== "https:" && !local)) return;
  const allowed = await chrome.permissions.request({ origins: [`${url.protocol}//${url.hostname}/*`] });
  if (!allowed) throw new Error(t("Not saved: without your permission Dealmark cannot reach {0}.", url.hostname));
}
