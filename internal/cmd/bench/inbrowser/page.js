// Runs main.wasm, and npm's tldts over the same hosts, and says both in the page.
import { getDomain } from "./tldts.js";

const lines = [];
console.log = console.error = (line) => lines.push(...String(line).split("\n").filter(Boolean));

const hosts = ["www.acme.com", "shop.acme.co.uk", "a.b.c.example.com.au", "acme.de", "x.github.io", "sub.domain.kawasaki.jp"];
const rounds = 200000;
for (const _ of [1, 2]) {
  const began = performance.now();
  for (let n = 0; n < rounds; n++) getDomain(hosts[n % hosts.length]);
  lines.push(`tldts: the domain of a host\t${((performance.now() - began) * 1e6 / rounds).toFixed(0)}\tns`);
}
const go = new Go();
const { instance } = await WebAssembly.instantiateStreaming(fetch("main.wasm"), go.importObject);
globalThis.inbrowser = lines;
await go.run(instance);
for (const size of [1000, 10000, 100000]) {
  const db = await answer(indexedDB.open(`index of ${size}`, 1));
  for (const prefix of ["account/", "volume/"]) {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const took = [];
    let values = [];
    for (let n = 0; n < 6; n++) {
      const began = performance.now();
      values = await answer(db.transaction("index").objectStore("index").getAll(range));
      if (n) took.push(performance.now() - began);
    }
    const bytes = values.reduce((sum, value) => sum + value.length, 0);
    const median = took.sort((a, b) => a - b)[2];
    lines.push(`${size} opportunities: the floor: ${values.length} values of ${prefix}, ${(bytes / 1e6).toFixed(1)} MB, read in JavaScript\t${median.toFixed(3)}\tms`);
  }
}
lines.push("done\t\t");

/** @param {IDBRequest} request */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
