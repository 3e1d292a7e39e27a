/**
 * Gives a text to the rep as a file with today's date in its name.
 * @param {string} name @param {string} json
 */
export function saveFile(name, json) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  link.download = `${name}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
