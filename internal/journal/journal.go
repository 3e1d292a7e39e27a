// Package journal keeps what left this browser: when, where to, which endpoint,
// how much, and what came of it. It stands at the Transport's seam, so that
// nothing can leave beside it, and keeps the last [Most] requests.
//
// It refuses to know what a request says: no header, no body, no value of a query,
// no id. Of an answer it keeps the status, and what is left of the rate limits.
package journal

import (
	"context"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Most is how many requests are kept.
const Most = 1000

// Record is one request.
type Record struct {
	At        time.Time // when it was given to the browser
	Workspace string    // the id of the workspace that it was for
	Host      string    // "api.apollo.io"
	Method    string
	Route     string // the path with {id} in place of what varies: "/opportunities/{id}"
	Bytes     int    // of the address and the body; the browser adds its headers
	Outcome   string // the status: "200"; or one of the other outcomes; "" while nothing came
	Rates     apollo.Rates
}

// Outcomes without a status.
const (
	NotSent  = "not sent"  // no byte of it left
	NoAnswer = "no answer" // or none that was complete
)

// Journal is the journal over its store, of which it uses all keys.
type Journal struct {
	store store.Store
	clock func() time.Time
	soon  func(func()) // calls a function a moment later, on a goroutine of its own

	writing sync.Mutex // held while waiting; taken before mu
	mu      sync.Mutex
	waiting []*note // what is not stored as it is, in their order
	due     bool    // a write is coming
}

// note is a record on its way into the store.
type note struct {
	record *Record
	stored []byte // as it was stored last, nil if it was not
	slot   string // where
}

// New gives the journal. Several contexts may keep one over the same store.
func New(in store.Store, clock func() time.Time, soon func(func())) *Journal {
	return &Journal{store: in, clock: clock, soon: soon}
}

// Transport gives next with a record of each request to a workspace. The request
// waits for nothing: records are stored a moment later, several at a time.
func (j *Journal) Transport(workspace string, next apollo.Transport) apollo.Transport {
	return transport{j, workspace, next}
}

type transport struct {
	journal   *Journal
	workspace string
	next      apollo.Transport
}

// Do implements [apollo.Transport].
func (t transport) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	j, n := t.journal, &note{record: &Record{
		At: t.journal.clock(), Workspace: t.workspace,
		Host: host(r.Base), Method: r.Method, Route: r.Route, Bytes: len(r.URL()) + len(r.Body),
	}}
	j.mu.Lock()
	j.wait(n)
	j.mu.Unlock()
	response, err := t.next.Do(ctx, r)
	j.mu.Lock()
	n.record.Outcome, n.record.Rates = outcome(&response, err), apollo.RatesOf(response)
	j.wait(n)
	j.mu.Unlock()
	return response, err
}

// wait has a note stored soon. The journal must be locked.
func (j *Journal) wait(n *note) {
	for _, other := range j.waiting {
		if other == n {
			return
		}
	}
	j.waiting = append(j.waiting, n)
	if len(j.waiting) > Most { // a store that fails for long
		j.waiting = j.waiting[1:]
	}
	if !j.due {
		j.due = true
		j.soon(func() { _ = j.Flush(context.Background()) }) // what failed waits for the next request
	}
}

// Flush stores what waits. What cannot be stored goes on waiting.
func (j *Journal) Flush(ctx context.Context) error {
	j.writing.Lock()
	defer j.writing.Unlock()
	j.mu.Lock()
	notes := j.waiting
	j.waiting, j.due = nil, false
	documents := make([][]byte, len(notes))
	for i, n := range notes {
		documents[i] = n.record.document()
	}
	j.mu.Unlock()
	err := j.keep(ctx, notes, documents)
	if err != nil {
		j.mu.Lock()
		j.waiting = append(notes, j.waiting...)
		j.mu.Unlock()
	}
	return fault(err)
}

// Records gives what is kept, newest first. A record that cannot be read is left
// out.
func (j *Journal) Records(ctx context.Context) ([]Record, error) {
	if err := j.Flush(ctx); err != nil {
		return nil, err
	}
	found, err := j.store.List(ctx, slotPrefix)
	records := make([]Record, 0, len(found))
	for _, stored := range found {
		if r, ok := read(stored.Value); ok {
			records = append(records, r)
		}
	}
	crm.Sort(records, func(a, b Record) int { return b.At.Compare(a.At) })
	return records, fault(err)
}

// Clear forgets all requests.
func (j *Journal) Clear(ctx context.Context) error {
	if err := j.Flush(ctx); err != nil {
		return err
	}
	found, err := j.store.List(ctx, slotPrefix)
	if err != nil {
		return fault(err)
	}
	keys := make([]string, len(found))
	for i, r := range found {
		keys[i] = r.Key
	}
	return fault(store.Delete(ctx, j.store, keys...))
}

func fault(err error) error {
	if err == nil {
		return nil
	}
	return &crm.Error{Kind: crm.Unavailable, Err: err, Message: "The browser's storage does not take what left this browser. Free some disk space and load this page again."}
}
