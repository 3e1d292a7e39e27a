package sandbox

import (
	"slices"
	"sync"
	"time"
)

// Server is the sandbox: one team's Apollo. It is safe for concurrent use.
type Server struct {
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

// New makes a server with the seed's data as of the clock's present.
func New(opts Options) *Server {
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	limits := BasicPlan()
	if opts.Limits != nil {
		limits = *opts.Limits
	}
	s := &Server{keys: slices.Clone(opts.Keys), now: opts.Clock, ids: newIDs(opts.IDSeed), limiter: newLimiter(limits, opts.Dialect), unpaid: opts.Unpaid}
	s.started = s.clock()
	s.team = newTeam(opts, s.ids, s.started)
	return s
}

// clock is the present in the precision that Apollo has.
func (s *Server) clock() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// Answer carries out a call at once: what a fault delays is not delayed.
func (s *Server) Answer(call Call) Answer {
	return s.finish(s.begin(call))
}

// begin routes the call and meets its fault.
func (s *Server) begin(call Call) *exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := &exchange{call: call, now: s.clock(), started: s.started, limiter: s.limiter, metered: endpoints, request: len(s.requests)}
	x.endpoint, x.id = route(call.Method, call.Path)
	x.sent, x.unreadable = readParams(call.Query, call.Header["content-type"], call.Body)
	x.params = x.sent
	seen := Request{Seq: x.request + 1, Time: x.now, Method: call.Method, Path: call.Path, Query: redact(call.Query)}
	if x.endpoint != nil {
		seen.Endpoint, seen.Operation = x.endpoint.scope, x.endpoint.operation
		if x.fault = s.strike(x.endpoint); x.fault != nil {
			seen.Fault = x.fault.Kind
		}
	}
	s.requests = append(s.requests, seen)
	return x
}

// finish carries the call out, as far as its fault lets it.
func (s *Server) finish(x *exchange) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.now = s.clock()
	s.settle(x.now)
	var a Answer
	switch {
	case x.fault == nil:
		a = s.perform(x)
	case x.fault.executes():
		s.prepare(x)
		a = s.disturb(x, s.perform(x))
	default:
		if x.fault.Kind == FaultLate {
			s.late = append(s.late, lateCall{x, x.now.Add(time.Duration(x.fault.Delay))})
		}
		a = s.disturb(x, Answer{})
		if x.fault.Kind != FaultLate {
			s.record(x.entry(a.Status))
		}
	}
	s.requests[x.request].Status = a.Status
	return a
}

// perform carries the call out as Apollo does.
func (s *Server) perform(x *exchange) Answer {
	var a Answer
	body, r := s.dispatch(x)
	switch {
	case r != nil:
		a = s.refuse(r)
	default:
		a = s.succeed(body)
	}
	if x.endpoint != nil && x.endpoint.do != nil && !unmetered(r) {
		s.limiter.headers(x.endpoint.operation, a.Header)
	}
	if r != nil {
		s.record(x.entry(r.status))
	}
	for _, e := range x.writes {
		s.record(e)
	}
	return a
}

func (s *Server) dispatch(x *exchange) (any, *refusal) {
	if x.endpoint == nil {
		return nil, notFound()
	}
	if x.endpoint.do == nil {
		key, _ := s.credential(x.call)
		return healthJSON{Healthy: true, LoggedIn: key != nil}, nil
	}
	if r := s.authorize(x.call, x.sent, x.endpoint); r != nil {
		return nil, r
	}
	if s.unpaid && x.endpoint.paid() {
		return nil, unpaid()
	}
	if r := s.limiter.take(x.endpoint, x.now); r != nil {
		return nil, r
	}
	if x.unreadable != nil {
		return nil, badRequest()
	}
	return x.endpoint.do(s.team, x)
}

type healthJSON struct {
	Healthy  bool `json:"healthy"`
	LoggedIn bool `json:"is_logged_in"`
}

// settle carries out the late writes that are due, in the order they fall due.
func (s *Server) settle(now time.Time) {
	slices.SortStableFunc(s.late, func(a, b lateCall) int { return a.due.Compare(b.due) })
	for len(s.late) > 0 && !s.late[0].due.After(now) {
		l := s.late[0]
		s.late = s.late[1:]
		l.x.now = l.due
		s.perform(l.x)
	}
}
