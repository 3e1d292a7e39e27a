import module from "./worker.wasm";
import { limits } from "./limits.js";
import { serve } from "./serve.js";

export default serve(module, limits);
