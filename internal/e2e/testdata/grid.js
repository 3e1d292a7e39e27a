// What of a page is off its grid of 4 px: the height of a row or a control, its
// paddings, its margins, and its gaps. A hairline of 1 px belongs to either side of
// it.
//
// Not held to it, for what they are: what takes the height that is left or that its
// rows have with their hairlines (the list, what is saved above the form, the form, a
// column of the board), what a page leaves beside its middle,
// the parts within the border of a control that is on the grid, marks and boxes to
// tick, which are drawn in the middle of a line, and text within a line.
(() => {
  const wrong = [];
  const name = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + [...e.classList].map((c) => "." + c).join("") + (e.dataset.action ? `[data-action=${e.dataset.action}]` : "");
  const free = "main, .list, .list > #rows, .choice, .choice > #companies, .events, #outbox, #form, .folded, .rows:empty, #list-status, .cards, .strip > span, .unseen";
  const marks = "svg, svg *, option, input[type=checkbox], input[type=radio], .mark, input[type=hidden]";
  const off = (px, ...hairlines) => ![0, ...hairlines].some((line) => Math.abs(Math.round((px - line) / 4) * 4 - (px - line)) < 0.1);
  const px = (text) => parseFloat(text) || 0;
  for (const e of document.querySelectorAll("body *")) {
    const style = getComputedStyle(e);
    if (!e.checkVisibility({ visibilityProperty: true }) || e.matches(marks) || /^(inline|contents|none)$/.test(style.display)) continue;
    const { height } = e.getBoundingClientRect();
    const [above, below] = [px(style.borderTopWidth), px(style.borderBottomWidth)];
    if (!e.matches(free) && off(height, above, below, above + below)) wrong.push(`${name(e)} is ${height} high`);
    const [left, right] = [px(style.borderLeftWidth), px(style.borderRightWidth)];
    for (const [side, border] of [["Top", above], ["Bottom", below], ["Left", left], ["Right", right]]) {
      if (off(px(style[`padding${side}`]), -border)) wrong.push(`${name(e)} has a padding of ${style[`padding${side}`]} at its ${side}`);
      if (!e.matches("main") && off(px(style[`margin${side}`]), -border)) wrong.push(`${name(e)} has a margin of ${style[`margin${side}`]} at its ${side}`);
    }
    for (const gap of [style.rowGap, style.columnGap]) if (/(flex|grid)$/.test(style.display) && gap !== "1px" && off(px(gap))) wrong.push(`${name(e)} has gaps of ${gap}`);
  }
  return [...new Set(wrong)];
})()
