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

/** Sets it in every workspace. @param {Promise<RunningCore<WorkerCore>>} core */
export async function applyPolicy(core) {
  const { address, addressLocked } = await policy;
  if (address) await (await core).call("applyPolicy", { address, locked: addressLocked ? "yes" : "" });
}

/** Shows on the options page what is locked, and why. */
export async function showPolicy() {
  const { addressLocked, passphraseNeeded, oneWorkspace, contact } = await policy;
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const ask = contact ? ` ${t("Ask: {0}", contact)}` : "";
  /** @param {string} id @param {string} text */
  const say = (id, text) => {
    element(id).textContent = text + ask;
    element(id).classList.add("managed");
  };
  if (addressLocked) {
    /** @type {HTMLInputElement} */ (element("base")).readOnly = true;
    say("base-note", t("Your team's admin has set this address. It cannot be changed here."));
  }
  if (passphraseNeeded) {
    /** @type {HTMLDetailsElement} */ (element("lock")).open = true;
    say("lock-note", t("Your team's admin wants every key to be locked with a passphrase."));
  }
  if (oneWorkspace) {
    element("workspace-form").hidden = true;
    say("workspaces-note", t("Your team's admin has set that there is one workspace."));
  }
}
