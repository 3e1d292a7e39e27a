import { readBody } from "./body.js";
import { Pool } from "./pool.js";
import { GoProgram } from "./program.js";
import { refusal, Unreadable } from "./refusal.js";

/**
 * What the Workers runtime calls, over a pool of the Go program.
 * https://developers.cloudflare.com/workers/runtime-apis/handlers/
 * @param {WebAssembly.Module} module @param {Limits} limits
 */
export function serve(module, limits) {
  const pool = new Pool(limits.pool, () => new GoProgram(module));
  return {
    /** @param {Request} request @param {object} env @param {ExecutionContext} ctx @returns {Promise<Response>} */
    fetch(request, env, ctx) {
      return new Promise((answer) => {
        const { method, url, headers, signal } = request;
        /** @param {GoBinding} program */
        const ask = ({ handleRequest }) =>
          handleRequest({ method, url, headers, body: null }).catch((cause) => {
            throw new Unreadable("the Go side cannot read the request", { cause });
          });
        const work = async () => {
          const body = await readBody(request, limits.body);
          await pool.run(limits.request, (program) => program.run(env, body, ask, answer), signal);
        };
        // A client that hangs up ends nothing: the program goes on to its answer
        // and is free again, and what was written is known.
        ctx.waitUntil(work().catch((error) => answer(refusal(error))));
      });
    },

    /** @param {ScheduledEvent} event @param {object} env */
    async scheduled(event, env) {
      const work = pool.run(limits.scheduled, (program) => program.run(env, null, ({ runScheduler }) => runScheduler(event), () => {}));
      await work.catch((error) => {
        console.error(error); // workerd itself tells only that there was one
        throw error;
      });
    },
  };
}
