// Package sender carries the outbox's commands to Apollo: it joins package
// outbox's port to package apollo's client.
//
// It does not know when a command is due, nor what becomes of an entry.
package sender
