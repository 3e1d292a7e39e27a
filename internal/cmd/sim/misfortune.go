package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/outbox"
)

// misfortunes are what befalls the whole machine.
func (w *world) misfortunes() {
	m := &w.machine
	during := func(p float64, longest time.Duration, name string, begin, end func()) {
		if !w.chance(p) {
			return
		}
		from := w.within(w.heal)
		w.after(from, func() { w.hit(name); begin() })
		w.after(min(from+w.within(longest), w.heal), end)
	}
	during(0.2, 20*time.Minute, "offline for a while", func() { w.offline = true }, func() { w.offline = false })
	during(0.1, 20*time.Minute, "key revoked", func() { w.revoked = true }, func() {
		w.revoked = false
		w.after(time.Minute, func() { w.unblock(5) })
	})
	during(0.08, 15*time.Minute, "permission revoked", func() { w.forbidden = true }, func() {
		w.forbidden = false
		w.after(time.Minute, func() { w.unblock(5) })
	})
	during(0.08, 8*time.Minute, "storage fills up", func() { w.full = true }, func() { w.full = false })
	if w.jumpy = w.chance(0.12); w.jumpy {
		w.after(w.within(w.heal), w.wild)
	} else if w.chance(0.2) {
		jump := []time.Duration{365 * day, -365 * day, 3 * time.Hour, -3 * time.Hour}[w.n(4)]
		w.after(w.within(w.heal), func() {
			w.hit("clock jumps")
			m.skew += jump
			m.wake(time.Second)
			m.wake(70 * time.Second)
			w.jumped = true
			w.barred = 0
		})
	}
}

// wild has the clock jump again and again.
func (w *world) wild() {
	w.hit("clock jumps")
	w.barred = 0
	w.jumped = true
	// An alarm goes by the clock.
	w.machine.wake(time.Second)
	w.machine.wake(70 * time.Second)
	w.machine.skew += []time.Duration{365 * day, -365 * day, 20 * time.Minute, 20 * time.Minute, -20 * time.Minute}[w.n(5)]
	if w.faulty() {
		w.after(w.within(4*time.Minute), w.wild)
	}
}

func (w *world) unblock(tries int) {
	done := false
	w.machine.open(func(c *contextOf, box *outbox.Box) {
		done = box.Unblock(context.Background()) == nil
		w.machine.wake(0)
	})
	w.after(time.Minute, func() {
		if !done && tries > 0 {
			w.unblock(tries - 1)
		}
	})
}
