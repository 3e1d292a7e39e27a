/**
 * What the Worker allows itself.
 * @type {Limits}
 */
export const limits = {
  pool: {
    size: 4, // a program takes up to 24 MB, mostly 11; an isolate has 128
    queue: 64,
    patience: 10_000,
  },
  body: 64 << 10,
  request: 60_000, // later than web/main_js.go has the gateway give up
  scheduled: 300_000,
};
