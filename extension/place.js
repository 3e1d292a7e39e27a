// Where the programs of this page are at home: in the extension's own place, or in
// a trial's, which the screen calls the demo. Every page imports this first.

import { t } from "./words.js";

/** The browser's refusal to say where this page is. @type {Promise<never> | undefined} */
let refused;

function recall() {
  try {
    return localStorage.getItem("trial") ?? "";
  } catch (error) {
    refused = Promise.reject(new Error(t("The browser does not let Dealmark read what it has stored: allow its site data in the browser's settings. ({0})", String(error))));
    refused.catch(() => {}); // startCore says it
    return "";
  }
}

/** The trial that the rep is in, "" outside of one. */
export const trial = recall();

/** What startCore is to be told. @type {Promise<Place> | undefined} */
export const place = trial ? import("./trial_place.js").then(({ trialPlace }) => trialPlace(trial)) : refused;

if (trial) import("./band.js");
addEventListener("storage", ({ key }) => {
  if (key === "trial") location.reload(); // another page has entered or left it
});
