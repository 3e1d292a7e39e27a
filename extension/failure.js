/**
 * What went wrong, for people. The core says it as a document in the error's
 * message; anything else is a fault of this program or of the browser.
 * @param {unknown} error
 * @returns {Pick<Failure, "kind" | "message" | "field" | "stopped">}
 */
export function failure(error) {
  const text = error instanceof Error ? error.message : String(error);
  try {
    const told = JSON.parse(text);
    if (told && typeof told.message === "string") return told;
  } catch {
    // Not a document: the text itself is all there is.
  }
  return { kind: "internal", message: text };
}
