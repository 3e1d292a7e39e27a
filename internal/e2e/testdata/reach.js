// What is wrong with the page's boxes: a control that cannot be brought into sight
// and hit, and whatever stands out of the page to the side.
(() => {
  const wrong = [];
  const name = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + [...e.classList].map((c) => "." + c).join("") + (e.dataset.action ? `[data-action=${e.dataset.action}]` : "");
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const clipped = (e) => { // by a box of its own, as text with an ellipsis is
    for (let box = e.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`);
  if (document.body.scrollWidth > document.body.clientWidth) wrong.push(`the body is ${document.body.scrollWidth} wide in ${document.body.clientWidth}`);
  for (const e of document.querySelectorAll("body *")) {
    const box = e.getBoundingClientRect();
    if (shown(e) && !clipped(e) && (box.left < -1 || box.right > innerWidth + 1) && !e.matches(".unseen")) wrong.push(`${name(e)} stands out: ${Math.round(box.left)} to ${Math.round(box.right)} in ${innerWidth}`);
  }
  const places = new Map([...document.querySelectorAll("*")].filter((e) => e.scrollTop).map((e) => [e, e.scrollTop]));
  for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (!shown(e) || e.disabled) continue;
    e.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = e.getBoundingClientRect();
    if (box.width < 12 || box.height < 12) wrong.push(`${name(e)} is only ${box.width} x ${box.height}`);
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const stands = getComputedStyle(e).pointerEvents === "none" && e.nextElementSibling; // what is clicked in its place
    if (!e.contains(hit) && !(stands && stands.contains(hit))) wrong.push(`${name(e)} at ${Math.round(box.x)}, ${Math.round(box.y)} cannot be hit: ${hit ? name(hit) : "out of sight"} is there`);
  }
  for (const e of document.querySelectorAll("*")) if (e.scrollTop !== (places.get(e) ?? 0)) e.scrollTop = places.get(e) ?? 0;
  return wrong;
})()
