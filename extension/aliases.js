import { failure } from "./failure.js";
import { saveFile } from "./file.js";
import { plural, t } from "./words.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const list = element("aliases");

/** @param {string} text @param {boolean} [wrong] */
function say(text, wrong = false) {
  element("aliases-say").textContent = text;
  element("aliases-say").classList.toggle("error", wrong);
}

/** Offers which pages belong to another company than their address says. @param {Promise<RunningCore<WorkerCore>>} core */
export function offerAliases(core) {
  /** @type {Alias[]} */
  let shown = [];
  /**
   * Asks the core, shows what there is then, and says how it ended: a refusal leaves what was typed.
   * @template {"readAliases" | "saveAlias" | "removeAlias" | "importAliases"} M
   * @param {M} method @param {Doc<WorkerCore[M]>} doc @param {(answer: AliasAnswer) => string} said
   */
  async function ask(method, doc, said) {
    try {
      const answer = /** @type {AliasAnswer} */ (/** @type {unknown} */ (await (await core).call(method, doc)));
      list.replaceChildren(...(shown = answer.aliases).map(row));
      element("aliases-none").hidden = shown.length > 0;
      say(said(answer));
      return true;
    } catch (error) {
      say(failure(error).message, true);
      return false;
    }
  }

  /** @param {Alias} alias */
  function row({ host, domain, account, name }) {
    const made = document.createElement("li");
    /** @param {string} value @param {string} label */
    const input = (value, label) =>
      Object.assign(made.appendChild(document.createElement("input")), { value, maxLength: 300, dir: "ltr", spellcheck: false, ariaLabel: label });
    const from = input(host, t("Host"));
    const to = input(domain ?? name ?? "", domain ? t("Company's domain") : t("Account"));
    to.readOnly = !domain; // its id is what counts
    const points = () => (domain ? { domain: to.value } : { account: account ?? "", name: name ?? "" });
    made.addEventListener("change", () => ask("saveAlias", { was: host, host: from.value, ...points() }, () => t("Saved.")));
    const remove = made.appendChild(document.createElement("button"));
    Object.assign(remove, { type: "button", className: "text", textContent: t("Remove"), ariaLabel: t("Remove {0}", host) });
    remove.addEventListener("click", () => ask("removeAlias", { host }, () => t("{0} is its own company's page again.", host)));
    return made;
  }

  element("alias-add").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const typed = new FormData(form);
    const alias = { host: String(typed.get("host")), domain: String(typed.get("domain")) };
    if (await ask("saveAlias", alias, () => t("Saved."))) form.reset();
  });
  element("aliases-export").addEventListener("click", () => {
    saveFile("dealmark-aliases", JSON.stringify({ version: 1, aliases: shown }, null, 1));
    say(t("Exported."));
  });
  const file = /** @type {HTMLInputElement} */ (element("aliases-file"));
  element("aliases-import").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const text = await file.files?.[0]?.text();
    file.value = ""; // the same file can be chosen again, mended
    if (text !== undefined) await ask("importAliases", { text }, ({ added, changed }) => imported(added, changed));
  });
  ask("readAliases", {}, () => "");
}

/** @param {number} added @param {number} changed */
const imported = (added, changed) =>
  `${plural(added, "{0} host was added.", "{0} hosts were added.")} ${plural(changed, "{0} host was changed.", "{0} hosts were changed.")}`;
