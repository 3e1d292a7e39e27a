import { make, title } from "./pipeline_rows.js";
import { amounts, date, money, number } from "./pipeline_words.js";
import { plural, t } from "./words.js";

const step = 50; // cards of a stage that are shown at once
const board = /** @type {HTMLElement} */ (document.getElementById("board"));

/**
 * The board: a column for each stage, with its first cards and a way to more.
 * @param {RunningCore<PipelineCore>} core @param {Line[]} stages
 */
export async function showBoard(core, stages) {
  const columns = await Promise.all(stages.map((stage) => column(core, stage)));
  board.replaceChildren(...columns);
}

/** @param {RunningCore<PipelineCore>} core @param {Line} stage */
async function column(core, stage) {
  const made = make("section", "stage");
  const head = make("h2", "", stage.label || t("No stage"));
  head.dir = "auto";
  head.id = `stage-${stage.key}`;
  made.setAttribute("aria-labelledby", head.id);
  const figures = make("p", "note", [plural(stage.count, "{1} opportunity", "{1} opportunities", number(stage.count)), amounts(stage.amounts)].filter(Boolean).join(" · "));
  const list = make("ul", "cards");
  const more = /** @type {HTMLButtonElement} */ (make("button", "text"));
  more.type = "button";
  made.append(head, figures, list, more);

  async function grow() {
    const { rows } = await core.call("readStage", { stage: stage.key, from: list.children.length, count: step });
    list.append(...rows.map(card));
    const left = stage.count - list.children.length;
    more.hidden = left <= 0;
    more.textContent = plural(left, "{1} more", "{1} more", number(left));
  }
  more.addEventListener("click", async () => {
    const at = list.children.length;
    await grow();
    /** @type {HTMLElement | null | undefined} */ (list.children[at]?.querySelector("a"))?.focus();
  });
  await grow();
  return made;
}

/** @param {PipelineRow} row */
function card(row) {
  const made = make("li", "card");
  made.dataset.state = row.state;
  const name = title(row, 0);
  const company = make("p", "company", row.company);
  for (const text of [name, company]) text.dir = "auto";
  made.append(name, company);
  const detail = [money(row.amount, row.currency), date(row.closeDate), row.owner].filter(Boolean).join(" · ");
  made.append(make("p", "note", detail));
  return made;
}
