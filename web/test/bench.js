// What a request costs in CPU, by three Workers in one workerd: the pool of
// build/web, the same Go program under the library's own entry, which starts it
// anew for each request, and JavaScript alone. Their rounds alternate; the medians
// are compared. Measured is the CPU time of the whole workerd process with its D1,
// so that another process's load changes little.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, cpu, median } from "./cpu.js";
import { bindings, lay, record } from "./subject.js";
import { start } from "./workers.js";

const rounds = 5;
const dir = mkdtempSync(join(tmpdir(), "bench-web-"));
const company = "/v1/companies/acme7.test";

/** @param {Record<string, string>} headers @param {string} statements */
async function measure(headers, statements) {
  const flare = start({
    d1: dir,
    say: (said) => said.resume(),
    workers: [
      { name: "pool", entry: "entry.js", dir, bindings },
      { name: "library", entry: "worker.mjs", dir: join(dir, "library"), bindings },
      { name: "javascript", entry: "plain.js", dir, bindings: { STATEMENTS: statements } },
    ],
  });
  /** @type {Record<string, number[]>} */
  const spent = {};
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const path of ["/health", company]) {
        for (const name of ["pool", "library", "javascript"]) {
          if (name === "library" && path !== "/health") continue; // D1 needs our entry
          const many = name === "library" ? 60 : 300; // a token has 600 requests a minute
          await (await flare.getD1Database("DB", "pool")).exec("UPDATE token SET requests = 0");
          const url = new URL(path, await flare.unsafeGetDirectURL(name)).href;
          const before = cpu();
          await ask(url, headers, many);
          if (round > 0) (spent[`${path} ${name}`] ??= []).push((cpu() - before) / many); // the first one compiles
        }
      }
      console.error(`round ${round} of ${rounds}`);
    }
  } finally {
    await flare.dispose();
  }
  return (/** @type {string} */ key) => median(spent[key] ?? []);
}

try {
  lay(dir);
  const { headers, statements } = await record(dir, company);
  const ms = await measure(headers, statements);
  const [p, l, j] = [ms("/health pool"), ms("/health library"), ms("/health javascript")];
  const [c, q] = [ms(`${company} pool`), ms(`${company} javascript`)];
  console.log(`CPU in ms: /health with the pool ${p.toFixed(3)}, with the library's entry ${l.toFixed(3)}, in JavaScript ${j.toFixed(3)}`);
  console.log(`CPU in ms: a company with D1, with the pool ${c.toFixed(3)}, in JavaScript ${q.toFixed(3)}`);
  const ratio = (/** @type {number} */ a, /** @type {number} */ b) => Math.round((100 * a) / b) / 100;
  console.log(JSON.stringify({ library_to_pool: ratio(l, p), pool_to_javascript: ratio(p, j), company_pool_to_javascript: ratio(c, q) }));
} finally {
  rmSync(dir, { recursive: true });
}
