/** The work was not done in time. */
export class TooLong extends Error {}

/**
 * Rejects with TooLong after so many milliseconds.
 * @template T @param {number} limit @param {Promise<T>} work @returns {Promise<T>}
 */
export function within(limit, work) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLong(`not done after ${limit} ms`)), limit);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
