// Runs before all else in each popup that is measured, notes when what a rep
// waits for is there, tells the benchmark, and closes the popup. It looks at the
// page alone, so that every program is measured by the same eye.
(() => {
  const marks = {};
  const mark = (name) => { marks[name] ??= performance.now(); };
  mark("start");

  addEventListener("load", () => mark("load"));

  // A key is kept from when the form listens.
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (type === "input" && this.id === "form") mark("listens");
    return add.call(this, type, ...rest);
  };

  // A core is ready when it has published its functions.
  Object.defineProperty(globalThis, "dealmark", {
    configurable: true,
    set(value) {
      mark("core");
      Object.defineProperty(globalThis, "dealmark", { value, writable: true });
    },
  });

  const seen = {
    company: (id) => ["in_apollo", "several", "not_in_apollo"].includes(id("popup")?.dataset.status) && id("company-name").textContent,
    form: (id) => ["name", "close_date", "stage", "owner", "account"].every((name) => id(name)?.value),
    list: (id) => id("rows")?.firstElementChild,
    taken: (id) => id("form")?.dataset.form,
  };
  const look = () => {
    for (const name in seen) {
      if (name in marks || !seen[name]((id) => document.getElementById(id))) continue;
      mark(name);
      if (name === "form") requestAnimationFrame(() => setTimeout(() => mark("painted")));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  // What takes its time is left alone: it is looked for four times a second.
  let since = Infinity; // when all was there
  const told = setInterval(() => {
    look();
    for (const { startTime } of performance.getEntriesByName("first-paint")) marks.paint = startTime;
    const missing = waitsFor.filter((name) => !(name in marks));
    if (!missing.length) since = Math.min(since, performance.now());
    if (performance.now() < (missing.length ? 8000 : since + 400)) return; // a rep stays for longer still
    clearInterval(told);
    fetch(collector, { method: "POST", body: JSON.stringify({ program, marks, missing }) }).then(({ status }) => status === 204 && window.close());
  }, 250);
})();
