/**
 * Runs statements in D1: one as it is, several as one transaction. Both texts are
 * JSON: [[sql, argument, …], …] and [[changes, [row, …]], …].
 *
 * In a batch D1 gives rows as objects, whose members are in the order of the
 * columns if each has a name of its own that is no number.
 * https://developers.cloudflare.com/d1/worker-api/d1-database/
 * @param {D1Database} database @param {string} text
 */
export async function batch(database, text) {
  /** @type {[string, ...D1Value[]][]} */
  const wanted = JSON.parse(text);
  const statements = wanted.map(([sql, ...args]) => database.prepare(sql).bind(...args));
  const [first] = statements;
  if (first && statements.length === 1 && /^SELECT|RETURNING/.test(wanted[0]?.[0] ?? "")) {
    return JSON.stringify([[0, await first.raw()]]);
  }
  const results = await database.batch(statements);
  return JSON.stringify(results.map(({ meta, results }) => [meta.changes, results.map(Object.values)]));
}
