package main

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

const timeout = 20 * time.Second

// fault is what happens to one request.
type fault struct {
	name     string
	sent     bool          // it reaches Apollo
	commit   bool          // what it asks for is carried out
	late     time.Duration // … so much later
	wait     time.Duration // until the end
	kind     crm.Kind      // of the error, "" for none
	reads    crm.Kind      // the same, for a request that may be repeated
	retry    time.Duration
	crossed  bool
	ignoring bool
	dropped  bool
}

// draw decides what happens to a request.
func (w *world) draw(write bool) fault {
	const unknown, later = crm.Uncertain, crm.Unavailable
	ok := fault{sent: true, commit: true}
	switch {
	case w.revoked:
		return fault{name: "401", kind: crm.Unauthorized, reads: crm.Unauthorized}
	case w.forbidden:
		return fault{name: "403: no permission", kind: crm.Forbidden, reads: crm.Forbidden}
	case w.offline:
		return fault{name: "offline", kind: later, reads: later}
	case w.now < w.storm:
		return fault{name: "429 storm", kind: crm.RateLimited, reads: crm.RateLimited, retry: w.storm - w.now + time.Second}
	case !w.faulty():
		return ok
	}
	short := time.Duration(w.n(20_000)) * time.Millisecond
	roll := w.n(1000)
	at := 0
	is := func(permille int) bool {
		at += permille
		return roll < at
	}
	scale := w.rate
	switch {
	case is(40 * scale):
		return fault{name: "connection refused", kind: later, reads: later}
	case is(50 * scale):
		return fault{name: "lost on the way", kind: unknown, reads: later, wait: timeout}
	case is(30 * scale):
		return fault{name: "reset after the commit", commit: true, kind: unknown, reads: later, wait: short}
	case is(20 * scale):
		return fault{name: "truncated", commit: true, kind: unknown, reads: later, wait: short}
	case is(15 * scale):
		return fault{name: "HTML", commit: w.chance(0.5), kind: unknown, reads: later}
	case is(10 * scale):
		return fault{name: "empty", commit: true, kind: unknown, reads: later}
	case is(10 * scale):
		return fault{name: "other types", commit: true, kind: unknown, reads: later}
	case is(8 * scale):
		return fault{name: "slow", commit: true, kind: unknown, reads: later, wait: timeout}
	case is(7 * scale):
		return fault{name: "endless", commit: true, kind: unknown, reads: later, wait: short}
	case is(40 * scale):
		return fault{name: "5xx", commit: w.chance(0.4), kind: unknown, reads: later, wait: short / 4}
	case write && (is(60*scale) || w.jumpy && w.chance(0.2)):
		late := time.Duration(w.n(120_000)) * time.Millisecond
		if w.jumpy || w.chance(0.3) {
			late = time.Duration(w.n(700_000)) * time.Millisecond
		}
		if w.beyond && w.chance(0.5) {
			late = 20*time.Minute + time.Duration(w.n(600_000))*time.Millisecond
			w.exceeded = true
		}
		return fault{name: "late commit", commit: true, late: late, kind: unknown, reads: later, wait: short}
	case is(25 * scale):
		retry := time.Duration(1+w.n(120)) * time.Second
		if w.chance(0.3) {
			w.storm = w.now + time.Duration(w.n(300))*time.Second
		}
		return fault{name: "429", kind: crm.RateLimited, reads: crm.RateLimited, retry: retry}
	case is(5 * scale):
		return fault{name: "403", kind: crm.Forbidden, reads: crm.Forbidden}
	case write && is(15*scale):
		ok.name, ok.crossed = "crossed", true
	case write && is(3):
		ok.name, ok.dropped = "told stored, and was not", true
	case write && is(25*scale):
		ok.name, ok.ignoring = "fields ignored", true
	case is(10 * scale):
		ok.name, ok.wait = "delay", short
	}
	return ok
}
