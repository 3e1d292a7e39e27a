package crm

import (
	"errors"
	"time"
)

// Kind says what to do about an error. The set is closed.
type Kind string

const (
	Invalid      Kind = "invalid"      // the input must be changed
	Unauthorized Kind = "unauthorized" // the key is missing or wrong: ask for it
	Forbidden    Kind = "forbidden"    // the key lacks a right: ask an admin
	NotFound     Kind = "not_found"    // the object is gone: read again
	Conflict     Kind = "conflict"     // somebody else was faster: ask the rep
	RateLimited  Kind = "rate_limited" // wait for RetryAfter
	Unavailable  Kind = "unavailable"  // nothing was done: try again later
	Uncertain    Kind = "uncertain"    // it may or may not have been done: never repeat it unasked
	Internal     Kind = "internal"     // a fault of this program: report it
)

// Error is a failure that a rep may see.
type Error struct {
	Kind       Kind
	Op         string        // what was being done, such as "opportunity.create"
	Field      Field         // the field concerned, "" if none is known
	Message    English       // what happened and what to do next, in the rep's words
	Parts      []string      // what is filled into Message
	RetryAfter time.Duration // how long to wait; for RateLimited, 0 if unknown
	Err        error         // the cause, for diagnostics; may be nil
}

// Error gives the operation, the message, the wait and the cause.
func (e *Error) Error() string {
	text := e.Text()
	if e.Op != "" {
		text = e.Op + ": " + text
	}
	if e.RetryAfter > 0 {
		text += " It goes on in " + e.RetryAfter.String() + "."
	}
	if e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	return text
}

// Text is the message in English.
func (e *Error) Text() string { return e.Message.With(e.Parts...) }

func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of err: [Internal] for an error that is not an
// [*Error], "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// AsError gives err as an [*Error]; a foreign error becomes one of kind
// [Internal] with err as its cause. It gives nil for nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{
		Kind:    Internal,
		Message: "Something went wrong inside Dealmark. Nothing that you typed is lost; reload and try again.",
		Err:     err,
	}
}
