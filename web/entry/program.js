import "./wasm_exec.js";
import { batch } from "./d1.js";

/** The Go program has ended: by a panic, by os.Exit, or by a fault of the machine that runs it. */
export class Ended extends Error {}

/** Bytes of memory at which a program is replaced: Go never gives any back, and an isolate has 128 MB. */
const worn = 28 << 20;

/**
 * A Go program that serves by github.com/syumai/workers. It does one thing at a
 * time, for that library keeps env and ctx in a variable of the program.
 */
export class GoProgram {
  #go = new Go();
  #module;
  /** @type {WebAssembly.Memory | undefined} */
  #memory;
  /** Rejects the work at hand. @type {(why: unknown) => void} */
  #stop = () => {};
  #ended = false;
  /** @type {Promise<unknown>[]} */
  #tasks = [];
  /** @type {GoContext} */
  #context = {
    env: {},
    ctx: { waitUntil: (task) => void this.#tasks.push(task), passThroughOnException() {} },
    binding: /** @type {GoBinding} */ ({}),
    batch,
    body: null,
    failure: "",
  };

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#module = module;
  }

  get worn() {
    return this.#ended || (this.#memory?.buffer.byteLength ?? 0) > worn;
  }

  /**
   * Does one thing with what the program has published, and gives its result. The
   * promise is for the program's being free again, which is after what it goes on
   * with behind the result.
   * @template T @param {object} env @param {Uint8Array | null} body
   * @param {(binding: GoBinding) => Promise<T>} work @param {(result: T) => void} give
   */
  async run(env, body, work, give) {
    Object.assign(this.#context, { env, body, failure: "" });
    const all = async () => {
      if (!this.#memory) this.#begin();
      const result = await work(this.#context.binding);
      if (this.#ended) return; // in its last moments a program may give anything
      give(result);
      while (this.#tasks.length > 0) await Promise.allSettled(this.#tasks.splice(0));
      if (this.#context.failure) throw new Error(this.#context.failure);
    };
    await new Promise((resolve, reject) => {
      this.#stop = reject;
      all().then(resolve, reject);
    });
    // A timer of the program's would be called in this request's context, and not
    // at all after its end. Go sets it again with the next event.
    for (const timer of this.#go._scheduledTimeouts.values()) clearTimeout(timer);
  }

  #begin() {
    this.#go.exit = (code) => this.#end(new Ended(`the Go program ended with exit code ${code}`));
    const instance = new WebAssembly.Instance(this.#module, { ...this.#go.importObject, workers: { ready() {} } });
    this.#memory = /** @type {WebAssembly.Memory} */ (instance.exports.mem);
    const resume = this.#go._resume.bind(this.#go);
    this.#go._resume = () => {
      try {
        resume();
      } catch (error) {
        // What is thrown through the program's frames leaves it unable to go on.
        this.#end(new Ended("the Go program was broken off", { cause: error }));
        throw error;
      }
    };
    globalThis.context = this.#context; // which Go's init reads before run is back
    this.#go.run(instance).catch((error) => this.#end(error));
    // What awaits the end belongs to the first request, and workerd would say at
    // length that it drops it. exit tells the end.
    this.#go._resolveExitPromise = () => {};
  }

  /** @param {unknown} why */
  #end(why) {
    this.#ended = true;
    this.#stop(why);
  }
}
