// The page's own storage, or the page's memory where the browser refuses it, as where
// all cookies are blocked: what is typed then ends with the page, and that is said.

/** @param {"localStorage" | "sessionStorage"} name @returns {Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined} */
function open(name) {
  try {
    const storage = globalThis[name];
    storage.getItem("");
    return storage;
  } catch {
    return undefined;
  }
}

/** @returns {Pick<Storage, "getItem" | "setItem" | "removeItem">} */
function memory() {
  /** @type {Map<string, string>} */
  const texts = new Map();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

const kept = open("localStorage");
/** Whether what stands here outlives the page. */
export const outlives = Boolean(kept);
export const local = kept ?? memory();
export const session = open("sessionStorage") ?? memory();
