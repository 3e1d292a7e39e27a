package main

import (
	"iter"
	"time"
)

// loop is a discrete-event loop: time is what the next event says.
type loop struct {
	now    time.Duration // since the seed's beginning, by nobody's clock
	seq    int
	events []event // a heap
}

type event struct {
	at  time.Duration
	seq int
	do  func()
}

func (e event) before(o event) bool { return e.at < o.at || e.at == o.at && e.seq < o.seq }

// after has something done later.
func (l *loop) after(wait time.Duration, do func()) {
	l.seq++
	l.events = append(l.events, event{l.now + max(wait, 0), l.seq, do})
	for i := len(l.events) - 1; i > 0; {
		parent := (i - 1) / 2
		if !l.events[i].before(l.events[parent]) {
			break
		}
		l.events[i], l.events[parent] = l.events[parent], l.events[i]
		i = parent
	}
}

// run does all events until the end.
func (l *loop) run(end time.Duration) {
	for len(l.events) > 0 && l.events[0].at <= end {
		e := l.events[0]
		last := len(l.events) - 1
		l.events[0] = l.events[last]
		l.events = l.events[:last]
		for i := 0; ; {
			child := 2*i + 1
			if child >= last {
				break
			}
			if child+1 < last && l.events[child+1].before(l.events[child]) {
				child++
			}
			if !l.events[child].before(l.events[i]) {
				break
			}
			l.events[i], l.events[child] = l.events[child], l.events[i]
			i = child
		}
		l.now = e.at
		e.do()
	}
}

// process is code that waits within the loop: a context of the extension. It is
// cut off at a wait, as a browser cuts off a worker at an await.
type process struct {
	loop  *loop
	yield func(time.Duration) bool
	next  func() (time.Duration, bool)
	stop  func()
	dead  bool
}

type killed struct{}

// spawn runs f as a process, from now on.
func (l *loop) spawn(f func(*process)) *process {
	p := &process{loop: l}
	p.next, p.stop = iter.Pull(func(yield func(time.Duration) bool) {
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(killed); !ok {
					panic(r)
				}
			}
		}()
		p.yield = yield
		f(p)
	})
	l.after(0, p.resume)
	return p
}

func (p *process) resume() {
	if p.dead {
		return
	}
	wait, ok := p.next()
	if !ok {
		p.dead = true
		return
	}
	p.loop.after(wait, p.resume)
}

// sleep lets others go on meanwhile.
func (p *process) sleep(d time.Duration) {
	if p.dead || !p.yield(d) {
		panic(killed{})
	}
}

// kill ends another process at its wait.
func (p *process) kill() {
	if !p.dead {
		p.dead = true
		p.stop()
	}
}
