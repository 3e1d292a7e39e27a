import { failure } from "./failure.js";
import { plural, t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const name = /** @type {HTMLInputElement} */ (element("workspace-name"));

/** Lists the workspaces, to be chosen, named and removed. @param {Promise<RunningCore<WorkerCore>>} core */
export function offerWorkspaces(core) {
  /** Does a change; another current workspace is another page. @param {(core: RunningCore<WorkerCore>) => Promise<string>} wish */
  const run = (wish) => core.then(wish).catch((error) => failure(error).message).then((text) => (element("workspaces-say").textContent = text));

  async function show() {
    const { current, workspaces } = await (await core).call("readWorkspaces", {});
    element("workspace-current").textContent = workspaces.find(({ id }) => id === current)?.name ?? "";
    element("workspaces-list").replaceChildren(...workspaces.map((one) => row(one, one.id === current, workspaces.length > 1)));
    return "";
  }

  /** @param {Workspace} one @param {boolean} current @param {boolean} several */
  function row({ id, name, pending = 0 }, current, several) {
    const row = document.createElement("li");
    if (current) row.setAttribute("aria-current", "true");
    const input = row.appendChild(document.createElement("input"));
    Object.assign(input, { type: "text", value: name, maxLength: 60, dir: "auto" });
    input.setAttribute("aria-label", t("Name of the workspace {0}", name));
    input.addEventListener("change", () => run(async (running) => {
      await running.call("renameWorkspace", { id, name: input.value });
      return (await show()) || t("Renamed.");
    }));
    const state = row.appendChild(document.createElement("span"));
    state.className = "note";
    state.textContent = pending ? plural(pending, "{0} not sent yet", "{0} not sent yet") : "";
    if (current) row.appendChild(document.createElement("strong")).textContent = t("this page");
    else button(row, t("Switch to it"), "quiet", async (running) => (await running.call("chooseWorkspace", { id }), again()));
    if (several) button(row, t("Remove"), "text", async () => (ask(row, id, name, pending, current), ""));
    return row;
  }

  /**
   * Says what removing means before it is done.
   * @param {HTMLElement} row @param {string} id @param {string} name @param {number} pending @param {boolean} current
   */
  function ask(row, id, name, pending, current) {
    const question = document.createElement("p");
    question.textContent = pending
      ? plural(pending, "{0} entry of “{1}” is not sent to Apollo yet and would be lost, with its key, drafts and opportunities here.",
        "{0} entries of “{1}” are not sent to Apollo yet and would be lost, with its key, drafts and opportunities here.", name)
      : t("Its key, drafts and opportunities are removed from this browser. Apollo keeps what it has.");
    row.replaceChildren(question);
    row.classList.add("asking");
    button(row, pending ? t("Drop them and remove") : t("Remove"), "quiet", async (running) => {
      await running.call("removeWorkspace", { id, ...(pending && { unsent: "drop" }) });
      for (const key of Object.keys(localStorage)) if (id && key.startsWith(`typed @${id} `)) localStorage.removeItem(key);
      return current ? again() : (await show()) || t("Removed.");
    });
    button(row, t("Keep"), "text", show);
    /** @type {HTMLElement | null} */ (row.querySelector("button:last-child"))?.focus();
  }

  /** @param {HTMLElement} to @param {string} text @param {string} look @param {(core: RunningCore<WorkerCore>) => Promise<string>} wish */
  function button(to, text, look, wish) {
    const made = to.appendChild(document.createElement("button"));
    Object.assign(made, { type: "button", className: look, textContent: text });
    made.addEventListener("click", () => run(wish));
  }

  /** Loads the page for the workspace that is the current one now; none of another's Views is painted, see shown.js. */
  function again() {
    localStorage.setItem("workspace", "?");
    location.reload();
    return "";
  }

  element("workspace-form").addEventListener("submit", (event) => {
    event.preventDefault();
    run(async (running) => (await running.call("addWorkspace", { name: name.value }), again()));
  });
  run(show);
}
