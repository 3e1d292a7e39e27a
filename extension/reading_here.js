import { offerReading, showReading } from "./reading.js";
import { t } from "./words.js";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/**
 * Shows in the settings how far the reading of the team's list is. Gives what shows
 * it anew.
 * @param {Promise<RunningCore<WorkerCore>>} core
 */
export function readingHere(core) {
  const show = async () => {
    const { walk } = await (await core).call("readWalk", {});
    showReading(walk, walk.finished ? t("The whole list is read, last on {0}.", moment.format(walk.finished)) : t("The list was never read to its end."));
  };
  const again = () => show().catch(() => {}); // storage that cannot be read is said above
  offerReading(false, again);
  again();
  return again;
}
