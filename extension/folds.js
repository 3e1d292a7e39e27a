// The parts of the form that are folded away, and choices of several.
import { element } from "./say.js";

const form = element("form");

form.addEventListener("click", (event) => {
  const fold = /** @type {Element} */ (event.target).closest("[aria-controls]");
  if (!fold) return;
  const open = fold.getAttribute("aria-expanded") !== "true";
  for (const other of form.querySelectorAll("[aria-controls]")) {
    const shown = open && other === fold; // one at a time: there is room for one
    other.setAttribute("aria-expanded", String(shown));
    element(other.getAttribute("aria-controls") ?? "").hidden = !shown;
  }
});

// Boxes are no field: what is ticked goes into one as a text.
form.addEventListener("change", (event) => {
  const group = /** @type {Element} */ (event.target).closest("fieldset");
  const field = /** @type {HTMLInputElement | null | undefined} */ (group?.querySelector("[type=hidden]"));
  if (!group || !field) return;
  const ticked = /** @type {HTMLInputElement[]} */ ([...group.querySelectorAll(":checked")]);
  field.value = ticked.map(({ value }) => value).sort().join();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
