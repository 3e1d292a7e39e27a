import { readFileSync } from "node:fs";

/** The CPU time of workerd, this process's child, in milliseconds. */
export function cpu() {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
  const pid = children.find((child) => readFileSync(`/proc/${child}/comm`, "utf8").trim() === "workerd");
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10; // of a hundredth of a second each
}

/** Asks one after the other. @param {string} url @param {Record<string, string>} headers @param {number} count */
export async function ask(url, headers, count) {
  for (let i = 0; i < count; i++) {
    const answer = await fetch(url, { headers });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}

/** @param {number[]} values */
export const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
