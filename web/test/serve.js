// Runs Workers for the tests in Go. It reads documents from standard input, a line
// each, and answers each with a line: first the Workers to run, then what to do with
// them. It ends with its input.
import { createInterface } from "node:readline";
import { batch } from "../entry/d1.js";
import { start } from "./workers.js";

/** @typedef {ReturnType<typeof start>} Flare */

/** What may be asked. @type {Record<string, (flare: Flare, request: any) => Promise<unknown>>} */
const wishes = {
  url: async (flare, { worker }) => (await flare.unsafeGetDirectURL(worker)).origin,
  scheduled: async (flare, { worker }) => (await (/** @type {any} */ (await flare.getWorker(worker))).scheduled({ cron: "* * * * *" })).outcome,
  batch: async (flare, { statements }) => JSON.parse(await batch(/** @type {any} */ (await flare.getD1Database("DB")), JSON.stringify(statements))),
};

/** @type {Flare | undefined} */
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
