package gateway

import (
	"context"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// request is one request that is being answered.
type request struct {
	ctx     context.Context
	g       *Gateway
	route   route
	rep     Rep
	team    Team
	expires time.Time // of the token; zero if it does not
	id      string    // what stands for the {…} of the route
	query   map[string]string
	body    []byte
	key     string // the operation's id, of a write
	calls   *calls
}

// answer is what a request is answered with, whole: nothing is sent before
// everything is known.
type answer struct {
	status  int
	kind    string // the content type; "" for application/json
	body    []byte
	header  [][2]string
	problem string
}

func (a *answer) set(name, value string) { a.header = append(a.header, [2]string{name, value}) }

// ServeHTTP implements [http.Handler].
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := g.clock()
	q := &request{ctx: r.Context(), g: g, calls: &calls{}}
	a, panicked := g.guarded(q, r)
	for _, h := range a.header {
		w.Header().Set(h[0], h[1])
	}
	h := w.Header()
	h.Set("cache-control", "no-store")
	h.Set("x-content-type-options", "nosniff")
	h.Set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
	h.Add("vary", "origin")
	if len(a.body) > 0 {
		h.Set("content-type", a.kind)
		if a.kind == "" {
			h.Set("content-type", "application/json")
		}
	}
	if left := q.calls.left(); left != "" {
		h.Set("dealmark-budget", left)
	}
	w.WriteHeader(a.status)
	// That the client has gone away is no event: what it asked for is done or kept.
	_, _ = w.Write(a.body)
	g.event(context.WithoutCancel(r.Context()), Event{
		Route: q.route.name(), Status: a.status, Problem: a.problem, Team: q.rep.Team, Rep: q.rep.Name,
		Took: g.clock().Sub(began), Upstream: q.calls.count(), Panic: panicked,
	})
}

// guarded turns a panic into an answer. What the panic said is dropped: it may
// hold anything.
func (g *Gateway) guarded(q *request, r *http.Request) (a answer, panicked string) {
	defer func() {
		if value := recover(); value != nil {
			panicked = functions()
			a = problemOf(&crm.Error{Kind: crm.Internal}).answer()
			g.allow(&a, r.Header)
		}
	}()
	a, err := g.answer(q, r)
	if err != nil {
		a = problemOf(err).answer()
	}
	g.allow(&a, r.Header)
	return a, ""
}

// functions names the functions on the stack of a panic.
func functions() string {
	var counters [32]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(4, counters[:])])
	var names []string
	for {
		frame, more := frames.Next()
		if strings.Contains(frame.Function, "dealmark") {
			names = append(names, frame.Function[strings.LastIndexByte(frame.Function, '/')+1:])
		}
		if !more {
			return strings.Join(names, " < ")
		}
	}
}

func (g *Gateway) answer(q *request, r *http.Request) (answer, error) {
	if err := g.admit(r); err != nil {
		return answer{}, err
	}
	if r.Method == http.MethodOptions {
		return g.preflight(r)
	}
	if err := g.find(q, r); err != nil {
		return answer{}, err
	}
	if q.route.scope != Public {
		if err := g.authorize(q, r.Header); err != nil {
			return answer{}, err
		}
	}
	if err := g.read(q, r); err != nil {
		return answer{}, err
	}
	if q.route.write {
		// What has arrived is carried out, also for a client that has gone away.
		q.ctx = context.WithoutCancel(q.ctx)
	}
	return q.route.serve(q)
}
