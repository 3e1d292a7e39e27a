/**
 * Makes an index of a page's sections, by their headings, and marks the one that is
 * read. A section that is hidden has no entry.
 * @param {HTMLElement} index
 */
export function indexSections(index) {
  const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main > [aria-labelledby]")]);
  const links = new Map(sections.map((section) => {
    const link = document.createElement("a");
    section.id ||= (section.getAttribute("aria-labelledby") ?? "").replace("-heading", "");
    link.href = `#${section.id}`;
    link.textContent = section.querySelector("h2")?.textContent ?? "";
    return [section, link];
  }));
  const hide = () => links.forEach((link, section) => (link.hidden = section.hidden));
  new MutationObserver(hide).observe(document.querySelector("main") ?? document.body, { subtree: true, attributeFilter: ["hidden"] });
  hide();
  index.append(...links.values());

  const mark = () => {
    const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const shown = sections.filter((section) => !section.hidden);
    const read = end ? shown.at(-1) : (shown.findLast((section) => section.getBoundingClientRect().top < innerHeight / 3) ?? shown[0]);
    links.forEach((link, section) => (section === read ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  addEventListener("scroll", mark, { passive: true });
  addEventListener("resize", mark);
  mark();
}
