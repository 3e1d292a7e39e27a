// Runs Workers on loopback for tests and measurements: workerd with D1 in a
// folder, and nothing that reaches the network. It reads documents from standard
// input, a line each, and answers each with a line: first what to run, then what
// to do with it. It ends with its input.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Miniflare } from "miniflare";
import { batch } from "../entry/d1.js";

/** @typedef {{ name: string, dir: string, entry: string, bindings?: Record<string, string> }} WorkerOptions */

/** What is deployed says how it is run; its comments have lines of their own. */
const config = JSON.parse(readFileSync(new URL("../wrangler.jsonc", import.meta.url), "utf8").replace(/^\s*\/\/.*$/gm, ""));

/** @param {{ workers: WorkerOptions[], d1: string }} options */
function start({ workers, d1 }) {
  return new Miniflare({
    cf: false, // or it fetches a description of the network
    telemetry: { enabled: false },
    // Standard output is for answers.
    handleRuntimeStdio: (/** @type {NodeJS.ReadableStream[]} */ ...said) => said.forEach((stream) => stream.pipe(process.stderr)),
    host: "127.0.0.1",
    port: 0,
    d1Persist: d1,
    workers: workers.map(({ name, dir, entry, bindings }) => ({
      name,
      rootPath: dir,
      modulesRoot: dir,
      scriptPath: `${dir}/${entry}`,
      modules: true,
      modulesRules: [
        { type: "ESModule", include: ["**/*.js", "**/*.mjs"] },
        { type: "CompiledWasm", include: ["**/*.wasm"] },
      ],
      compatibilityDate: config.compatibility_date,
      compatibilityFlags: config.compatibility_flags,
      bindings: bindings ?? {},
      d1Databases: { DB: "dealmark" },
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
  });
}

/** What may be asked. @type {Record<string, (flare: Miniflare, request: any) => Promise<unknown>>} */
const wishes = {
  url: async (flare, { worker }) => (await flare.unsafeGetDirectURL(worker)).origin,
  scheduled: async (flare, { worker }) => (await (/** @type {any} */ (await flare.getWorker(worker))).scheduled({ cron: "* * * * *" })).outcome,
  batch: async (flare, { statements }) => JSON.parse(await batch(/** @type {any} */ (await flare.getD1Database("DB")), JSON.stringify(statements))),
};

/** @type {Miniflare | undefined} */
let flare;
for await (const line of createInterface({ input: process.stdin })) {
  const { wish, ...request } = JSON.parse(line);
  try {
    if (!flare) await (flare = start(request)).ready;
    const answer = wish ? await wishes[wish]?.(flare, request) : "ready";
    console.log(JSON.stringify({ answer }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
await flare?.dispose();
