import { isClosed } from "./closed.js";

const limit = { text: 1000, link: 2000, links: 150, label: 80, data: 16000, documents: 6 };

/** The tab that was read. @type {{ tab?: number | undefined }} */
export const from = {};

/**
 * Reads the tab that the rep is on. Where the browser lets nobody in, such as
 * its own pages, and where it is somebody's mail or documents, the answer holds
 * the address only, which may be empty.
 * @returns {Promise<Page>}
 */
export async function readPage() {
  let url = "";
  try {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    from.tab = tab?.id;
    url = (tab?.url ?? "").slice(0, limit.link);
    if (tab?.id === undefined || !/^https?:/.test(url) || isClosed(new URL(url).hostname)) return { url };
    const [answer] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: look, args: [limit] });
    return { url, ...bounded(answer?.result) };
  } catch {
    return { url };
  }
}

/**
 * Runs inside the page, apart from its scripts.
 * @param {{ text: number, link: number, links: number, label: number, data: number, documents: number }} limit
 */
function look(limit) {
  /** @param {string | null | undefined} text */
  const line = (text) => (text ?? "").slice(0, limit.text).replace(/\s+/g, " ").trim().slice(0, limit.label);
  /** @type {Map<string, Link>} */
  const links = new Map();
  for (const a of document.querySelectorAll("a[href]")) {
    if (!(a instanceof HTMLAnchorElement) || !/^https?:$/.test(a.protocol)) continue;
    // A link within the site may lead out by way of a page that has the address in a parameter.
    const redirects = a.host === location.host && /=https?(:|%3a)/i.test(a.search);
    if (a.host === location.host && !redirects) continue;
    const text = line(a.getAttribute("aria-label") || a.textContent);
    links.set(`${redirects ? a.search : a.host} ${text}`, { url: a.href.slice(0, limit.link), text });
    if (links.size === limit.links) break;
  }
  const data = [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, limit.documents);
  const site = document.querySelector('meta[property="og:site_name"]');
  return {
    title: document.title.slice(0, limit.text),
    siteName: (site?.getAttribute("content") ?? "").slice(0, limit.text),
    data: data.map((script) => (script.textContent ?? "").slice(0, limit.data)),
    links: [...links.values()],
  };
}

/**
 * A page that was taken over can answer anything: only texts pass, and only so
 * long ones.
 * @param {unknown} told
 * @returns {Omit<Page, "url">}
 */
function bounded(told) {
  const { title, siteName, data, links } = /** @type {Record<string, unknown>} */ (Object(told));
  /** @param {unknown} value @param {number} most */
  const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");
  /** @param {unknown} value @param {number} most @returns {unknown[]} */
  const list = (value, most) => (Array.isArray(value) ? value.slice(0, most) : []);
  return {
    title: text(title, limit.text),
    siteName: text(siteName, limit.text),
    data: list(data, limit.documents).map((document) => text(document, limit.data)),
    links: list(links, limit.links).map((link) => {
      const { url, text: label } = Object(link);
      return { url: text(url, limit.link), text: text(label, limit.label) };
    }),
  };
}
