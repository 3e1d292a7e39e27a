import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool } from "../entry/pool.js";
import { TooLong } from "../entry/within.js";
import { begin, clock, Fake, limit, make, once, settle } from "./fake.js";

test("one at a time in a program, up to the bound", async () => {
  const { pool, made } = make({ queue: 10 });
  const work = Array.from({ length: 8 }, () => begin(pool));
  for (const { end } of work) end();
  await Promise.all(work.map(({ done }) => done));
  assert.deepEqual(made.map(({ most }) => most), [1, 1]);
});

test("a free program is used before a new one is made", async () => {
  const { pool, made } = make();
  for (let i = 0; i < 3; i++) await once(pool);
  assert.equal(made.length, 1);
});

test("a program that has ended or is worn is replaced", async () => {
  const { pool, made } = make({ size: 1 });
  const first = begin(pool);
  await settle();
  for (const fake of made) fake.worn = true;
  first.fail(new Error("ended"));
  await assert.rejects(first.done, /ended/);
  await once(pool);
  assert.equal(made.length, 2);
});

test("a program that ends while nobody uses it is replaced", async () => {
  const { pool, made } = make({ size: 1 });
  await once(pool);
  for (const fake of made) fake.worn = true;
  await once(pool);
  assert.equal(made.length, 2);
});

test("a failure of the work alone keeps the program", async () => {
  const { pool, made } = make({ size: 1 });
  const first = begin(pool);
  first.fail(new Error("no"));
  await assert.rejects(first.done, /no/);
  await once(pool);
  assert.equal(made.length, 1);
});

test("a program that does not start frees its place", async () => {
  let tries = 0;
  const pool = new Pool({ size: 1, queue: 0, patience: 1 }, () => {
    if (++tries === 1) throw new Error("no memory");
    return new Fake();
  });
  await assert.rejects(begin(pool).done, /no memory/);
  await once(pool);
});

test("work that takes too long loses its program, and the place is free", async (t) => {
  const time = clock(t, "Date", "setTimeout");
  const { pool, made } = make({ size: 1 });
  const slow = begin(pool);
  await settle();
  time.tick(limit);
  await assert.rejects(slow.done, TooLong);
  slow.end();
  await once(pool);
  assert.equal(made.length, 2);
});

test("the place of a request that was ended from outside is found by the next", async (t) => {
  const time = clock(t, "Date");
  const { pool, made } = make({ size: 1 });
  const lost = begin(pool);
  await settle();
  time.tick(limit);
  await once(pool);
  assert.equal(made.length, 2);
  lost.end(); // late; it must not free the place a second time
  await lost.done;
  const both = [begin(pool), begin(pool)];
  await settle();
  assert.equal(Math.max(...made.map(({ most }) => most)), 1);
  for (const { end } of both) end();
  await Promise.all(both.map(({ done }) => done));
});
