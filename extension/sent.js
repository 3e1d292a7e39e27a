import { failure } from "./failure.js";
import { saveFile } from "./file.js";
import { table } from "./table.js";
import { plural, t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const all = /** @type {HTMLDetailsElement} */ (element("sent-all"));
const time = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "medium" });

/** @param {number} n @param {string} bytes @param {string} time */
const since = (n, bytes, time) =>
  plural(n, "{0} request with {1} bytes since {2}.", "{0} requests with {1} bytes since {2}.", bytes, time);

/** Shows what left this browser, and what is left of the budget. @param {Promise<RunningCore<WorkerCore>>} core */
export function showSent(core) {
  /** @type {Sent[]} */
  let requests = [];
  const list = () => {
    if (all.open) element("sent-table").replaceChildren(table([t("Time"), t("Workspace"), t("To"), t("Request"), t("Bytes"), t("Outcome")], requests.map(cells)));
  };
  const show = async () => {
    const answer = await (await core).call("readJournal", {});
    requests = answer.requests;
    const bytes = requests.reduce((sum, { bytes }) => sum + bytes, 0);
    element("sent-state").textContent = requests.length
      ? since(requests.length, bytes.toLocaleString(), time.format(requests[requests.length - 1]?.at))
      : t("Nothing left this browser yet.");
    all.hidden = !requests.length;
    list();
    showBudgets(answer.budgets);
  };
  /** @param {() => Promise<string>} wish */
  const run = (wish) => wish().catch((error) => failure(error).message).then((text) => (element("sent-say").textContent = text));
  all.addEventListener("toggle", list);
  element("sent-export").addEventListener("click", () => run(async () => {
    await show();
    saveFile("dealmark-requests", JSON.stringify(requests.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })), null, 2));
    return t("Exported.");
  }));
  element("sent-clear").addEventListener("click", () => run(async () => {
    await (await core).call("clearJournal", {});
    await show();
    return t("Forgotten.");
  }));
  const again = () => run(() => show().then(() => ""));
  new BroadcastChannel("dealmark").addEventListener("message", again);
  again();
  return again;
}

/** @param {Sent} sent */
const cells = ({ at, workspace, host, method, route, bytes, outcome }) =>
  [time.format(at), workspace, host, `${method} ${route}`, bytes.toLocaleString(), outcome || t("no answer yet")];

/** @param {Budget[]} budgets */
function showBudgets(budgets) {
  const tightest = budgets.find(({ hour }) => hour.limit);
  element("budget-state").textContent = tightest
    ? t("Requests left of this hour: {0} of {1} for {2}, which has the least, as of {3}.", tightest.hour.left, tightest.hour.limit, tightest.endpoint, time.format(tightest.at))
    : t("Not known yet: the next answer of Apollo tells.");
  element("budget-table").hidden = !budgets.length;
  element("budget-table").replaceChildren(table([t("Endpoint"), t("Minute"), t("Hour"), t("Day")], budgets.map(({ endpoint, minute, hour, day }) =>
    [endpoint, ...[minute, hour, day].map(({ left, limit }) => (limit ? t("{0} of {1}", left, limit) : t("no limit told")))])));
}
