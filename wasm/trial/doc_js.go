// Command trial is trial.wasm, an Apollo in the browser for who has no key. It is
// loaded in a trial only, beside the popup's or the worker's program, and answers
// these in place of the network. On the screen a trial is called the demo.
//
// The documents that its functions take and give are those of package wasm:
// see there.
//
// The functions:
//
//   - join gives what the trial's settings must say.
//   - visit says on which page the rep is.
//   - answer carries out a request.
package main
