import { place } from "./place.js";
import { askConsent } from "./consent.js";
import "./page-words.js";
import { failure } from "./failure.js";
import { saveConnection } from "./passphrase.js";
import { showPolicy } from "./policy.js";
import { showRep } from "./rep.js";
import { startCore } from "./wasm.js";
import { t } from "./words.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const key = /** @type {HTMLInputElement} */ (element("key"));
const base = /** @type {HTMLInputElement} */ (element("base"));
const rep = /** @type {HTMLSelectElement} */ (element("rep"));
const core = startCore("worker.wasm", place);

/** @param {string} step @param {boolean} done */
const tick = (step, done) => element(step).toggleAttribute("data-done", done);

/** @param {string} text @param {boolean} [wrong] */
function say(text, wrong = false) {
  element("say").textContent = text;
  element("say").classList.toggle("error", wrong);
}

/** Saves what was typed and tries it. */
async function connect() {
  const saving = saveConnection(core, key.value.trim(), base.value.trim() || undefined);
  say(t("Connecting…"));
  await saving;
  const running = await core;
  const report = await running.call("testConnection", {});
  const missing = report.checks.filter((check) => !check.ok && !check.optional);
  element("missing").replaceChildren(...missing.map(({ text }) => {
    const row = document.createElement("li");
    row.textContent = text;
    return row;
  }));
  showRep(rep, report);
  if (report.master && !report.agreed) { // nobody could tell when it was stored
    askConsent();
    return say(t("This is a master key. Agree to it, or enter one with fewer rights."), true);
  }
  tick("step-key", !missing.length);
  say(missing.length ? t("Something is missing; all settings say more.") : t("Connected. All of it works."), missing.length > 0);
  if (!missing.length) rep.focus();
}

element("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  connect().catch((error) => say(failure(error).message, true));
});
rep.addEventListener("change", async () => {
  try {
    await (await core).call("saveSettings", { rep: rep.value });
    tick("step-rep", rep.value !== "");
  } catch (error) {
    say(failure(error).message, true);
  }
});
element("try").addEventListener("click", async () => {
  element("try-say").textContent = t("Preparing the demo…");
  try {
    const { enterTrial } = await import("./trial.js");
    await enterTrial();
    location.reload();
  } catch (error) {
    element("try-say").textContent = failure(error).message;
  }
});
addEventListener("pagehide", () => (key.value = ""));

/** Says how the icon is reached in this browser, as it is now. */
async function showWays() {
  const { isOnToolbar } = (await chrome.action.getUserSettings?.()) ?? {};
  if (isOnToolbar) element("pin").textContent = t("Dealmark is pinned to the toolbar.");
  const [command] = (await chrome.commands.getAll()).filter(({ name }) => name === "_execute_action");
  element("shortcut").textContent = command?.shortcut ?? "";
  element("or-press").hidden = !command?.shortcut;
}
addEventListener("focus", showWays); // the rep comes back from pinning it
showPolicy();
showWays();
document.body.inert = false;
core.then(({ ended }) => ended).catch((error) => say(`${failure(error).message} ${t("Reload this page to go on.")}`, true));
