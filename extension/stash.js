// The core stores what is typed a moment after the key. A popup may be closed
// within that moment, so every text stands here too, written at once, until the
// core has stored it.
import { host } from "./ahead.js";
import { local } from "./own_storage.js";
import { trial } from "./place.js";
import { element } from "./say.js";

let at = ""; // the tab's host
/** Names what is typed before the core has given the form, or while no core starts at all. */
const early = () => `${trial && `${trial} `}early ${at}`;
/** Resolves when the host is known, by which what is typed early is kept. */
export const hostKnown = host.then((of) => {
  const before = read(early()); // typed in the first moment
  write(early(), {});
  at = of;
  write(early(), { ...read(early()), ...before });
});

/** Names the form that is shown, by workspace, company and opportunity; the first workspace has no id. */
function shown() {
  if (!element("form").dataset.form) return early();
  const { workspace } = element("popup").dataset;
  return `${trial && `${trial} `}typed ${workspace ? `@${workspace} ` : ""}${element("company-domain").textContent} ${element("form").dataset.editing ?? ""}`;
}

/** @param {string} form @returns {Partial<Record<Field, string>>} */
function read(form) {
  try {
    const texts = Object.entries(JSON.parse(local.getItem(form) ?? "{}"));
    return Object.fromEntries(texts.filter(([, text]) => typeof text === "string"));
  } catch {
    return {}; // nothing of ours
  }
}

/** @param {string} form @param {Partial<Record<Field, string>>} texts */
function write(form, texts) {
  try {
    if (Object.keys(texts).length) local.setItem(form, JSON.stringify(texts));
    else local.removeItem(form);
  } catch {
    // A full disk: the core says so when it stores the text.
  }
}

/**
 * Keeps a text until the function that it gives is called.
 * @param {Field} field @param {string} text @returns {() => void}
 */
export function stash(field, text) {
  const form = shown();
  write(form, { ...read(form), [field]: text });
  return () => {
    const texts = read(form);
    if (texts[field] !== text) return; // a later text waits
    delete texts[field];
    write(form, texts);
  };
}

/** What was left of the form that is shown. @returns {[string, string][]} */
export const left = () => /** @type {[string, string][]} */ (Object.entries(read(shown())));

/** Forgets what was typed early, which the core has now. */
export const earlyTaken = () => write(early(), {});
