// Package outbox keeps a rep's commands until they are done: a durable queue
// and a state machine.
//
// An entry is stored before anything is sent, and its state is stored before
// every step that cannot be taken back. Apollo has no idempotency key, so what
// may have been sent is looked for, and sent again only when Apollo has shown,
// by its own clock, that it can no longer appear and when an id stamped on the
// opportunity would have been found. In every other case the rep is asked.
//
// The package is pure: stores, clock, randomness and sender come in. It does not
// know how a command becomes a request, nor who calls [Box.Drain]. The caller
// sees to it that only one Drain runs at a time; if that fails, the stores'
// atomic updates still keep an entry from being sent twice.
package outbox
