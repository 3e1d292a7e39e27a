import assert from "node:assert/strict";
import { test } from "node:test";
import { Busy } from "../entry/queue.js";
import { begin, clock, make, once, patience } from "./fake.js";

test("who comes first is served first, and the queue is bounded", async () => {
  const { pool } = make({ size: 1 });
  /** @type {string[]} */
  const order = [];
  const work = [..."abc"].map((name) => {
    const one = begin(pool);
    one.done.then(() => order.push(name));
    return one;
  });
  await assert.rejects(begin(pool).done, Busy);
  for (const { end } of work) end();
  await Promise.all(work.map(({ done }) => done));
  assert.deepEqual(order, ["a", "b", "c"]);
});

test("nobody waits longer than the patience", async (t) => {
  const time = clock(t, "Date", "setTimeout");
  const { pool, made } = make({ size: 1 });
  const first = begin(pool);
  const second = begin(pool);
  time.tick(patience);
  await assert.rejects(second.done, Busy);
  first.end();
  await first.done;
  await once(pool); // the place did not go to who had left
  assert.equal(made.length, 1);
});

test("who hangs up leaves the queue", async () => {
  const { pool } = make({ size: 1, queue: 1 });
  const first = begin(pool);
  const leaver = new AbortController();
  const gone = begin(pool, leaver.signal);
  leaver.abort();
  await assert.rejects(gone.done, Busy);
  const next = begin(pool); // there is room again
  first.end();
  next.end();
  await Promise.all([first.done, next.done]);
});

test("a place is not given to who was ended from outside", async (t) => {
  const time = clock(t, "Date");
  const { pool, made } = make({ size: 1 });
  const first = begin(pool);
  begin(pool);
  time.tick(patience);
  first.end();
  await first.done;
  await once(pool);
  assert.equal(made.length, 1);
});
