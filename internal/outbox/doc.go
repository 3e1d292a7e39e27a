// Package outbox keeps a rep's commands until they are done: a durable queue
// and a state machine.
//
// An entry is stored before anything is sent, and its state is stored before
// every step that cannot be taken back. Whoever finds an entry half-sent calls
// it uncertain and never sends it again unasked: the rep decides. The package
// is pure: store, clock and sender come in. It does not know how a command
// becomes a request, nor who calls [Box.Drain]; the caller sees to it that only
// one Drain runs at a time, and if that fails the store's atomic updates still
// keep an entry from being sent twice.
package outbox
