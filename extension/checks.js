/** Lists what the test found. @param {HTMLElement} list @param {Check[]} checks */
export function showChecks(list, checks) {
  list.replaceChildren(...checks.map((check) => {
    const row = document.createElement("li");
    row.dataset.ok = String(check.ok);
    const name = row.appendChild(document.createElement("strong"));
    name.textContent = check.name;
    const result = row.appendChild(document.createElement("span"));
    result.className = "result";
    result.textContent = check.ok ? "works" : "does not work";
    const text = row.appendChild(document.createElement("p"));
    text.textContent = check.text;
    return row;
  }));
}

/**
 * Offers the team's users to choose the rep from.
 * @param {HTMLSelectElement} select @param {{ id: string, name: string }[]} users @param {string} rep
 */
export function showRep(select, users, rep) {
  const nobody = new Option(users.length ? "Choose your name" : "The key may not read the team's users", "");
  select.replaceChildren(nobody, ...users.map((user) => new Option(user.name, user.id, false, user.id === rep)));
  select.disabled = users.length === 0;
}
