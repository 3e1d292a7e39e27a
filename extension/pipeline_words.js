// How the pipeline page writes numbers, amounts and dates: as the browser's locale does.
import { language, t } from "./words.js";

const whole = new Intl.NumberFormat();
/** @type {Map<string, Intl.NumberFormat>} */
const moneys = new Map();

/** @param {number} n */
export const number = (n) => whole.format(n);

/** @param {string} currency @param {boolean} short */
function format(currency, short) {
  const key = `${currency} ${short}`;
  let made = moneys.get(key);
  if (made) return made;
  if (short && language === "ar") currency = ""; // its sign would go astray, its code is longer than the amount, and the measure names it
  const written = language === "ar" ? { currencyDisplay: /** @type {const} */ ("code") } : {}; // the sign of US$ would go astray
  /** @type {Intl.NumberFormatOptions} */
  const digits = short ? { notation: "compact", maximumSignificantDigits: 3 } : { maximumFractionDigits: 6, trailingZeroDisplay: "stripIfInteger" };
  try {
    made = new Intl.NumberFormat(undefined, { ...digits, ...written, ...(currency && { style: "currency", currency }) });
  } catch {
    made = new Intl.NumberFormat(undefined, digits); // a code that is none: it is shown beside
    moneys.set(`${currency} odd`, made);
  }
  moneys.set(key, made);
  return made;
}

/** An exact amount: its digits are never a number of JavaScript. @param {string} digits @param {string} [currency] @param {boolean} [short] */
export function money(digits, currency = "", short = false) {
  if (!digits) return "";
  const written = format(currency, short).format(/** @type {Intl.StringNumericLiteral} */ (digits));
  return moneys.has(`${currency} odd`) ? `${written} ${currency}` : written;
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const monthLong = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
const monthShort = new Intl.DateTimeFormat(undefined, { month: "short", year: "2-digit", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** @param {string} date YYYY-MM-DD */
export const date = (date) => (date ? day.format(Date.parse(date)) : "");

/** @param {number} milliseconds */
export const time = (milliseconds) => moment.format(milliseconds);

/** A month as the core names it. @param {string} key @param {boolean} [short] */
export function month(key, short = false) {
  if (key === "none") return t("No date");
  const written = (short ? monthShort : monthLong).format(Date.parse(`${key.replace(/^[<>]/, "")}-01`));
  if (key.startsWith("<")) return short ? `‹ ${written}` : t("Before {0}", written);
  if (key.startsWith(">")) return short ? `${written} ›` : t("After {0}", written);
  return written;
}

/** Amounts of several currencies beside each other. @param {Tally["amounts"]} amounts */
export const amounts = (amounts) => amounts.map(({ sum, currency }) => money(sum, currency)).join(" · ");

/** @param {string} state */
export const stateName = (state) => (state === "won" ? t("Won") : state === "lost" ? t("Lost") : t("Open"));
