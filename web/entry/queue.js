/** No place came free in time, or too many wait already. */
export class Busy extends Error {}

/**
 * Who waits for a place of a pool, in order.
 *
 * One request hands its place to another here. workerd goes on with the other in
 * its own context; of one that is gone it drops what was to be done, so nobody
 * gets a place after the end of his patience.
 * @template {Program} P
 */
export class Queue {
  /** @type {Waiting<P>[]} */
  #waiting = [];
  #limits;

  /** @param {PoolLimits} limits */
  constructor(limits) {
    this.#limits = limits;
  }

  /** @param {number} limit of the work @param {AbortSignal | undefined} signal @returns {Promise<Place<P>>} */
  wait(limit, signal) {
    const now = Date.now();
    this.#waiting = this.#waiting.filter((one) => one.until > now);
    const { queue, patience } = this.#limits;
    if (this.#waiting.length >= queue) return Promise.reject(new Busy("too many requests wait"));
    /** @type {Waiting<P>} */
    const self = { until: now + patience, limit, give() {} };
    let refuse = () => {};
    /** @type {Promise<Place<P>>} */
    const place = new Promise((resolve, reject) => {
      self.give = resolve;
      refuse = () => {
        this.#waiting = this.#waiting.filter((one) => one !== self);
        reject(new Busy("no place came free"));
      };
    });
    const timer = setTimeout(refuse, patience);
    signal?.addEventListener("abort", refuse);
    this.#waiting.push(self);
    return place.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", refuse);
    });
  }

  /** Gives the place to the first who still waits; false for nobody. @param {Place<P>} place */
  give(place) {
    const now = Date.now();
    let first = this.#waiting.shift();
    while (first && first.until <= now) first = this.#waiting.shift();
    if (!first) return false;
    place.until = now + first.limit;
    first.give(place);
    return true;
  }
}
