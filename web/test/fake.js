import { mock } from "node:test";
import { Pool } from "../entry/pool.js";

/** A program that counts what is done in it at once. */
export class Fake {
  worn = false;
  inside = 0;
  most = 0;

  /** @param {Promise<void>} until */
  async work(until) {
    this.most = Math.max(this.most, ++this.inside);
    await until.finally(() => this.inside--);
  }
}

export const limit = 5_000; // ms for the work of begin
export const patience = 1_000; // ms

/** A pool of at most two, for two who wait, and what it has made. @param {Partial<PoolLimits>} [limits] */
export function make(limits) {
  /** @type {Fake[]} */
  const made = [];
  const start = () => {
    const fake = new Fake();
    made.push(fake);
    return fake;
  };
  return { pool: new Pool({ size: 2, queue: 2, patience, ...limits }, start), made };
}

/** Begins work that goes on until end or fail is called. @param {Pool<Fake>} pool @param {AbortSignal} [signal] */
export function begin(pool, signal) {
  let end = () => {};
  let fail = (/** @type {Error} */ _) => {};
  /** @type {Promise<void>} */
  const until = new Promise((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const done = pool.run(limit, (program) => program.work(until), signal);
  done.catch(() => {});
  return { done, end, fail };
}

/** Work that is done at once. @param {Pool<Fake>} pool */
export async function once(pool) {
  const { done, end } = begin(pool);
  end();
  await done;
}

/** Lets everything happen that waits for nothing. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that moves by hand. Without timers it is the one of who comes after a
 * request that was ended from outside: of that one no timer fires.
 * @param {import("node:test").TestContext} t @param {...("Date" | "setTimeout")} apis
 */
export function clock(t, ...apis) {
  mock.timers.enable({ apis });
  t.after(() => mock.timers.reset());
  return mock.timers;
}
