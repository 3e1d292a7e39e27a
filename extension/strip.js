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

function draw() {
  const stages = pipeline();
  const here = stages.findIndex((option) => option.selected);
  const others = stages.length < [...select.options].filter((option) => option.value).length;
  const fits = here >= 0 && stages.length > 1 && stages.length <= most;
  strip.hidden = !fits;
  strip.replaceChildren(...(fits ? stages : []).map((option, i) => {
    const segment = document.createElement("span");
    segment.dataset.value = option.value;
    segment.dataset.at = i < here ? "before" : i === here ? "here" : "after";
    segment.title = option.label;
    segment.dir = "auto"; // by which side it is cut
    segment.textContent = signs[option.dataset.outcome ?? ""] ?? option.label;
    return segment;
  }));
  if (fits && others) {
    const more = strip.appendChild(document.createElement("span"));
    more.dataset.more = "";
    more.textContent = "⋯";
  }
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
