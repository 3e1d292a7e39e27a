// The stages as a strip to click. The select below it stays what a keyboard and a
// screen reader use, and what the core writes into.
import { element } from "./say.js";

const most = 8; // more do not fit a popup's width: the select stands there then
const select = /** @type {HTMLSelectElement} */ (element("stage"));
const strip = element("stage-strip");

/** What stands for an end, whose name is long and whose meaning is short. @type {Record<string, string>} */
const signs = { won: "✓", lost: "✕" };

/** The stages of the chosen one's pipeline. */
function pipeline() {
  const chosen = select.selectedOptions[0]?.dataset.pipeline;
  return [...select.options].filter((option) => option.value && option.dataset.pipeline === chosen);
}

/** What the segments are. @typedef {{ value?: string, at?: string, more?: string, title: string, text: string }} Segment */

function draw() {
  const stages = pipeline();
  const here = stages.findIndex((option) => option.selected);
  const others = stages.length < [...select.options].filter((option) => option.value).length;
  const fits = here >= 0 && stages.length > 1 && stages.length <= most;
  strip.hidden = !fits;
  /** @type {Segment[]} */
  const segments = (fits ? stages : []).map(({ value, label, dataset }, i) => ({
    value, at: i < here ? "before" : i === here ? "here" : "after", title: label, text: signs[dataset.outcome ?? ""] ?? label,
  }));
  if (fits && others) segments.push({ more: "", title: "", text: "⋯" });
  show(segments);
}

/** Makes anew only what is another one: a click that began on a segment ends on it. @param {Segment[]} segments */
function show(segments) {
  const drawn = /** @type {HTMLElement[]} */ ([...strip.children]);
  const same = drawn.length === segments.length && segments.every(({ value }, i) => value === drawn[i]?.dataset.value);
  const shown = same ? drawn : segments.map(() => document.createElement("span"));
  if (!same) strip.replaceChildren(...shown);
  shown.forEach((segment, i) => {
    const { title, text, ...data } = /** @type {Segment} */ (segments[i]);
    Object.assign(segment.dataset, data);
    segment.title = title;
    segment.dir = "auto"; // by which side it is cut
    if (segment.textContent !== text) segment.textContent = text;
  });
}

strip.addEventListener("click", (event) => {
  const { value, more } = /** @type {HTMLElement} */ (event.target).dataset;
  if (select.disabled) return;
  select.focus();
  if (more !== undefined) select.showPicker(); // the stages of the other pipelines
  if (!value || value === select.value) return;
  select.value = value;
  select.dispatchEvent(new Event("input", { bubbles: true }));
});
select.addEventListener("input", draw);
new MutationObserver(draw).observe(select, { childList: true, attributeFilter: ["data-value", "disabled"] });
draw();
