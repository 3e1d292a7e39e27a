import "./wasm_exec.js";
import { t } from "./words.js";

/** Text without half characters, which JSON cannot carry, and each letter in one form: a Mac types é as two. @param {string} _ @param {unknown} value */
const wellFormed = (_, value) => (typeof value === "string" ? value.toWellFormed().normalize() : value);

/**
 * Starts a Go program.
 * @template {keyof Programs} P @param {P} program
 * @param {Place | Promise<Place | undefined>} [place] where it is at home, if not in the extension's own place
 * @returns {Promise<RunningCore<Programs[P]>>}
 */
export async function startCore(program, place) {
  if (typeof WebAssembly !== "object") {
    throw new Error(t("This browser does not run WebAssembly, which Dealmark is made of. Allow it in the browser's settings or ask your admin."));
  }
  const go = new Go();
  const [{ instance }, home] = await Promise.all([WebAssembly.instantiateStreaming(fetch(program), go.importObject), place]);
  globalThis.dealmarkPlace = home; // Go's main reads it at once
  const ended = go.run(instance).then(() => {
    throw new Error(t("Dealmark stopped because of a fault of its own."));
  });
  ended.catch(() => {});
  const core = /** @type {Programs[P]} */ (globalThis.dealmark); // Go's main has set it when run returns
  if (!core) return ended;
  return {
    ended,
    async call(method, doc) {
      const text = JSON.stringify({ version: 1, ...doc }, wellFormed);
      const call = /** @type {(doc: string) => Promise<string>} */ (/** @type {unknown} */ (core[method]));
      const answer = await Promise.race([call(text), ended]);
      return JSON.parse(typeof answer === "string" ? answer : await ended); // a fault gives no promise at all
    },
  };
}
