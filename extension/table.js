/**
 * A table of texts with a head.
 * @param {string[]} head @param {string[][]} rows
 */
export function table(head, rows) {
  const made = document.createElement("table");
  const line = made.createTHead().insertRow();
  for (const text of head) {
    const cell = line.appendChild(document.createElement("th"));
    cell.scope = "col";
    cell.textContent = text;
  }
  const body = made.createTBody();
  for (const texts of rows) {
    const row = body.insertRow();
    for (const text of texts) row.insertCell().textContent = text;
  }
  return made;
}
