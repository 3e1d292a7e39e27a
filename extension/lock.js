// The key behind a passphrase: AES-GCM, its key by PBKDF2. Sealed it is stored with
// the settings; opened it is in storage.session alone, which is memory, until the
// browser ends, an hour has passed without Dealmark, or the rep locks it.

const iterations = 600_000;
const idle = 60 * 60 * 1000; // milliseconds; package settings knows it too
const about = new TextEncoder().encode("dealmark key 1");

/** @param {string} passphrase @param {BufferSource} salt @param {number} iterations */
async function keyOf(passphrase, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {Uint8Array} bytes */
const text = (bytes) => btoa(String.fromCharCode(...bytes));
/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** Seals a key. @param {string} key @param {string} passphrase @returns {Promise<string>} */
export async function seal(key, passphrase) {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: about }, await keyOf(passphrase, salt, iterations), new TextEncoder().encode(key));
  return JSON.stringify({ iterations, salt: text(salt), iv: text(iv), data: text(new Uint8Array(sealed)) });
}

/** Opens a sealed key; another passphrase is a rejection. @param {string} sealed @param {string} passphrase @returns {Promise<string>} */
export async function open(sealed, passphrase) {
  const { iterations, salt, iv, data } = JSON.parse(sealed);
  const key = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv), additionalData: about }, await keyOf(passphrase, bytes(salt), iterations), bytes(data));
  return new TextDecoder().decode(key);
}

/** Keeps an opened key in memory; package boundary reads it there. @param {string} workspace @param {string} key */
export async function keep(workspace, key) {
  await used();
  await chrome.storage.session.set({ [`key@${workspace}`]: key });
}

/**
 * The hour without Dealmark begins anew; the worker's alarm ends it. An alarm comes
 * late where the computer slept, so whoever reads a key looks at the time as well.
 */
export async function used(now = Date.now()) {
  await chrome.storage.session.set({ used: String(now) });
  await chrome.alarms.create("lock", { when: now + idle });
}

/** Forgets the opened key of a workspace. @param {string} workspace */
export const forget = (workspace) => chrome.storage.session.remove(`key@${workspace}`);

/** Forgets all opened keys. */
export async function lock() {
  const kept = await chrome.storage.session.get(null);
  await chrome.storage.session.remove(Object.keys(kept).filter((name) => name.startsWith("key@")));
}
