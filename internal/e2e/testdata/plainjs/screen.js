// What plain.js shows, in the elements of the product's own popup.html.

/** @param {string} id */
export const element = (id) => document.getElementById(id);

/** @param {string} status @param {string} name @param {string} domain @param {string} words */
export function showCompany(status, name, domain, words) {
  element("popup").dataset.status = status;
  element("company-mark").textContent = name[0] ?? "?";
  element("company-name").textContent = name || "No company";
  element("company-domain").textContent = domain;
  element("company-status").textContent = words;
}

/** @param {{ stages: any[], users: any[] }} team @param {any[]} list */
export function showList(team, list) {
  element("rows").replaceChildren(...list.map((o) => {
    const row = document.createElement("li");
    const button = row.appendChild(document.createElement("button"));
    button.className = "row";
    button.type = "button";
    const part = (parent, name, text) => {
      const span = parent.appendChild(document.createElement("span"));
      span.className = `row-${name}`;
      span.textContent = text;
      return span;
    };
    const stage = team.stages.find(({ id }) => id === o.stage);
    if (stage?.closed) button.dataset.closed = stage.won ? "won" : "lost";
    part(button, "name", o.name).dir = "auto";
    part(button, "amount", o.amount == null ? "" : `${o.amount.toLocaleString("en")} ${o.currency}`);
    const detail = part(button, "detail", "");
    part(detail, "stage", stage?.name ?? "");
    part(detail, "date", o.closes);
    part(detail, "owner", team.users.find(({ id }) => id === o.owner)?.name ?? "");
    part(button, "outcome", stage?.closed ? (stage.won ? "Won" : "Lost") : "");
    return row;
  }));
  element("list-status").textContent = list.length ? "" : "No opportunities yet.";
}

/** Fills what the rep has not touched. @param {string} name @param {string} value @param {{ id: string, name: string }[]} [options] */
export function fill(name, value, options) {
  const input = element(name);
  if (options) input.replaceChildren(...options.map((o) => new Option(o.name, o.id)));
  if ("touched" in input.dataset) return;
  input.value = value;
  if (input === document.activeElement) input.select?.();
}
