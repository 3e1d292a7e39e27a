import { local } from "./own_storage.js";
import { element, told } from "./say.js";
import { trial } from "./place.js";
import { core } from "./start.js";
import { taken } from "./typed.js";

const select = /** @type {HTMLSelectElement} */ (element("workspace"));

/** Names the workspace that this popup is for, where there are several. @param {Workspaces} answer */
function show({ current, workspaces }) {
  if (!trial) local.setItem("workspace", current); // whose last View is painted, see shown.js
  select.replaceChildren(...workspaces.map(({ id, name }) => new Option(name, id, false, id === current)));
  select.hidden = workspaces.length < 2;
}

select.addEventListener("input", (event) => event.stopPropagation()); // no field of the form that it stands in
// What was typed stays with the workspace that it was typed for.
select.addEventListener("change", () => told(taken().then(async () => {
  await chrome.runtime.sendMessage({ type: "choose", workspace: select.value });
  if (!trial) local.setItem("workspace", select.value);
  location.reload();
})));
core.then((running) => running.call("readWorkspaces", {})).then(show).catch(() => {}); // popup.js says what is wrong
