import { number } from "./pipeline_words.js";
import { t } from "./words.js";

const part = 5000; // rows

/**
 * Saves what was found as a file of CSV, part by part, and says how far it is.
 * @param {RunningCore<PipelineCore>} core @param {(text: string) => void} say
 */
export async function saveCsv(core, say) {
  /** @type {string[]} */
  const parts = [];
  for (let from = 0; ; from += part) {
    const { csv } = await core.call("exportRows", { from, count: part });
    if (!csv) break;
    parts.push(csv);
    say(t("Writing the file: {0} rows so far.", number(from + part)));
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  link.download = `dealmark-pipeline-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
  say(t("Exported."));
}
