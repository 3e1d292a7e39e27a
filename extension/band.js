// Marks a page as a demo, above all else that it shows, with the way out.
import { leaveTrial } from "./trial.js";
import { t } from "./words.js";

const band = document.createElement("aside");
band.className = "band";
band.setAttribute("aria-label", t("Demo"));
const text = band.appendChild(document.createElement("p"));
text.textContent = t("Demo: made-up data, nothing is sent.");
const leave = band.appendChild(document.createElement("button"));
leave.type = "button";
leave.id = "leave-trial";
leave.textContent = t("Leave the demo");
leave.addEventListener("click", async () => {
  leave.disabled = true; // all that is stored is being removed
  await leaveTrial();
  location.reload();
});

const show = () => {
  document.documentElement.dataset.trial = "";
  document.body.prepend(band);
};
if (document.body) show();
else document.addEventListener("DOMContentLoaded", show);
