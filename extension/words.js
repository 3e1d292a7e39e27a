// The rep's language, for texts of JavaScript and of the pages; package words is
// the same for Go. The English text is the id of its translation, and all there
// is to it where English is spoken: nothing is looked up then.

const english = chrome.i18n.getUILanguage().startsWith("en");

/** The language in use, one of _locales. */
export const language = english ? "en" : chrome.i18n.getMessage("language");

/**
 * The key of a text in messages.json, as words.Key gives it in Go: its beginning
 * to be recognised by, and a hash to be told apart by.
 * @param {string} text
 */
function key(text) {
  let [begins, hash] = ["", 2166136261]; // FNV-1a
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 16777619);
    const sign = String.fromCharCode(byte).toLowerCase();
    if (begins.length >= 32) continue;
    if (/[a-z0-9]/.test(sign)) begins += sign;
    else if (begins && !begins.endsWith("_")) begins += "_";
  }
  return `${begins.replace(/_$/, "")}_${(hash >>> 0).toString(36)}`;
}

/** Right to left, a part keeps a direction of its own. @param {unknown} part */
const isolated = (part) => (language === "ar" ? `\u2068${part}\u2069` : String(part));

/** @param {string} text @param {unknown[]} parts */
const fill = (text, parts) =>
  parts.length ? text.replace(/\{(\d)\}/g, (name, n) => (n in parts ? isolated(parts[n]) : name)) : text;

/** Says an English text in the rep's language, parts in the place of {0}, {1}. @param {string} text @param {unknown[]} parts */
export const t = (text, ...parts) => fill((!english && chrome.i18n.getMessage(key(text))) || text, parts);

/**
 * Says a text that depends on a number, which is {0}; parts begin at {1}.
 * @param {number} n @param {string} one for one thing, in English @param {string} other for any other number @param {unknown[]} parts
 */
export function plural(n, one, other, ...parts) {
  const found = () => {
    const category = new Intl.PluralRules(language).select(n);
    return chrome.i18n.getMessage(`${key(other)}_${category}`) || chrome.i18n.getMessage(`${key(other)}_other`);
  };
  return fill((!english && found()) || (n === 1 ? one : other), [n, ...parts]);
}
