package main

import (
	"context"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// machine is the rep's computer with one browser.
type machine struct {
	w        *world
	primary  area
	mirror   area
	fragile  *area // the one that may fail, rot or vanish
	skew     time.Duration
	boot     string
	boots    int
	single   bool // what is saved may be in one store only: the other was full
	gateway  bool // the team's gateway carries the commands out
	down     bool
	locked   bool
	again    bool // somebody wants a drain after the one under way
	unlocked bool // the lock does not work in this seed
	contexts []*contextOf
	alarm    int
}

// contextOf is a context of the extension: a popup, a worker.
type contextOf struct {
	*process
	m     *machine
	fuse  int // steps until it ends, 0 for never
	end   func()
	drain bool
}

// step is at a point: the context may end there.
func (c *contextOf) step(at point) {
	if c.fuse == 0 {
		return
	}
	if c.fuse--; c.fuse == 0 {
		c.m.w.tally.ends[at]++
		c.end()
		c.dead = true
		panic(killed{})
	}
}

func (m *machine) clock() time.Time { return epoch.Add(m.w.now + m.skew) }

func (m *machine) box(c *contextOf) *outbox.Box {
	w := m.w
	policy := w.policy
	policy.Idempotent = policy.Idempotent || m.gateway
	ports := outbox.Ports{
		Primary: handle{&m.primary, c, w, ofPrimary}, Mirror: handle{&m.mirror, c, w, ofMirror},
		Clock: m.clock, Rand: w.random.Uint64, Boot: m.boot, Field: "tag",
	}
	if w.seams.ports != nil {
		w.seams.ports(&ports, w)
	}
	return outbox.New(ports, policy)
}

// start is a start of the browser.
func (m *machine) start() {
	m.boots++
	m.boot = "boot " + strconv.Itoa(m.boots)
}

// open starts a context.
func (m *machine) open(f func(*contextOf, *outbox.Box)) {
	if m.down {
		return
	}
	c := &contextOf{m: m}
	if m.w.faulty() && m.w.chance(0.08) {
		c.fuse, c.end = 1+m.w.n(40), m.crash(c)
	}
	m.contexts = append(m.contexts, c)
	c.process = m.w.spawn(func(p *process) {
		c.process = p
		f(c, m.box(c))
	})
}

// crash gives one of the ways to end.
func (m *machine) crash(c *contextOf) func() {
	roll := m.w.n(10)
	return func() {
		m.w.barred = 0 // what it knew may be lost
		switch {
		case roll < 6:
			m.w.hit("worker or popup killed")
			m.release(c)
		case roll < 8:
			m.w.hit("browser killed")
			m.fall(c, false)
		default:
			m.w.hit("power lost")
			m.fall(c, true)
		}
	}
}

func (m *machine) release(c *contextOf) {
	if c.drain {
		m.locked = false
		m.wake(m.w.within(time.Minute))
	}
}

// fall ends every context. The browser comes back after a while.
func (m *machine) fall(but *contextOf, power bool) {
	m.down, m.locked, m.again = true, false, false
	m.alarm++
	for _, c := range m.contexts {
		if c != but {
			c.kill()
		}
	}
	m.contexts = nil
	if power {
		window := 10 * time.Second
		lost := m.primary.lose(m.w.now-window) + m.mirror.lose(m.w.now-3*window)
		m.w.tally.unflushed += lost
		m.w.reverted = m.w.reverted || lost > 0
	}
	if m.w.seams.volatile {
		m.primary.records, m.mirror.records = nil, nil
	}
	back := m.w.within(2 * time.Minute)
	if m.w.chance(0.2) {
		back = m.w.within(2 * time.Hour)
	}
	m.w.after(back, func() {
		m.down = false
		m.start()
		m.wake(0)
	})
}

// wake has the worker drain, one at a time.
func (m *machine) wake(wait time.Duration) {
	m.w.after(wait, func() {
		if m.locked && !m.unlocked && !m.w.seams.noLock {
			m.again = true
			return
		}
		m.locked = !m.down
		m.open(func(c *contextOf, box *outbox.Box) {
			c.drain = true
			var s outbox.Sender = sender{m.w, c}
			if m.gateway {
				s = gateway{sender{m.w, c}}
			}
			if m.w.seams.sender != nil {
				s = m.w.seams.sender(s, m.w)
			}
			report, err := box.Drain(context.Background(), s)
			m.locked = false
			m.drained(report, err)
		})
	})
}

func (m *machine) drained(report outbox.Report, err error) {
	m.single = m.single && (err != nil || report.Mirror != nil)
	m.alarm++
	mine := m.alarm
	wait := time.Hour
	switch {
	case err != nil:
		wait = 30 * time.Second
		m.w.barred = 0
	case m.again:
		wait, m.again = 0, false
	case !report.Next.IsZero():
		wait = max(report.Next.Sub(m.clock()), time.Second)
	case report.Pending == 0:
		return
	}
	m.w.after(min(wait, 25*time.Hour), func() {
		if mine == m.alarm {
			m.wake(0)
		}
	})
}

// rot harms the fragile store, unless the other one could not take its copies:
// nobody outlives both at once.
func (m *machine) rot() {
	w, a := m.w, m.fragile
	if len(a.records) == 0 || m.single {
		return
	}
	i := w.n(len(a.records))
	value := a.records[i].Value
	switch w.n(5) {
	case 0:
		w.hit("store gone")
		a.records = nil
	case 1:
		w.hit("record gone")
		a.put(a.records[i].Key, nil)
	case 2:
		w.hit("record cut off")
		a.put(a.records[i].Key, value[:w.n(len(value)+1)])
	default:
		w.hit("record changed")
		other := append([]byte(nil), value...)
		for range 1000 {
			if at := w.n(len(other) + 1); at < len(other) && other[at] >= '0' && other[at] <= '9' {
				other[at] = '0' + (other[at]-'0'+byte(1+w.n(9)))%10
				break
			}
		}
		a.put(a.records[i].Key, other)
	}
	w.barred = 0
}

var _ store.Store = handle{}
