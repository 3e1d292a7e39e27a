import { table } from "./table.js";
import { amounts, money, month, number } from "./pipeline_words.js";
import { t, t as translated } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const measure = /** @type {HTMLSelectElement} */ (element("measure"));
let chosen = ""; // by the rep
const svg = "http://www.w3.org/2000/svg";
const known = ["svg", "title", "desc", "g", "rect", "line", "text"]; // what a chart is made of

/** Makes what the core has drawn: elements and texts, never markup. @param {Shape} shape @returns {SVGElement} */
function draw(shape) {
  if (!known.includes(shape.name)) throw new Error(shape.name);
  const made = /** @type {SVGElement} */ (document.createElementNS(svg, shape.name));
  for (const [name, value] of Object.entries(shape.attributes)) made.setAttribute(name, value);
  if (shape.text) made.textContent = written(shape);
  made.append(...shape.shapes.map(draw));
  return made;
}

/** @param {Shape} shape */
function written({ as, text = "", currency }) {
  switch (as) {
    case "words": return translated(text);
    case "month": return month(text, true);
    case "money": return money(text, currency);
    case "short": return money(text, currency, true);
    case "count": return number(Number(text));
    default: return text;
  }
}

/** The figures behind a chart. @param {string} first @param {Line[]} lines @param {(line: Line) => string} name */
const figures = (first, lines, name) => table(
  [first, t("Open"), t("Won"), t("Lost"), t("All"), t("Amount"), t("Without an amount")],
  lines.map((line) => [name(line), ...line.states.map(number), number(line.count), amounts(line.amounts), number(line.without)]),
);

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
pen.font = "12px system-ui, sans-serif"; // as pipeline.css has it

/** How wide the widest of the texts is, in pixels. @param {string[]} texts */
const widest = (texts) => Math.ceil(Math.max(...texts.map((text) => pen.measureText(text).width)));

const months = [...Array(12).keys()].map((n) => `>2028-${String(n + 1).padStart(2, "0")}`);

/** Offers the currencies that there are. @param {Tally["amounts"]} there @param {string} shown */
function offerMeasures(there, shown) {
  const options = there.map(({ currency }) => new Option(currency ? t("Amounts in {0}", currency) : t("Amounts"), currency));
  measure.replaceChildren(...options, new Option(t("Number of opportunities"), "count"));
  measure.value = shown;
}

/** @param {RunningCore<PipelineCore>} core */
export async function showTotals(core) {
  const charts = { stage: element("stage-chart"), month: element("month-chart") };
  const width = Math.max(280, charts.stage.clientWidth || 560);
  const rightToLeft = document.documentElement.dir === "rtl";
  const room = { month: widest([...months, "none"].map((key) => month(key, true))), short: widest([money("888000", chosen.length === 3 ? chosen : "USD", true)]) };
  const totals = await core.call("totalOpportunities", { width, rightToLeft, measure: chosen, ...room });
  offerMeasures(totals.all.amounts, totals.counts ? "count" : totals.currency);
  charts.stage.replaceChildren(draw(titled(totals.stageChart, "stage")));
  charts.month.replaceChildren(draw(titled(totals.monthChart, "month")));
  element("stage-table").replaceChildren(figures(t("Stage"), totals.stages, ({ label }) => label || t("No stage")));
  element("month-table").replaceChildren(figures(t("Expected close"), totals.months, ({ key }) => month(key)));
  return totals;
}

/** A picture is called by its title and described by what follows it. @param {Shape} shape @param {string} id */
function titled(shape, id) {
  for (const inner of shape.shapes) if (inner.name === "title" || inner.name === "desc") inner.attributes.id = `${id}-${inner.name}`;
  Object.assign(shape.attributes, { "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-desc` });
  return shape;
}

/** @param {() => void} changed */
export const offerMeasure = (changed) => measure.addEventListener("change", () => ((chosen = measure.value), changed()));
