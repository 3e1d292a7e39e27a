// A page is inert in its HTML until its own script has said it in the rep's
// language and put a handler on everything: what is typed or clicked is never
// lost. This sees to it that a script which does not come so far is told of.
import { t } from "./words.js";

/** @param {ErrorEvent | Event} event */
function tell(event) {
  if (!document.body.inert) return; // it did, and says itself what goes wrong
  document.body.inert = false;
  const said = document.createElement("p");
  said.className = "fault";
  said.setAttribute("role", "alert");
  const why = "message" in event ? `${t("Dealmark stopped because of a fault of its own.")} (${event.message})` : t("Dealmark stopped because of a fault of its own.");
  said.textContent = `${why} ${t("Reload this page to go on.")}`;
  document.body.prepend(said);
}

addEventListener("error", tell, true); // also of a script that cannot be loaded
