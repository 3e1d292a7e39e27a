import "./page-words.js";
import { offerAliases } from "./aliases.js";
import { showCommands } from "./commands.js";
import { askConsent } from "./consent.js";
import { showReport } from "./doctor.js";
import { failure } from "./failure.js";
import { offerExport } from "./kept.js";
import { place } from "./place.js";
import { showRep } from "./rep.js";
import { showLock } from "./lock_state.js";
import { saveConnection } from "./passphrase.js";
import { showPolicy } from "./policy.js";
import { indexSections } from "./sections.js";
import { showSent } from "./sent.js";
import { offerForm } from "./setup.js";
import { readingHere } from "./reading_here.js";
import { offerSurface } from "./surface_choice.js";
import { offerTag, showTag } from "./tag.js";
import { startCore } from "./wasm.js";
import { offerUnlock } from "./unlock.js";
import { t } from "./words.js";
import { offerWorkspaces } from "./workspaces.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const key = /** @type {HTMLInputElement} */ (element("key"));
const base = /** @type {HTMLInputElement} */ (element("base"));
const rep = /** @type {HTMLSelectElement} */ (element("rep"));
const core = startCore("worker.wasm", place);
let shown = ""; // the address as it is stored

/** @param {string} text @param {boolean} [wrong] */
function say(text, wrong = false) {
  element("say").textContent = text;
  element("say").classList.toggle("error", wrong);
}

/** Runs what a rep asked for and says how it ended. @param {() => Promise<string>} wish */
function run(wish) {
  wish().then((text) => say(text), (error) => say(failure(error).message, true));
}

/** @param {Settings} settings */
function show(settings) {
  element("key-stored").textContent = settings.locked ? t("A key is stored, and it is locked.") : !settings.keyEnds ? t("No key is stored.")
    : settings.gateway ? t("A token is stored. It ends in …{0}", settings.keyEnds) : t("A key is stored. It ends in …{0}", settings.keyEnds);
  element("reading").hidden = settings.gateway; // which reads the list for everybody
  readingAgain();
  element("tag").hidden = settings.gateway; // the gateway keeps entries apart by itself
  element("remove").hidden = !settings.keyEnds && !settings.locked;
  showLock(settings);
  key.placeholder = settings.keyEnds ? t("Type a key to replace it") : "";
  base.value = shown = settings.base;
  showTag(settings.tag);
}

/** Saves what is in the form; the key's field is emptied before anything else happens. */
async function save() {
  const typed = key.value.trim();
  key.value = "";
  try {
    show(await saveConnection(core, typed, base.value.trim()));
  } catch (error) {
    if (typed && !key.value) key.value = typed; // a refusal loses nothing
    throw error;
  }
}

async function test() {
  if (key.value || base.value.trim() !== shown) await save();
  say(t("Testing…"));
  const answer = await (await core).call("testConnection", {});
  showReport(answer);
  showRep(rep, answer);
  sentAgain();
  if (answer.master && !answer.agreed) askConsent(); // nobody could tell when it was stored
  const failed = answer.checks.filter((check) => !check.ok);
  if (failed.every((check) => check.optional)) return failed.length ? t("All of it works but contacts: see below.") : t("All of it works.");
  return t("Something is missing: see below.");
}

element("connection").addEventListener("submit", (event) => {
  event.preventDefault();
  say(t("Saving…"));
  run(() => save().then(() => t("Saved.")));
});
element("test").addEventListener("click", () => run(test));
element("remove").addEventListener("click", () =>
  run(async () => (show(await (await core).call("saveSettings", { key: "" })), key.focus(), t("The key is removed from this browser."))));
rep.addEventListener("change", () =>
  run(async () => (await (await core).call("saveSettings", { rep: rep.value }), t("Saved."))));
addEventListener("pagehide", () => (key.value = ""));
offerWorkspaces(core);
offerSurface();
offerUnlock(async () => (await core).call("readLock", {}));
offerTag(core);
offerExport(core);
offerForm(core);
offerAliases(core);
showCommands();
const readingAgain = readingHere(core);
const sentAgain = showSent(core);
indexSections(element("index"));
document.body.inert = false;
run(async () => {
  showPolicy();
  const refused = await core.then((running) => running.call("applyPolicy", {})).then(() => undefined, (error) => error);
  const settings = await (await core).call("readSettings", {});
  const early = base.value; // typed before the stored one was known
  show(settings);
  base.value = early || base.value;
  if (refused) throw refused;
  return "";
});
core.then(({ ended }) => ended).catch((error) => say(`${failure(error).message} ${t("Reload this page to go on.")}`, true));
