import { failure } from "./failure.js";
import { saveFile } from "./file.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Says what waits, and offers all of it as a file. @param {Promise<RunningCore<WorkerCore>>} core */
export function offerExport(core) {
  const read = async () => (await core).call("exportOutbox", {});
  const show = () => read().then(
    ({ pending }) => (element("kept").textContent = pending ? `${pending} not done yet: open Dealmark on any page to see each.` : "Nothing waits here."),
    (error) => (element("kept").textContent = failure(error).message),
  );
  element("export").addEventListener("click", async () => {
    try {
      saveFile("dealmark-outbox", (await read()).outbox);
      element("kept-say").textContent = "Exported.";
    } catch (error) {
      element("kept-say").textContent = failure(error).message;
    }
  });
  new BroadcastChannel("dealmark").onmessage = show;
  show();
}
