import { TooLarge } from "./body.js";
import { Ended } from "./go.js";
import { Busy } from "./queue.js";
import { TooLong } from "./within.js";

/** In the form of package gateway's problems: RFC 9457 with the kind by which a client decides. */
class Problem {
  /** @param {number} status @param {string} code @param {string} kind @param {string} title @param {string} detail */
  constructor(status, code, kind, title, detail) {
    Object.assign(this, { type: `urn:dealmark:problem:${code}`, title, status, detail, kind });
    this.status = status;
  }

  /** @param {number} [retry] in seconds */
  answer(retry) {
    return new Response(JSON.stringify({ ...this, retry_after: retry }), {
      status: this.status,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        ...(retry ? { "retry-after": String(retry) } : {}),
      },
    });
  }
}

const again = "A write that is sent again with the same operation id is not done twice.";

/** The answer when the Go program gives none. @param {unknown} error */
export function refusal(error) {
  if (error instanceof TooLarge) {
    return new Problem(413, "body_too_large", "invalid", "The body is too long", `The body may have ${error.limit >> 10} KiB.`).answer();
  }
  if (error instanceof Busy) {
    return new Problem(503, "busy", "unavailable", "The gateway has too much to do", "Nothing was done. Try again in a few seconds.").answer(2);
  }
  console.error(error);
  if (error instanceof TooLong) {
    return new Problem(504, "too_long", "unavailable", "The gateway gave up", `It took too long. Try again in a few seconds. ${again}`).answer(5);
  }
  if (error instanceof Ended) {
    return new Problem(500, "fault", "internal", "A fault of the gateway", `This is a fault of the gateway. Report it with the time. ${again}`).answer();
  }
  return new Problem(400, "address", "invalid", "The address cannot be read", "The address holds a sign that is not encoded as it must be.").answer();
}
