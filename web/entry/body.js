/** The body is longer than it may be. */
export class TooLarge extends Error {
  /** @param {number} limit in bytes */
  constructor(limit) {
    super(`the body is longer than ${limit} bytes`);
    this.limit = limit;
  }
}

/**
 * Reads a request's body; null for none. What is too large is not read to its
 * end, and what comes slowly holds nothing but its own connection.
 * @param {Request} request @param {number} limit in bytes
 * @returns {Promise<Uint8Array | null>}
 */
export async function readBody(request, limit) {
  if (!request.body) return null;
  if (Number(request.headers.get("content-length")) > limit) throw new TooLarge(limit);
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.length;
    if (length > limit) throw new TooLarge(limit);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
