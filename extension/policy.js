import { t } from "./words.js";

/** What the team's admin has set, as managed_schema.json has it. */
export const policy = chrome.storage.managed.get(null).catch(() => ({})).then((set) => {
  const { address, addressLocked, passphraseNeeded, oneWorkspace, contact } = /** @type {Record<string, unknown>} */ (set);
  return {
    address: typeof address === "string" ? address : "",
    addressLocked: addressLocked === true && typeof address === "string" && address !== "",
    passphraseNeeded: passphraseNeeded === true,
    oneWorkspace: oneWorkspace === true,
    contact: typeof contact === "string" ? contact : "",
  };
}); // Firefox rejects where no admin has set anything

/** Shows where a key is entered what is set and locked, and why. */
export async function showPolicy() {
  const { address, addressLocked, passphraseNeeded, oneWorkspace, contact } = await policy;
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const ask = contact ? ` ${t("Ask: {0}", contact)}` : "";
  /** @param {string} id @param {string} text */
  const say = (id, text) => {
    element(id).textContent = text + ask;
    element(id).classList.add("managed");
  };
  const base = /** @type {HTMLInputElement} */ (element("base"));
  const folded = base.closest("details");
  if (address && folded) {
    folded.open = true;
    base.value ||= address;
  }
  if (addressLocked) {
    base.readOnly = true;
    if (folded) base.value = address; // the settings show the stored one
    say("base-note", t("Your team's admin has set this address. It cannot be changed here."));
  }
  if (passphraseNeeded) {
    element("lock").hidden = false;
    element("lock").toggleAttribute("open", true);
    say("lock-note", t("Your team's admin wants every key to be locked with a passphrase."));
  }
  if (oneWorkspace && document.getElementById("workspace-form")) {
    element("workspace-form").hidden = true;
    say("workspaces-note", t("Your team's admin has set that there is one workspace."));
  }
}
