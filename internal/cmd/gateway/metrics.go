//go:build !js

package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/gateway"
)

// metrics counts events and writes them in Prometheus' text format. The library
// for that is a hundred times this file and brings its own runtime; five counters
// and a histogram need none of it.
//
// https://prometheus.io/docs/instrumenting/exposition_formats
type metrics struct {
	mu       sync.Mutex
	requests map[string]int // by labels
	upstream map[string]int
	took     map[string]*histogram
	panics   int
	syncs    int
	failed   int
	last     time.Time
}

// buckets are upper bounds in seconds.
var buckets = [...]float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

type histogram struct {
	counts [len(buckets)]int
	sum    float64
	count  int
}

func newMetrics() *metrics {
	return &metrics{requests: map[string]int{}, upstream: map[string]int{}, took: map[string]*histogram{}}
}

func (m *metrics) add(e gateway.Event) {
	route := e.Route
	if route == "" {
		route = "none"
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests[fmt.Sprintf(`route=%q,status="%d",problem=%q`, route, e.Status, e.Problem)]++
	if e.Upstream > 0 {
		m.upstream[fmt.Sprintf(`team=%q`, e.Team)] += e.Upstream
	}
	if e.Panic != "" {
		m.panics++
	}
	h := m.took[route]
	if h == nil {
		h = &histogram{}
		m.took[route] = h
	}
	seconds := e.Took.Seconds()
	for i, bound := range buckets {
		if seconds <= bound {
			h.counts[i]++
		}
	}
	h.sum += seconds
	h.count++
}

func (m *metrics) synced(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.syncs++
	if err != nil {
		m.failed++
		return
	}
	m.last = time.Now()
}

// ServeHTTP implements [http.Handler].
func (m *metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/metrics" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("content-type", "text/plain; version=0.0.4; charset=utf-8")
	m.write(w)
}

func (m *metrics) write(w io.Writer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	family := func(name, kind, help string) {
		fmt.Fprintf(w, "# HELP dealmark_%s %s\n# TYPE dealmark_%s %s\n", name, help, name, kind)
	}
	family("requests_total", "counter", "Requests of reps that were answered.")
	for _, labels := range sorted(m.requests) {
		fmt.Fprintf(w, "dealmark_requests_total{%s} %d\n", labels, m.requests[labels])
	}
	family("upstream_requests_total", "counter", "Requests to Apollo on behalf of reps.")
	for _, labels := range sorted(m.upstream) {
		fmt.Fprintf(w, "dealmark_upstream_requests_total{%s} %d\n", labels, m.upstream[labels])
	}
	family("request_seconds", "histogram", "How long answering took.")
	for _, route := range sorted(m.took) {
		h := m.took[route]
		for i, bound := range buckets {
			fmt.Fprintf(w, "dealmark_request_seconds_bucket{route=%q,le=\"%g\"} %d\n", route, bound, h.counts[i])
		}
		fmt.Fprintf(w, "dealmark_request_seconds_bucket{route=%q,le=\"+Inf\"} %d\n", route, h.count)
		fmt.Fprintf(w, "dealmark_request_seconds_sum{route=%q} %g\n", route, h.sum)
		fmt.Fprintf(w, "dealmark_request_seconds_count{route=%q} %d\n", route, h.count)
	}
	family("panics_total", "counter", "Requests in which the program panicked.")
	fmt.Fprintf(w, "dealmark_panics_total %d\n", m.panics)
	family("sync_steps_total", "counter", "Steps of the synchronisation.")
	fmt.Fprintf(w, "dealmark_sync_steps_total %d\n", m.syncs)
	family("sync_failures_total", "counter", "Steps that failed.")
	fmt.Fprintf(w, "dealmark_sync_failures_total %d\n", m.failed)
	family("sync_last_success_seconds", "gauge", "When a step went well, in seconds since 1970.")
	last := int64(0)
	if !m.last.IsZero() {
		last = m.last.Unix()
	}
	fmt.Fprintf(w, "dealmark_sync_last_success_seconds %d\n", last)
}

func sorted[T any](of map[string]T) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
