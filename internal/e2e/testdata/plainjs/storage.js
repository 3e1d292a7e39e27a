// What plain.js keeps: the product's areas, in a database of its own.

const areas = ["settings", "drafts", "index", "outbox"];

/** @returns {Promise<IDBDatabase>} */
export function openDatabase() {
  const request = indexedDB.open("plainjs", 1);
  request.onupgradeneeded = () => areas.forEach((area) => request.result.createObjectStore(area));
  return answer(request);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Reads documents of one area in one transaction. @param {IDBDatabase} db @param {string} area @param {string[]} keys */
export async function read(db, area, ...keys) {
  const store = db.transaction(area).objectStore(area);
  const found = await Promise.all(keys.map((key) => answer(store.get(key))));
  return found.map((value) => value && JSON.parse(decoder.decode(value)));
}

/** Reads all documents of an area. @param {IDBDatabase} db @param {string} area */
export async function readAll(db, area) {
  const found = await answer(db.transaction(area).objectStore(area).getAll());
  return found.map((value) => JSON.parse(decoder.decode(value)));
}

/** Writes a document. @param {IDBDatabase} db @param {string} area @param {string} key @param {unknown} value */
export async function write(db, area, key, value) {
  const store = db.transaction(area, "readwrite").objectStore(area);
  await answer(store.put(encoder.encode(JSON.stringify(value)), key));
}
