import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

/** @typedef {{ name: string, dir: string, entry: string, bindings?: Record<string, string>, services?: Record<string, string> }} WorkerOptions */

/** What is deployed says how it is run; its comments have lines of their own. */
const config = JSON.parse(readFileSync(new URL("../wrangler.jsonc", import.meta.url), "utf8").replace(/^\s*\/\/.*$/gm, ""));

/**
 * Starts Workers on loopback, over one D1 in a folder. Nothing of it reaches the
 * network. What they print goes to standard error if nothing else is said.
 * @param {{ workers: WorkerOptions[], d1: string, say?: (said: NodeJS.ReadableStream) => void }} options
 */
export function start({ workers, d1, say = (said) => said.pipe(process.stderr) }) {
  return new Miniflare({
    cf: false, // or it fetches a description of the network
    telemetry: { enabled: false },
    handleRuntimeStdio: (/** @type {NodeJS.ReadableStream[]} */ ...said) => said.forEach(say),
    host: "127.0.0.1",
    port: 0,
    d1Persist: d1,
    workers: workers.map(({ name, dir, entry, bindings, services }) => ({
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
      serviceBindings: services ?? {},
      d1Databases: { DB: config.d1_databases[0].database_id },
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
  });
}
