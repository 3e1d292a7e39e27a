import { startCore } from "./wasm.js";

/** The trial's own program for each place, started by the first request. @type {Map<string, Promise<RunningCore<TrialCore>>>} */
const programs = new Map();

/** @param {string} name */
export function trialProgram(name) {
  let program = programs.get(name);
  if (!program) {
    program = startCore("trial.wasm", { name });
    programs.set(name, program);
    const forget = () => programs.delete(name); // the next request starts a new one
    program.then(({ ended }) => ended.catch(forget), forget);
  }
  return program;
}

/** A trial's place: trial.wasm answers there, and nothing reaches the network. @param {string} name @returns {Place} */
export const trialPlace = (name) => ({
  name,
  async fetch(url, { method, headers, body }) {
    const sent = body ? new TextDecoder().decode(body) : "";
    const answer = await (await trialProgram(name)).call("answer", { method, url, headers, body: sent });
    return new Response(answer.body || null, { status: answer.status, headers: answer.headers });
  },
});
