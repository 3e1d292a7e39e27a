// Says a page in the rep's language, before anything else is put on it: its
// English is in the HTML, and what is not to be translated has translate="no",
// as HTML has it.
import { language, t } from "./words.js";

/** Says the text of an element; the elements within it stand for {0}, {1}. @param {Element} of */
function say(of) {
  const inner = [...of.children];
  const text = [...of.childNodes].map((node) => (node instanceof Element ? `{${inner.indexOf(node)}}` : node instanceof Text ? node.data : ""));
  const said = t(text.join("").replace(/\s+/g, " ").trim());
  of.replaceChildren(...said.split(/\{(\d)\}/).map((piece, i) => (i % 2 ? /** @type {Element} */ (inner[Number(piece)]) : piece)));
}

if (language !== "en") {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const of of document.querySelectorAll("title, body *")) {
    if (of.closest("[translate=no]")) continue;
    for (const name of ["title", "aria-label", "placeholder"]) {
      const text = of.getAttribute(name);
      if (text) of.setAttribute(name, t(text));
    }
    if ([...of.childNodes].some((node) => node instanceof Text && node.data.trim())) say(of);
  }
}
