import { cells, keep, make, title } from "./pipeline_rows.js";

const height = 36; // of a row, as pipeline.css has it
const spare = 8; // rows beyond both edges
const grid = /** @type {HTMLElement} */ (document.getElementById("table"));
const body = /** @type {HTMLElement} */ (document.getElementById("rows"));

/**
 * The table of what was found: as many rows as are seen, of any number. The
 * focus stays on the grid, which names its active row, for rows come and go.
 * @param {RunningCore<PipelineCore>} core
 */
export function offerTable(core) {
  let [count, active, asked] = [0, -1, 0];

  async function draw() {
    const mine = ++asked;
    const from = Math.max(0, Math.floor(grid.scrollTop / height) - spare);
    const { rows } = await core.call("readRows", { from, count: Math.ceil(grid.clientHeight / height) + 2 * spare });
    if (mine !== asked) return; // a later drawing is under way
    keep(body, rows.map((row, i) => ({ key: `${from + i} ${JSON.stringify(row)}`, make: () => line(row, from + i) })));
    mark();
  }

  /** @param {PipelineRow} row @param {number} at */
  function line(row, at) {
    const made = make("div", "line row");
    made.setAttribute("role", "row");
    made.setAttribute("aria-rowindex", String(at + 2)); // the head is the first
    made.id = `row-${at}`;
    made.dataset.state = row.state;
    made.style.insetBlockStart = `${at * height}px`;
    const name = make("div", "");
    name.append(title(row, -1));
    const others = cells(row).map((text, n) => make("div", n === 2 ? "amount" : "", text));
    for (const cell of [name, ...others]) {
      cell.setAttribute("role", "gridcell");
      if (!cell.className) cell.dir = "auto"; // an amount stands at the end, whichever that is
      made.append(cell);
    }
    return made;
  }

  function mark() {
    for (const row of body.children) row.classList.toggle("active", row.id === `row-${active}`);
    if (document.getElementById(`row-${active}`)) grid.setAttribute("aria-activedescendant", `row-${active}`);
    else grid.removeAttribute("aria-activedescendant");
  }

  /** @param {number} to */
  async function go(to) {
    active = Math.min(Math.max(0, to), count - 1);
    const [top, seen] = [active * height, grid.clientHeight - height]; // below the head, which stays
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + height > grid.scrollTop + seen) grid.scrollTop = top + height - seen;
    await draw();
  }

  const page = () => Math.max(1, Math.floor(grid.clientHeight / height) - 2);
  /** @type {Record<string, () => unknown>} */
  const keys = {
    ArrowDown: () => go(active + 1), ArrowUp: () => go(active - 1), Home: () => go(0), End: () => go(count - 1),
    PageDown: () => go(active + page()), PageUp: () => go(active - page()),
    Enter: () => document.querySelector(`#row-${active} a`)?.dispatchEvent(new MouseEvent("click", { cancelable: true })),
  };
  grid.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.target !== grid || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  body.addEventListener("click", (event) => {
    const row = /** @type {Element} */ (event.target).closest(".row");
    if (row) go(Number(row.id.slice(4)));
  });
  grid.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  new ResizeObserver(draw).observe(grid);

  return {
    /** Shows what was found anew, from its beginning unless it was only read again. @param {number} found @param {boolean} again */
    show(found, again) {
      count = found;
      active = again ? Math.min(active, count - 1) : -1;
      if (!again) grid.scrollTop = 0;
      grid.setAttribute("aria-rowcount", String(count + 1));
      body.style.blockSize = `${count * height}px`;
      return draw();
    },
  };
}

/**
 * Orders by columns: a click on a head, or the number of the column, once more for the reverse.
 * @param {(sort: string) => void} order
 */
export function offerOrder(order) {
  const heads = /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("[data-column]")]);
  let sort = "close_date";
  const choose = (/** @type {HTMLElement | undefined} */ head) => {
    const column = head?.dataset.column;
    if (!column) return;
    sort = sort === column ? `-${column}` : column;
    show();
    order(sort);
  };
  const show = () => {
    for (const head of heads) {
      const on = head.dataset.column === sort.replace("-", "");
      head.ariaSort = on ? (sort.startsWith("-") ? "descending" : "ascending") : "none";
    }
  };
  for (const head of heads) head.addEventListener("click", () => (choose(head), grid.focus()));
  grid.addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey }) => {
    if (!ctrlKey && !altKey && !metaKey && key >= "1" && key <= String(heads.length)) choose(heads[Number(key) - 1]);
  });
  show();
}
