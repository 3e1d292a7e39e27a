import { failure } from "./failure.js";
import { chooseSurface, hasPanel, surface } from "./surface.js";
import { t } from "./words.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Lets the rep choose where Dealmark opens. */
export async function offerSurface() {
  element("surface-section").hidden = !hasPanel;
  const radios = /** @type {HTMLInputElement[]} */ ([...element("surface").querySelectorAll("input")]);
  element("surface").addEventListener("change", (event) => {
    const to = /** @type {HTMLInputElement} */ (event.target).value;
    chooseSurface(to === "panel" ? "panel" : "popup")
      .then(() => t("Saved."), (error) => failure(error).message)
      .then((text) => (element("surface-say").textContent = text));
  });
  const chosen = await surface();
  for (const radio of radios) radio.checked = radio.value === chosen;
}
