import { word } from "./words.js";
/** Only the popup has this. @param {string} text */
export const shared = (text) => `${word} ${text}`;
