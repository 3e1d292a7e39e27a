import { failure } from "./failure.js";
import { saveFile } from "./file.js";
import { plural, t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {number} n */
const waiting = (n) =>
  plural(n, "{0} not done yet: open Dealmark on any page to see it.", "{0} not done yet: open Dealmark on any page to see each.");

/** Says what waits, and offers all of it as a file. @param {Promise<RunningCore<WorkerCore>>} core */
export function offerExport(core) {
  const read = async () => (await core).call("exportOutbox", {});
  const show = () => read().then(
    ({ pending }) => (element("kept").textContent = pending ? waiting(pending) : t("Nothing waits here.")),
    (error) => (element("kept").textContent = failure(error).message),
  );
  element("export").addEventListener("click", async () => {
    try {
      saveFile("dealmark-outbox", (await read()).outbox);
      element("kept-say").textContent = t("Exported.");
    } catch (error) {
      element("kept-say").textContent = failure(error).message;
    }
  });
  new BroadcastChannel("dealmark").onmessage = show;
  show();
}
