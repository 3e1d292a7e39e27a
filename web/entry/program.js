import { batch } from "./d1.js";
import { startGo } from "./go.js";

/** Bytes of memory at which a program is replaced: Go never gives any back, and an isolate has 128 MB. */
const worn = 24 << 20;

/**
 * A Go program, started when it is first needed. It does one thing at a time, for
 * github.com/syumai/workers keeps env and ctx in a variable of the program.
 */
export class GoProgram {
  /** @type {ReturnType<typeof startGo> | undefined} */
  #go;
  #module;
  #ended = false;
  /** Rejects the work at hand. @type {(why: unknown) => void} */
  #stop = () => {};
  /** What goes on behind an answer. @type {Promise<unknown>[]} */
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
    return this.#ended || (this.#go?.memory() ?? 0) > worn;
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
    try {
      await new Promise((resolve, reject) => {
        this.#stop = reject;
        this.#whole(work, give).then(resolve, reject);
      });
    } finally {
      this.#go?.pause();
    }
  }

  /** @template T @param {(binding: GoBinding) => Promise<T>} work @param {(result: T) => void} give */
  async #whole(work, give) {
    this.#go?.wake();
    this.#go ??= startGo(this.#module, this.#context, (why) => this.#end(why));
    const result = await work(this.#context.binding);
    if (this.#ended) return; // in its last moments a program may give anything
    give(result);
    while (this.#tasks.length > 0) await Promise.allSettled(this.#tasks.splice(0));
    if (this.#context.failure) throw new Error(this.#context.failure);
  }

  /** @param {unknown} why */
  #end(why) {
    this.#ended = true;
    this.#stop(why);
  }
}
