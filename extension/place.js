// Where the programs of this page are at home: in the extension's own place, or in
// a trial's, which the screen calls the demo. Every page imports this first.

/** The trial that the rep is in, "" outside of one. */
export const trial = localStorage.getItem("trial") ?? "";

/** What startCore is to be told. @type {Promise<Place> | undefined} */
export const place = trial ? import("./trial_place.js").then(({ trialPlace }) => trialPlace(trial)) : undefined;

if (trial) import("./band.js");
addEventListener("storage", ({ key }) => {
  if (key === "trial") location.reload(); // another page has entered or left it
});
