const limit = { text: 1000, link: 2000, links: 300 };

/**
 * Reads the tab that the rep is on. Where the browser lets nobody in, such as
 * its own pages, the answer holds the address only, which may be empty.
 * @returns {Promise<Page>}
 */
export async function readPage() {
  let url = "";
  try {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    url = (tab?.url ?? "").slice(0, limit.link);
    if (tab?.id === undefined || !/^https?:/.test(url)) return { url };
    const [answer] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: look, args: [limit] });
    return { url, ...bounded(answer?.result) };
  } catch {
    return { url };
  }
}

/**
 * Runs inside the page, apart from its scripts.
 * @param {{ text: number, link: number, links: number }} limit
 */
function look(limit) {
  /** @type {Map<string, string>} */
  const links = new Map();
  for (const a of document.querySelectorAll("a[href]")) {
    if (!(a instanceof HTMLAnchorElement) || !/^https?:$/.test(a.protocol) || a.host === location.host) continue;
    links.set(a.origin + a.pathname, a.href.slice(0, limit.link));
    if (links.size === limit.links) break;
  }
  const site = document.querySelector('meta[property="og:site_name"]');
  return {
    title: document.title.slice(0, limit.text),
    siteName: (site?.getAttribute("content") ?? "").slice(0, limit.text),
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
  const { title, siteName, links } = /** @type {Record<string, unknown>} */ (Object(told));
  /** @param {unknown} value @param {number} most */
  const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");
  return {
    title: text(title, limit.text),
    siteName: text(siteName, limit.text),
    links: Array.isArray(links) ? links.slice(0, limit.links).map((link) => text(link, limit.link)).filter(Boolean) : [],
  };
}
