import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** @typedef {Awaited<ReturnType<import("miniflare").Miniflare["getD1Database"]>>} Database */

/** Makes the tables, as package gateway does. @param {Database} database @param {string} folder */
async function migrate(database, folder) {
  for (const name of readdirSync(folder).sort()) {
    const code = readFileSync(`${folder}/${name}`, "utf8").replace(/--.*$/gm, "");
    const statements = code.split(/;\n(?=\n|$)/).filter((statement) => statement.trim());
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }
}

/**
 * Fills a database with a team of 1,000 opportunities at 100 companies, and gives a
 * rep's token.
 * @param {Database} database @param {string} root of the repository
 */
export async function fill(database, root) {
  await migrate(database, `${root}/build/web/migrations`);
  const now = Date.now();
  const id = (/** @type {number} */ n) => n.toString(16).padStart(24, "0");
  const accounts = database.prepare("INSERT INTO account VALUES ('team', ?, ?, ?, ?, ?, ?)");
  const opportunities = database.prepare("INSERT INTO opportunity VALUES ('team', ?, ?, ?, '1000', 'USD', 0, 1000, 0, ?, '2027-01-31', ?, ?, 0, 0, ?, 1, ?)");
  const lists = database.prepare("INSERT INTO list VALUES ('team', ?, ?, ?)");
  const steps = [
    lists.bind("stages", JSON.stringify(Array.from({ length: 8 }, (_, n) => ({ id: id(n), name: `Stage ${n}`, closed: false, won: false }))), now),
    lists.bind("users", JSON.stringify(Array.from({ length: 50 }, (_, n) => ({ id: id(n), name: `User ${n}`, email: `${n}@team.test` }))), now),
    database.prepare("INSERT INTO asked (team, about, at, whole) VALUES ('team', 'domain acme7.test', ?, 1)").bind(now),
  ];
  for (let n = 0; n < 100; n++) steps.push(accounts.bind(id(n), `Acme ${n}`, `acme ${n}`, `acme${n}.test`, id(1), now));
  for (let n = 0; n < 1_000; n++) steps.push(opportunities.bind(id(n), `Deal ${n}`, `deal ${n}`, id(n % 8), id(n % 50), id(n % 100), now - n, now));
  await database.batch(steps);
  return addToken(database, root);
}

/** Has the command make a token, as for a database of Cloudflare's. @param {Database} database @param {string} root */
async function addToken(database, root) {
  const { stdout, stderr, status } = spawnSync("go", ["run", "./internal/cmd/gateway", "token", "add", "-sql", "-rep", "bench", "-scope", "read"], { cwd: root, encoding: "utf8" });
  const [token = ""] = stderr.split("\n");
  if (status !== 0) throw new Error(stderr);
  await database.prepare(stdout).run();
  return token;
}
