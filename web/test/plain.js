/**
 * What the gateway does with its database, in JavaScript alone: the statements of a
 * request one after the other, an answer of the last one's row, a line of log.
 */
export default {
  /** @param {Request} request @param {{ DB: D1Database, STATEMENTS: string }} env */
  async fetch(request, env) {
    /** @type {D1Value[][]} */
    let rows = [];
    /** @type {[string, ...D1Value[]][]} */
    const statements = new URL(request.url).pathname === "/health" ? [] : JSON.parse(env.STATEMENTS);
    for (const [sql, ...args] of statements) rows = await env.DB.prepare(sql).bind(...args).raw();
    console.log(JSON.stringify({ route: "GET", status: 200, ms: 0, upstream: 0 }));
    const headers = { "content-type": "application/json", "cache-control": "no-store" };
    return new Response(`{"status":"ok","row":[${rows[0] ?? ""}]}`, { headers });
  },
};
