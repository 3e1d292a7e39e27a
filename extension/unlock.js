import { keep, open, used } from "./lock.js";
import { t } from "./words.js";

const often = 60_000; // ms
let last = Date.now();

/** A page that stays open is in use while a rep does something on it. */
function usedAgain() {
  if (Date.now() - last < often) return;
  last = Date.now();
  used();
}

/**
 * Offers to unlock the key on a page; typed may be waited for before the page loads
 * itself again.
 * @param {() => Promise<Lock>} read @param {() => Promise<unknown>} [typed]
 */
export function offerUnlock(read, typed = async () => {}) {
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const passphrase = /** @type {HTMLInputElement} */ (element("passphrase"));

  async function unlock() {
    const { workspace, sealed } = await read();
    let key = "";
    try {
      key = await open(sealed, passphrase.value);
    } catch {
      passphrase.select();
      return t("This is not the passphrase.");
    }
    passphrase.value = "";
    await keep(workspace, key);
    await typed();
    await chrome.runtime.sendMessage({ type: "unlocked", workspace }).catch(() => {}); // the alarm comes later
    location.reload();
    return t("Unlocked.");
  }

  element("unlock").addEventListener("submit", (event) => {
    event.preventDefault();
    element("unlock-say").textContent = t("One moment…");
    unlock().catch((error) => String(error)).then((text) => (element("unlock-say").textContent = text));
  });
  addEventListener("pagehide", () => (passphrase.value = ""));
  read().then(({ workspace, sealed, locked }) => {
    if (!sealed || locked) return;
    used();
    for (const use of ["keydown", "pointerdown"]) addEventListener(use, usedAgain, { passive: true });
    // This page has the key in its memory as well.
    chrome.storage.session.onChanged.addListener(({ [`key@${workspace}`]: key }) => {
      if (key?.oldValue && !key.newValue) typed().then(() => location.reload());
    });
  }).catch(() => {}); // the page itself says what is wrong
}
