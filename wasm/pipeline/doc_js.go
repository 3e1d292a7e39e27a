// Command pipeline is pipeline.wasm, the core of the pipeline page: it holds all
// of the team's opportunities that this computer knows, so that each key of a
// search is answered from memory. It reads the index and sends nothing.
//
// The documents that its functions take and give are those of package wasm: see
// there. Those of rows speak of what the last findOpportunities found.
//
//   - openPipeline reads the index, and again when it has changed.
//   - findOpportunities finds what is searched for, in an order.
//   - readRows gives a part of what was found.
//   - readStage gives a part of it that is in one stage.
//   - totalOpportunities adds up what was found, and draws it.
//   - exportRows gives a part of what was found as CSV.
//   - readWalk says how far the reading of the team's list is.
package main
