import { core, page, story } from "./start.js"; // first: what takes longest begins there
import "./page-words.js";
import "./actions.js";
import "./dot.js";
import "./folds.js";
import "./people.js";
import "./save.js";
import "./strip.js";
import "./unsent.js";
import { openingDone } from "./ahead.js";
import { element, say, showStopped, told } from "./say.js";
import { keepShown } from "./shown.js";
import { earlyTaken, hostKnown } from "./stash.js";
import { sendEdits, takeUp, taken, typedSoFar } from "./typed.js";
import { offerUnlock } from "./unlock.js";
import { t } from "./words.js";
import "./workspace.js";

/** @param {RunningCore<PopupCore>} core */
async function open(core) {
  core.ended.catch(showStopped);
  // A fault of the browser that comes up through the core leaves it half done; whether it then ends is luck.
  addEventListener("unhandledrejection", () => showStopped(new Error(t("Dealmark stopped because of a fault of its own."))));
  await hostKnown;
  const doc = { page: await page, typed: typedSoFar() };
  sendEdits((edit) => {
    // While creating, another account is another list of opportunities as well.
    const choosing = edit.field === "account" && !element("form").dataset.editing;
    return told(choosing ? core.call("chooseAccount", { id: edit.text }) : core.call("editField", edit));
  });
  const opening = core.call("openPage", doc);
  await told(opening);
  story.resolve(core);
  if (element("form").dataset.form) {
    earlyTaken();
    takeUp(doc.typed);
  } else { // storage cannot be opened: the texts go on waiting
    takeUp();
    say("");
    opening.catch(showStopped);
  }
  openingDone(() => told(core.call("refresh", {})));
  const untouched = !element("form").querySelector("[data-touched]");
  if (untouched && !element("domain-form").hidden) element("domain").focus();
}

if (location.search === "?panel") {
  document.documentElement.dataset.panel = "";
  import("./panel.js");
}
core.then(open).then(keepShown).catch((error) => {
  showStopped(error);
  hostKnown.then(() => takeUp());
});
offerUnlock(async () => (await core).call("readLock", {}), taken);
