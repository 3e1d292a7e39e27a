import { TooLarge } from "./body.js";
import { Ended } from "./program.js";
import { Busy } from "./queue.js";
import { TooLong } from "./within.js";

/** @param {number} status @param {string} title @param {string} detail @param {Record<string, string>} [headers] */
function problem(status, title, detail, headers) {
  return new Response(JSON.stringify({ type: "about:blank", title, status, detail }), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers },
  });
}

const ask = "It is not known what was done: look before you send it again. With the same operation id it is safe to send again.";

/** The answer when the Go program gives none, in its form: RFC 9457. @param {unknown} error */
export function refusal(error) {
  if (error instanceof TooLarge) return problem(413, "Content Too Large", `The body is longer than ${error.limit} bytes. Send less.`);
  if (error instanceof Busy) {
    return problem(503, "Service Unavailable", "The gateway has too much to do. Send the request again in a few seconds.", { "retry-after": "2" });
  }
  console.error(error);
  if (error instanceof TooLong) return problem(504, "Gateway Timeout", `The gateway gave up. ${ask}`);
  if (error instanceof Ended) return problem(500, "Internal Server Error", `The gateway stopped at this request. ${ask}`);
  return problem(400, "Bad Request", "The gateway cannot read the request's address. Correct it.");
}
