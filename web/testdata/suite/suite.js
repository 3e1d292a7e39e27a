// The Worker as it is deployed, with a fault of its surroundings: a request that
// asks for it gets something from fetch that breaks the Go program which awaits it.
import worker from "./entry.js";

const fetch = globalThis.fetch;
globalThis.fetch = (url, options) => {
  if (!new TextDecoder().decode(options?.body).includes("panic-please")) return fetch(url, options);
  const secret = options.headers["x-api-key"];
  return {
    then() {
      throw new Error(`a fault with a secret in it: ${secret}`);
    },
  };
};

export default worker;
