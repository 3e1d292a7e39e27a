import "./wasm_exec.js";

/** @template {keyof Core} M @typedef {Parameters<Core[M]>[0] extends Json<infer D> ? Omit<NonNullable<D>, "version"> : never} Doc */
/** @template {keyof Core} M @typedef {Awaited<ReturnType<Core[M]>> extends Json<infer D> ? NonNullable<D> : never} Answer */

/**
 * A Go program that runs. ended is rejected when it stops, which only a fault
 * makes it do; so is every call that it leaves unanswered.
 * @typedef {{
 *   call<M extends keyof Core>(method: M, doc: Doc<M>): Promise<Answer<M>>,
 *   ended: Promise<never>,
 * }} RunningCore
 */

/** Text without half characters, which JSON cannot carry. @param {string} _ @param {unknown} value */
const wellFormed = (_, value) => (typeof value === "string" ? value.toWellFormed() : value);

/** Starts the Go core. @returns {Promise<RunningCore>} */
export async function startCore() {
  if (typeof WebAssembly !== "object") {
    throw new Error("This browser does not run WebAssembly, which Dealmark is made of. Allow it in the browser's settings or ask your admin.");
  }
  const go = new Go();
  const { instance } = await WebAssembly.instantiateStreaming(fetch("core.wasm"), go.importObject);
  const ended = go.run(instance).then(() => {
    throw new Error("Dealmark stopped because of a fault of its own.");
  });
  ended.catch(() => {});
  const core = globalThis.dealmark; // Go's main has set it when run returns
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
