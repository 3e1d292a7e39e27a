// @ts-ignore: it is laid beside the Worker's own entry
import worker from "./entry.js";

/** Answers with the statements that the gateway runs for a request, beside its answer. */
export default {
  /** @param {Request} request @param {{ DB: any }} env @param {any} ctx */
  async fetch(request, env, ctx) {
    /** @type {unknown[][]} */
    const seen = [];
    const prepare = (/** @type {string} */ sql) => ({
      bind(/** @type {unknown[]} */ ...args) {
        seen.push([sql, ...args]);
        return env.DB.prepare(sql).bind(...args);
      },
    });
    const DB = { prepare, batch: (/** @type {unknown[]} */ list) => env.DB.batch(list) };
    const answer = await worker.fetch(request, { ...env, DB }, ctx);
    return Response.json({ status: answer.status, seen, answer: await answer.text() });
  },
};
