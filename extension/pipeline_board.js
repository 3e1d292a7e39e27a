import { keep, make, title } from "./pipeline_rows.js";
import { amounts, date, money, number } from "./pipeline_words.js";
import { plural, t } from "./words.js";

const step = 50; // cards of a stage that are shown at once
const board = /** @type {HTMLElement} */ (document.getElementById("board"));
/** How many cards of a stage are shown. @type {Map<string, number>} */
const shown = new Map();

/** What fills the columns, by their stages' keys. @type {Map<string, (stage: Line, rows: PipelineRow[]) => void>} */
const columns = new Map();

/** @param {RunningCore<PipelineCore>} core @param {Line} stage */
const read = async (core, { key }) => (await core.call("readStage", { stage: key, from: 0, count: shown.get(key) ?? step })).rows;

/**
 * The board: a column for each stage, with its first cards and a way to more.
 * @param {RunningCore<PipelineCore>} core @param {Line[]} stages
 */
export async function showBoard(core, stages) {
  const rows = await Promise.all(stages.map((stage) => read(core, stage)));
  keep(board, stages.map(({ key }) => ({ key, make: () => column(core, key) })));
  stages.forEach((stage, i) => columns.get(stage.key)?.(stage, rows[i] ?? []));
}

/** @param {RunningCore<PipelineCore>} core @param {string} key of the stage */
function column(core, key) {
  const made = make("section", "stage");
  const head = make("h2", "");
  head.dir = "auto";
  head.id = `stage-${key}`;
  made.setAttribute("aria-labelledby", head.id);
  const figures = make("p", "note");
  const list = make("ul", "cards");
  const more = /** @type {HTMLButtonElement} */ (make("button", "text"));
  more.type = "button";
  made.append(head, figures, list, more);
  /** @type {Line} */
  let last;

  /** @param {Line} stage @param {PipelineRow[]} rows */
  function show(stage, rows) {
    last = stage;
    head.textContent = stage.label || t("No stage");
    figures.textContent = [plural(stage.count, "{1} opportunity", "{1} opportunities", number(stage.count)), amounts(stage.amounts)].filter(Boolean).join(" · ");
    keep(list, rows.map((row) => ({ key: JSON.stringify(row), make: () => card(row) })));
    const left = stage.count - rows.length;
    more.hidden = left <= 0;
    more.textContent = plural(left, "{1} more", "{1} more", number(left));
  }
  more.addEventListener("click", async () => {
    const at = list.children.length;
    shown.set(key, at + step);
    show(last, await read(core, last));
    /** @type {HTMLElement | null | undefined} */ (list.children[at]?.querySelector("a"))?.focus();
  });
  columns.set(key, show);
  return made;
}

/** @param {PipelineRow} row */
function card(row) {
  const made = make("li", "card");
  made.dataset.state = row.state;
  const name = title(row, 0);
  const company = make("p", "company", row.company);
  for (const text of [name, company]) text.dir = "auto";
  made.append(name, company, parts([money(row.amount, row.currency), date(row.closeDate)]), parts([row.owner]));
  return made;
}

/** A line of what there is, each part in its own direction. @param {string[]} texts */
function parts(texts) {
  const line = make("p", "note");
  for (const text of texts.filter(Boolean)) line.append(line.hasChildNodes() ? " · " : "", make("bdi", "", text));
  return line;
}
