import "./actions.js";
import "./save.js";
import { element, showStopped, told } from "./say.js";
import { core, page } from "./start.js";
import { sendEdits, typedSoFar } from "./typed.js";

/** @param {import("./wasm.js").RunningCore} core */
async function open(core) {
  core.ended.catch(showStopped);
  new BroadcastChannel("dealmark").onmessage = () => told(core.call("refresh", {}));
  const doc = { page: await page, typed: typedSoFar() };
  sendEdits((edit) => told(core.call("editField", edit)));
  await told(core.call("openPage", doc));
  const untouched = !element("form").querySelector("[data-touched]");
  if (untouched && !element("domain-form").hidden) element("domain").focus();
}

core.then(open).catch(showStopped);
