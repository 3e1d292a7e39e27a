/** A program of the pool. */
interface Program {
  /** It must not be used again: it has ended, or has grown too large. */
  readonly worn: boolean;
}

/** How large a pool may become, and how long its queue. */
interface PoolLimits {
  /** Programs at most. */
  size: number;
  /** Requests that wait for one at most. */
  queue: number;
  /** Milliseconds that one waits at most. */
  patience: number;
}

interface Limits {
  pool: PoolLimits;
  /** Bytes of a request's body. */
  body: number;
  /** Milliseconds for a request, with what is done behind its answer. */
  request: number;
  /** Milliseconds for the scheduled work. */
  scheduled: number;
}

/** Where a program works. */
interface Place<P extends Program> {
  program: P | undefined;
  busy: boolean;
  /** When the work must be done, in milliseconds since 1970. */
  until: number;
}

/** Who waits for a place. */
interface Waiting<P extends Program> {
  /** In milliseconds since 1970. */
  until: number;
  /** Milliseconds for the work. */
  limit: number;
  give(place: Place<P>): void;
}

/** What a Go program finds as the global object "context" when it starts, as github.com/syumai/workers reads it. */
interface GoContext {
  env: object;
  ctx: { waitUntil(task: Promise<unknown>): void; passThroughOnException(): void };
  binding: GoBinding;
  batch(database: D1Database, text: string): Promise<string>;
  /** Of the request at hand; null for none. */
  body: Uint8Array | null;
  /** Why the scheduled work failed, as the program says. */
  failure: string;
}

/** What github.com/syumai/workers publishes of a program. */
interface GoBinding {
  handleRequest(request: GoRequest): Promise<Response>;
  runScheduler(event: ScheduledEvent): Promise<void>;
}

/** As much of a Request as github.com/syumai/workers reads. The body is in the context. */
interface GoRequest {
  method: string;
  url: string;
  headers: Headers;
  body: null;
}

/** https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/ */
interface ScheduledEvent {
  cron: string;
  scheduledTime: number;
}

/** https://developers.cloudflare.com/workers/runtime-apis/context/ */
interface ExecutionContext {
  waitUntil(task: Promise<unknown>): void;
}

/** wasm_exec.js is the building toolchain's own and is copied at build. */
declare class Go {
  importObject: WebAssembly.Imports;
  exit: (code: number) => void;
  run(instance: WebAssembly.Instance): Promise<void>;
  _resume: () => void;
  _resolveExitPromise: () => void;
  _scheduledTimeouts: Map<number, number>;
}

/** Of the program that starts. */
declare var context: GoContext | undefined;

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*/wasm_exec.js";

type D1Value = string | number | null;

/** https://developers.cloudflare.com/d1/worker-api/ */
interface D1Database {
  prepare(sql: string): D1Statement;
  batch(statements: D1Statement[]): Promise<{ results: Record<string, D1Value>[]; meta: { changes: number } }[]>;
}

interface D1Statement {
  bind(...args: D1Value[]): D1Statement;
  raw(): Promise<D1Value[][]>;
}
