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
go.run(instance);
globalThis.inbrowser = lines;
