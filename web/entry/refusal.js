import { TooLarge } from "./body.js";
import { Busy } from "./queue.js";
import { TooLong } from "./within.js";

/** The Go side cannot read the request. */
export class Unreadable extends Error {}

/**
 * An answer in the form of package gateway's problems: RFC 9457, and the kind by
 * which a client decides.
 * @param {number} status @param {string} code @param {string} kind @param {string} title @param {string} detail
 * @param {number} [retry] seconds
 */
function problem(status, code, kind, title, detail, retry) {
  const document = { type: `urn:dealmark:problem:${code}`, title, status, detail, kind, retry_after: retry };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  if (retry) headers.set("retry-after", String(retry));
  return new Response(JSON.stringify(document), { status, headers });
}

const again = "A write that is sent again with the same operation id is not done twice.";

/** The answer when the Go program gives none. @param {unknown} error */
export function refusal(error) {
  if (error instanceof TooLarge) {
    return problem(413, "body_too_large", "invalid", "The body is too long", `The body may have ${error.limit >> 10} KiB.`);
  }
  if (error instanceof Unreadable) {
    return problem(400, "address", "invalid", "The address cannot be read", "The address holds a sign that is not encoded as it must be.");
  }
  if (error instanceof Busy) {
    return problem(503, "busy", "unavailable", "The gateway has too much to do", "Nothing was done. Try again in a few seconds.", 2);
  }
  console.error(error);
  if (error instanceof TooLong) {
    return problem(504, "too_long", "unavailable", "The gateway gave up", `It took too long. Try again in a few seconds. ${again}`, 5);
  }
  return problem(500, "fault", "internal", "A fault of the gateway", `This is a fault of the gateway. Report it with the time. ${again}`);
}
