import "./wasm_exec.js";

/** The Go program has ended: by a panic, by os.Exit, or by a fault of the machine that runs it. */
export class Ended extends Error {}

/**
 * Starts a Go program of github.com/syumai/workers. What it publishes is in the
 * context's binding when this is back. end is told why the program has ended, in
 * the midst of the call in which it does.
 * @param {WebAssembly.Module} module @param {GoContext} context @param {(why: unknown) => void} end
 */
export function startGo(module, context, end) {
  const go = new Go();
  go.exit = (code) => end(new Ended(`the Go program ended with exit code ${code}`));
  const resume = go._resume.bind(go);
  go._resume = () => {
    try {
      resume();
    } catch (error) {
      // What is thrown through the program's frames leaves it unable to go on.
      end(new Ended("the Go program was broken off", { cause: error }));
      throw error;
    }
  };
  const instance = new WebAssembly.Instance(module, { ...go.importObject, workers: { ready() {} } });
  const memory = /** @type {WebAssembly.Memory} */ (instance.exports.mem);
  globalThis.context = context; // which Go's init reads before run is back
  go.run(instance).catch(end);
  // What awaits the end belongs to the first request, and workerd would say at
  // length that it drops it. exit tells the end.
  go._resolveExitPromise = () => {};
  return {
    /** In bytes. */
    memory: () => memory.buffer.byteLength,
    /** Stops the program's timers, which belong to the request that ends now. */
    pause() {
      for (const timer of go._scheduledTimeouts.values()) clearTimeout(timer);
    },
    /**
     * Has Go set its timers in the present request. It does so after what it takes
     * for the end of one; otherwise it would rely on the one that was stopped.
     */
    wake() {
      if (go._scheduledTimeouts.size > 0) go._resume();
    },
  };
}
