import { failure } from "./failure.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Shows whether Dealmark's field in Apollo is in use. @param {boolean} used */
export function showTag(used) {
  element("tag-state").textContent = used ? t("The field is in use.") : t("The field is not in use.");
  element("tag-set-up").hidden = used;
  element("tag-remove").hidden = !used;
}

/** @param {Promise<RunningCore<WorkerCore>>} core */
export function offerTag(core) {
  /** @param {(core: RunningCore<WorkerCore>) => Promise<string>} wish */
  const run = (wish) => {
    element("tag-say").textContent = t("One moment…");
    core.then(wish).catch((error) => failure(error).message).then((text) => (element("tag-say").textContent = text));
  };
  element("tag-set-up").addEventListener("click", () => run(async (running) => {
    const { made } = await running.call("setUpTag", {});
    showTag(true);
    return made ? t("The field was added to Apollo.") : t("Your team has the field already.");
  }));
  element("tag-remove").addEventListener("click", () => run(async (running) => {
    await running.call("saveSettings", { tag: "" });
    showTag(false);
    return t("The field stays in Apollo, and is not written any more.");
  }));
}
