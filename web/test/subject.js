import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fill } from "./company.js";
import { start } from "./workers.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

export const bindings = { APOLLO_API_KEY: "key-of-nobody" };

/** Lays the programs of the Workers into one folder. @param {string} dir */
export function lay(dir) {
  const module = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/syumai/workers"], { cwd: root, encoding: "utf8" }).trim();
  const assets = join(module, "cmd/workers-assets-gen/assets");
  cpSync(join(root, "build/web/worker"), dir, { recursive: true });
  for (const name of ["recorder.js", "plain.js"]) cpSync(join(root, "web/test", name), join(dir, name));
  cpSync(join(assets, "common/worker.mjs"), join(dir, "library/worker.mjs"));
  cpSync(join(assets, "runtime/cloudflare.mjs"), join(dir, "library/runtime.mjs"));
  cpSync(join(assets, "wasm_exec_go.js"), join(dir, "library/wasm_exec.js")); // it changes the toolchain's
  cpSync(join(dir, "worker.wasm"), join(dir, "library/app.wasm"));
}

/** Fills the database, and gives what a rep asks with and the statements of one request. @param {string} dir @param {string} path */
export async function record(dir, path) {
  const flare = start({ d1: dir, workers: [{ name: "recorder", entry: "recorder.js", dir, bindings }], say: (said) => said.resume() });
  try {
    const headers = { authorization: `Bearer ${await fill(await flare.getD1Database("DB"), root)}` };
    const said = await fetch(new URL(path, await flare.unsafeGetDirectURL("recorder")), { headers });
    const { status, seen, answer } = /** @type {{ status: number, seen: unknown[], answer: string }} */ (await said.json());
    if (status !== 200) throw new Error(`the gateway answered ${status}: ${answer}`);
    return { headers, statements: JSON.stringify(seen) };
  } finally {
    await flare.dispose();
  }
}
