// wasm_exec.js is the building toolchain's own and is copied at build; core.d.ts
// declares the class that it puts on the global object.
export {};
