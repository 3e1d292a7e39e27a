// Where Dealmark opens at a click on its icon: in a popup, or in the browser's
// side panel, which stays open beside the page. Both are popup.html.

/**
 * Chrome's side panel, or Firefox's, each where there is the one.
 * @type {{ sidePanel?: { open(of: { windowId: number }): Promise<void> }, sidebarAction?: { open(): Promise<void> } }}
 */
const { sidePanel, sidebarAction } = /** @type {any} */ (chrome);

/** Whether this browser has a side panel. */
export const hasPanel = Boolean(sidePanel ?? sidebarAction);

/** What the rep has chosen. @returns {Promise<"popup" | "panel">} */
export async function surface() {
  const { surface } = await chrome.storage.local.get("surface");
  return hasPanel && surface === "panel" ? "panel" : "popup";
}

/** Has the icon do it: without a popup its click is an event, by which the worker opens the panel. */
export async function applySurface() {
  await chrome.action.setPopup({ popup: (await surface()) === "panel" ? "" : "popup.html" });
}

/** @param {"popup" | "panel"} to */
export async function chooseSurface(to) {
  await chrome.storage.local.set({ surface: to });
  await applySurface();
}

/** Opens the panel, straight from a click: nothing may be awaited before. @param {number} windowId */
export const openPanel = (windowId) => (sidePanel ? sidePanel.open({ windowId }) : sidebarAction?.open());
