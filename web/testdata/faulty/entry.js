import module from "./worker.wasm";
import { serve } from "./serve.js";

// Small, so that the tests get to see every limit.
export default serve(module, {
  pool: { size: 2, queue: 3, patience: 1_500 },
  body: 64 << 10,
  request: 3_000,
  scheduled: 3_000,
});
