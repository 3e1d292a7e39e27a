import { Queue } from "./queue.js";
import { TooLong, within } from "./within.js";

/**
 * A bounded pool of programs. A program does one piece of work at a time, also
 * while that work waits for something else. One that ended, took too long or is
 * worn is thrown away, and the next work gets a new one.
 * @template {Program} P
 */
export class Pool {
  /** @type {Place<P>[]} */
  #places = [];
  /** @type {Queue<P>} */
  #queue;
  #size;
  #start;

  /** @param {PoolLimits} limits @param {() => P} start makes a new program */
  constructor(limits, start) {
    this.#queue = new Queue(limits);
    this.#size = limits.size;
    this.#start = start;
  }

  /**
   * Does work with a program of its own, within limit milliseconds.
   * @template T @param {number} limit @param {(program: P) => Promise<T>} work
   * @param {AbortSignal} [signal] aborts the waiting for a place, not the work
   * @returns {Promise<T>}
   */
  async run(limit, work, signal) {
    const place = this.#vacant(limit) ?? (await this.#queue.wait(limit, signal));
    try {
      if (!place.program || place.program.worn) place.program = this.#start();
      return await within(limit, work(place.program));
    } catch (error) {
      if (error instanceof TooLong) place.program = undefined;
      throw error;
    } finally {
      if (place.program?.worn) place.program = undefined;
      this.#vacate(place);
    }
  }

  /** @param {number} limit @returns {Place<P> | undefined} */
  #vacant(limit) {
    const now = Date.now();
    // Of a request that was ended from outside nothing runs any more, not even
    // its time limit. What it worked with waits for ever.
    this.#places = this.#places.filter((place) => !place.busy || place.until > now);
    let place = this.#places.find((place) => !place.busy);
    if (!place && this.#places.length < this.#size) {
      place = { program: undefined, busy: false, until: 0 };
      this.#places.push(place);
    }
    if (place) Object.assign(place, { busy: true, until: now + limit });
    return place;
  }

  /** @param {Place<P>} place */
  #vacate(place) {
    if (!this.#places.includes(place)) return; // given up as abandoned
    place.busy = this.#queue.give(place);
  }
}
