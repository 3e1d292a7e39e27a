/**
 * What the Worker allows itself.
 * @type {Limits}
 */
export const limits = {
  pool: {
    size: 4, // a program takes up to 28 MB, an isolate has 128
    queue: 64,
    patience: 10_000,
  },
  body: 64 << 10,
  request: 45_000, // a write asks Apollo twice, for 20 s at most each
  scheduled: 600_000,
};
