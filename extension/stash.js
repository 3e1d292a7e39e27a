// The core stores what is typed a moment after the key. A popup may be closed
// within that moment, so every text stands here too, written at once, until the
// core has stored it.
import { trial } from "./place.js";
import { element } from "./say.js";

/** Names the form that is shown, by workspace, company and opportunity; the first workspace has no id. */
function shown() {
  const { workspace } = element("popup").dataset;
  return `${trial && `${trial} `}typed ${workspace ? `@${workspace} ` : ""}${element("company-domain").textContent} ${element("form").dataset.editing ?? ""}`;
}

/** @param {string} form @returns {Partial<Record<Field, string>>} */
function read(form) {
  try {
    return JSON.parse(localStorage.getItem(form) ?? "{}");
  } catch {
    return {}; // nothing of ours
  }
}

/** @param {string} form @param {Partial<Record<Field, string>>} texts */
function write(form, texts) {
  try {
    if (Object.keys(texts).length) localStorage.setItem(form, JSON.stringify(texts));
    else localStorage.removeItem(form);
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
