import "./page-words.js";
import { failure } from "./failure.js";
import { place } from "./place.js";
import { showBoard } from "./pipeline_board.js";
import { saveCsv } from "./pipeline_export.js";
import { fillChoices, readQuery } from "./pipeline_query.js";
import { offerOrder, offerTable } from "./pipeline_table.js";
import { offerMeasure, showTotals } from "./pipeline_totals.js";
import { amounts, number, time } from "./pipeline_words.js";
import { offerReading, showReading } from "./reading.js";
import { startCore } from "./wasm.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const query = /** @type {HTMLFormElement} */ (element("query"));
/** @param {unknown} error */
const complain = (error) => (element("say").textContent = failure(error).message);

/** How it is shown, which may be chosen before anything is. */
let [sort, board] = ["close_date", false];
/** Finds and shows anew, once there is a core. */
let search = () => {};

/** @param {RunningCore<PipelineCore>} core */
async function open(core) {
  performance.mark("core");
  const list = offerTable(core);
  let [busy, more, asked, cost] = [false, false, 0, 0];
  let known = await read();

  async function read() {
    const before = performance.now();
    const opened = await core.call("openPipeline", {});
    cost = performance.now() - before;
    performance.measure("index", { start: before });
    element("workspace").textContent = opened.workspace ?? "";
    fillChoices(query, opened);
    return opened;
  }

  /** Finds and shows; totals come after the rows. @param {boolean} [again] */
  async function find(again = false) {
    const mine = ++asked;
    const before = performance.now();
    const { count } = await core.call("findOpportunities", { ...readQuery(query), sort });
    await list.show(count, again);
    performance.measure("find", { start: before });
    if (mine !== asked) return;
    element("none").textContent = count ? "" : known.count ? t("No opportunity is like that: ask for something else, or clear the search.") : t("No opportunities are here yet.");
    const totals = await showTotals(core);
    if (mine !== asked) return;
    element("summary").textContent = [
      t("{0} of {1} opportunities", number(count), number(known.count)), amounts(totals.all.amounts),
    ].filter(Boolean).join(" · ");
    if (board) await showBoard(core, totals.stages);
    document.body.dataset.ready = String(mine);
  }
  /** Shows how far the reading is; what is new is shown as often as reading it costs little. */
  async function refresh() {
    const { walk } = await core.call("readWalk", {});
    showReading(walk, standing());
    if (busy) return void (more = true);
    busy = true;
    setTimeout(async () => {
      more = false;
      try {
        known = await read();
        showReading(known.walk, standing());
        await find(true);
      } catch (error) {
        complain(error);
      }
      busy = false;
      if (more) refresh().catch(complain); // what came meanwhile may be the last of it
    }, 500 + 20 * cost);
  }

  const standing = () => [
    known.gateway ? t("Your team's gateway keeps the whole list; here are the companies that you opened.")
      : known.walk.complete ? "" : t("The team's list was never read to its end: opportunities are missing here."),
    known.asOf ? t("As of {0}.", time(known.asOf)) : "",
    known.unreadable ? t("What is stored of some companies cannot be read, and is missing here.") : "",
  ].filter(Boolean).join(" ");

  search = () => find().catch(complain);
  offerReading(known.gateway, () => refresh().catch(complain));
  showReading(known.walk, standing());
  new ResizeObserver(() => showTotals(core).catch(complain)).observe(element("stage-chart"));
  await find();
  performance.mark("shown");
  if (document.activeElement === document.body) element("text").focus();
  core.ended.catch((error) => (element("say").textContent = `${failure(error).message} ${t("Reload this page to go on.")}`));
}

/** @param {boolean} to */
function view(to) {
  board = to;
  element("as-table").ariaPressed = String(!board);
  element("as-board").ariaPressed = String(board);
  element("table").hidden = element("keys").hidden = board;
  element("board").hidden = !board;
  search();
}

const core = startCore("pipeline.wasm", place);
offerOrder((by) => ((sort = by), search()));
offerMeasure(() => search());
query.addEventListener("input", () => search());
query.addEventListener("reset", () => setTimeout(() => search()));
element("as-table").addEventListener("click", () => view(false));
element("as-board").addEventListener("click", () => view(true));
element("export").addEventListener("click", () =>
  core.then((running) => saveCsv(running, (text) => (element("say").textContent = text))).catch(complain));
document.body.inert = false;
core.then(open).catch((error) => {
  element("walk").textContent = "";
  complain(error);
});
