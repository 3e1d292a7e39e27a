package engine

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
)

// Entry is a line of the truth log: a write that was stored, or a request that
// was refused or failed. What a client was told does not matter here.
type Entry struct {
	// Seq counts from 1.
	Seq    int       `json:"seq"`
	Time   time.Time `json:"time"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	// Operation is as in Operations(): "opportunity.create".
	Operation string `json:"operation"`
	// ID is of the object that was written; of a refused request, the one in its path.
	ID string `json:"id,omitempty"`
	// Stored says that the write was accepted and kept.
	Stored bool `json:"stored"`
	// Status is the outcome: of a write that a fault let through, the one that the
	// fault hid; 0 where a fault let neither a write nor an answer happen.
	Status int `json:"status"`
	// Fault is the kind of the fault that struck the request, if one did.
	Fault FaultKind `json:"fault,omitempty"`
	// Changed names the fields that an update changed: none if all was so already.
	Changed []string `json:"changed,omitempty"`
	// Fields are the object's as stored after the write, as a view would show
	// them; numbers are json.Number.
	Fields map[string]any `json:"fields,omitempty"`
	// Request are the fields of the request's query and body.
	Request map[string]any `json:"request,omitempty"`
}

// Request is one request that was seen, whatever became of it.
type Request struct {
	Seq    int       `json:"seq"`
	Time   time.Time `json:"time"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	// Query is as sent, an api_key in it redacted.
	Query string `json:"query,omitempty"`
	// Status is what was answered, 0 where a fault let nothing be answered.
	Status int `json:"status"`
	// Endpoint is Apollo's name, as in Scopes(): "deals/api/v1/opportunities/create";
	// empty for an unknown route.
	Endpoint string `json:"endpoint,omitempty"`
	// Operation is as in Operations(): "opportunity.create".
	Operation string    `json:"operation,omitempty"`
	Fault     FaultKind `json:"fault,omitempty"`
}

// Log is the truth log so far, oldest first.
func (e *Engine) Log() []Entry {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.settle(e.clock())
	return slices.Clone(e.log)
}

// Requests are all requests so far, oldest first; those for the sandbox's own
// pages are not among them.
func (e *Engine) Requests() []Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.requests)
}

func (e *Engine) record(entry Entry) {
	entry.Seq = len(e.log) + 1
	e.log = append(e.log, entry)
}

// fieldsOf is v as the JSON object that it encodes to.
func fieldsOf(v any) map[string]any {
	var fields map[string]any
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if d.Decode(&fields) != nil {
		return nil
	}
	return fields
}
