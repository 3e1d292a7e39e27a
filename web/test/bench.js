// What a request to /health costs in CPU, by three Workers in one workerd: the
// pool of build/web, the same Go program under the library's own entry, which
// starts it anew for each request, and one that is JavaScript alone. Their rounds
// alternate; the medians are compared. Measured is the CPU time of the whole
// workerd process, so that another process's load changes little.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "./workers.js";

const rounds = 7;
const requests = 100; // of a round
const web = new URL("..", import.meta.url).pathname;
const build = join(web, "../build/web");

/** The library's entry around the same program. @param {string} dir */
function library(dir) {
  const module = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/syumai/workers"], { cwd: web, encoding: "utf8" }).trim();
  const assets = join(module, "cmd/workers-assets-gen/assets");
  writeFileSync(join(dir, "worker.mjs"), readFileSync(join(assets, "common/worker.mjs")));
  writeFileSync(join(dir, "runtime.mjs"), readFileSync(join(assets, "runtime/cloudflare.mjs")));
  cpSync(join(build, "worker.wasm"), join(dir, "app.wasm"));
  cpSync(join(assets, "wasm_exec_go.js"), join(dir, "wasm_exec.js")); // it changes the toolchain's
}

/** @param {string} dir */
function plain(dir) {
  // It logs a line for a request, as the gateway does.
  const line = JSON.stringify({ route: "GET /health", status: 200, ms: 0, upstream: 0 });
  const answer = `new Response('{"status":"ok"}', { headers: { "content-type": "application/json", "cache-control": "no-store" } })`;
  writeFileSync(join(dir, "plain.js"), `export default { fetch() { console.log('${line}'); return ${answer}; } };\n`);
}

/** The CPU time of workerd, this process's child, in milliseconds. */
function cpu() {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
  const pid = children.find((child) => readFileSync(`/proc/${child}/comm`, "utf8").trim() === "workerd");
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10; // of a hundredth of a second each
}

/** @param {string} url @param {number} count */
async function ask(url, count) {
  for (let i = 0; i < count; i++) {
    const answer = await fetch(url);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}

const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const dir = mkdtempSync(join(tmpdir(), "web-bench-"));
library(dir);
plain(dir);
const bindings = { APOLLO_API_KEY: "key-of-nobody" };
const flare = start({
  d1: dir,
  say: (said) => said.resume(),
  workers: [
    { name: "pool", dir: build, entry: "entry.js", bindings },
    { name: "library", dir, entry: "worker.mjs", bindings },
    { name: "javascript", dir, entry: "plain.js" },
  ],
});
/** @type {Record<string, number[]>} */
const spent = { pool: [], library: [], javascript: [] };
try {
  for (let round = 0; round <= rounds; round++) {
    for (const [name, values] of Object.entries(spent)) {
      const url = new URL("/health", await flare.unsafeGetDirectURL(name)).href;
      const many = name === "library" ? requests : 10 * requests; // a hundredth of a second is the unit
      const before = cpu();
      await ask(url, many);
      if (round > 0) values.push((cpu() - before) / many); // the first one compiles
    }
    console.error(`round ${round} of ${rounds}`);
  }
} finally {
  await flare.dispose();
  rmSync(dir, { recursive: true });
}
const [pool, own, javascript] = [median(spent.pool ?? []), median(spent.library ?? []), median(spent.javascript ?? [])];
const round2 = (/** @type {number} */ n) => Math.round(n * 100) / 100;
console.log(`CPU of workerd for a request to /health, in ms: pool ${pool.toFixed(3)}, library's entry ${own.toFixed(3)}, JavaScript ${javascript.toFixed(3)}`);
console.log(JSON.stringify({ library_to_pool: round2(own / pool), pool_to_javascript: round2(pool / javascript), library_to_javascript: round2(own / javascript) }));
