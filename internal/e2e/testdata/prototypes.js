// What every object here inherits: the members of each built-in prototype, and of
// each constructor, with what they are.
(() => {
  const built = Object.getOwnPropertyNames(globalThis).filter((name) => /^(Object|Function|Array|String|Number|Boolean|Symbol|Promise|Map|Set|WeakMap|Date|RegExp|Error|JSON|Reflect|Uint8Array|ArrayBuffer|BigInt|Math)$/.test(name)).sort();
  const member = (of, key) => {
    const { value, get } = Object.getOwnPropertyDescriptor(of, key);
    const what = get ?? value;
    return typeof what === "function" ? (/\[native code\]/.test(Function.prototype.toString.call(what)) ? "native" : "another") : typeof what;
  };
  const members = (of) => Reflect.ownKeys(of).map((key) => `${String(key)}:${member(of, key)}`).sort().join();
  const probes = [{}, [], "", 0, () => {}, JSON.parse("{}"), new Map()].map((one) => `${one.polluted} ${one.url} ${one.type} ${Object.keys(one)}`);
  return [...built.flatMap((name) => [globalThis[name], globalThis[name].prototype].filter(Boolean).map((of) => `${name} ${members(of)}`)), ...probes].join("\n");
})()
