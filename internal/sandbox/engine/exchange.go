package engine

import (
	"net/url"
	"time"
)

// Call is a request without its transport.
type Call struct {
	Method, Path string
	Query        url.Values
	// Header has lower-case names.
	Header map[string]string
	Body   []byte
}

// Answer is a response without its transport.
type Answer struct {
	// Status is 0 where the connection ends without an answer.
	Status int
	// Header has lower-case names.
	Header map[string][]string
	Body   []byte
}

// Exchange is a call on its way through an operation.
type Exchange struct {
	call     Call
	endpoint *endpoint
	id       string
	// sent are the parameters, unreadable says why there are none; params are those
	// that the operation sees, which a fault may have thinned out.
	sent, params params
	unreadable   error
	now, started time.Time
	// limiter and metered, all endpoints, are for the endpoint that tells the usage.
	limiter *limiter
	metered []endpoint
	fault   *Fault
	// lag hides what is younger from a search.
	lag time.Duration
	// request is its index in the request log.
	request int
	writes  []Entry
}

// Fault is the misbehaviour that the call has met, or nil. How its answer travels
// is the transport's part.
func (x *Exchange) Fault() *Fault { return x.fault }

// lateCall is a write that is stored after its client has been left alone.
type lateCall struct {
	x   *Exchange
	due time.Time
}

// drops says that a fault keeps the write from being stored although the client
// is told that it was.
func (x *Exchange) drops() bool { return x.fault != nil && x.fault.Kind == FaultDrop }

// stored notes a write for the truth log; changed is nil for a creation.
func (x *Exchange) stored(operation, id string, object any, changed []string) {
	e := x.entry(200)
	e.Operation, e.ID, e.Stored = operation, id, !x.drops()
	if e.Stored {
		e.Changed, e.Fields = changed, fieldsOf(object)
	}
	x.writes = append(x.writes, e)
}

func (x *Exchange) entry(status int) Entry {
	e := Entry{Time: x.now, Method: x.call.Method, Path: x.call.Path, ID: x.id, Status: status, Request: redacted(x.sent)}
	if x.endpoint != nil {
		e.Operation = x.endpoint.operation
	}
	if x.fault != nil {
		e.Fault = x.fault.Kind
	}
	return e
}

func redacted(p params) map[string]any {
	if len(p) == 0 {
		return nil
	}
	fields := make(map[string]any, len(p))
	for k, v := range p {
		if k == "api_key" {
			v = "redacted"
		}
		fields[k] = v
	}
	return fields
}

func redact(query url.Values) string {
	if !query.Has("api_key") {
		return query.Encode()
	}
	shown := make(url.Values, len(query))
	for k, v := range query {
		shown[k] = v
	}
	shown["api_key"] = []string{"redacted"}
	return shown.Encode()
}
