package engine

import (
	"slices"
	"sync"
	"time"
)

// Engine is one team's Apollo. It is safe for concurrent use.
type Engine struct {
	mu       sync.Mutex
	keys     []Key
	now      func() time.Time
	started  time.Time
	ids      *ids
	team     *team
	limiter  *limiter
	unpaid   bool
	faults   []*Fault
	late     []lateCall
	log      []Entry
	requests []Request
}

// New makes an engine with the seed's data as of the clock's present.
func New(opts Options) *Engine {
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	limits := BasicPlan()
	if opts.Limits != nil {
		limits = *opts.Limits
	}
	e := &Engine{keys: slices.Clone(opts.Keys), now: opts.Clock, ids: newIDs(opts.IDSeed), limiter: newLimiter(limits, opts.Dialect), unpaid: opts.Unpaid}
	e.started = e.clock()
	e.team = newTeam(opts, e.ids, e.started)
	return e
}

// clock is the present in the precision that Apollo has.
func (e *Engine) clock() time.Time { return e.now().UTC().Truncate(time.Millisecond) }

// Answer carries out a call at once: what a fault delays is not delayed.
func (e *Engine) Answer(call Call) Answer {
	return e.Finish(e.Begin(call))
}

// Begin routes the call and meets its fault. Finish must follow, after the delay
// that the fault may want.
func (e *Engine) Begin(call Call) *Exchange {
	e.mu.Lock()
	defer e.mu.Unlock()
	x := &Exchange{call: call, now: e.clock(), started: e.started, limiter: e.limiter, metered: endpoints, request: len(e.requests)}
	x.endpoint, x.id = route(call.Method, call.Path)
	x.sent, x.unreadable = readParams(call.Query, call.Header["content-type"], call.Body)
	x.params = x.sent
	seen := Request{Seq: x.request + 1, Time: x.now, Method: call.Method, Path: call.Path, Query: redact(call.Query)}
	if x.endpoint != nil {
		seen.Endpoint, seen.Operation = x.endpoint.scope, x.endpoint.operation
		if x.fault = e.strike(x.endpoint); x.fault != nil {
			seen.Fault = x.fault.Kind
		}
	}
	e.requests = append(e.requests, seen)
	return x
}

// Finish carries the call out, as far as its fault lets it.
func (e *Engine) Finish(x *Exchange) Answer {
	e.mu.Lock()
	defer e.mu.Unlock()
	x.now = e.clock()
	e.settle(x.now)
	var a Answer
	switch {
	case x.fault == nil:
		a = e.perform(x)
	case x.fault.executes():
		e.prepare(x)
		a = e.disturb(x, e.perform(x))
	default:
		if x.fault.Kind == FaultLate {
			e.late = append(e.late, lateCall{x, x.now.Add(time.Duration(x.fault.Delay))})
		}
		a = e.disturb(x, Answer{})
		if x.fault.Kind != FaultLate {
			e.record(x.entry(a.Status))
		}
	}
	e.requests[x.request].Status = a.Status
	return a
}

// perform carries the call out as Apollo does.
func (e *Engine) perform(x *Exchange) Answer {
	var a Answer
	body, r := e.dispatch(x)
	switch {
	case r != nil:
		a = e.refuse(r)
	default:
		a = e.succeed(body)
	}
	if x.endpoint != nil && x.endpoint.do != nil && !unmetered(r) {
		e.limiter.headers(x.endpoint.operation, a.Header)
	}
	if r != nil {
		e.record(x.entry(r.status))
	}
	for _, entry := range x.writes {
		e.record(entry)
	}
	return a
}

func (e *Engine) dispatch(x *Exchange) (any, *refusal) {
	if x.endpoint == nil {
		return nil, notFound()
	}
	if x.endpoint.do == nil {
		key, _ := e.credential(x.call)
		return healthJSON{Healthy: true, LoggedIn: key != nil}, nil
	}
	if r := e.authorize(x.call, x.sent, x.endpoint); r != nil {
		return nil, r
	}
	if e.unpaid && x.endpoint.paid() {
		return nil, unpaid()
	}
	if r := e.limiter.take(x.endpoint, x.now); r != nil {
		return nil, r
	}
	if x.unreadable != nil {
		return nil, badRequest()
	}
	return x.endpoint.do(e.team, x)
}

type healthJSON struct {
	Healthy  bool `json:"healthy"`
	LoggedIn bool `json:"is_logged_in"`
}

// settle carries out the late writes that are due, in the order they fall due.
func (e *Engine) settle(now time.Time) {
	slices.SortStableFunc(e.late, func(a, b lateCall) int { return a.due.Compare(b.due) })
	for len(e.late) > 0 && !e.late[0].due.After(now) {
		l := e.late[0]
		e.late = e.late[1:]
		l.x.now = l.due
		e.perform(l.x)
	}
}
