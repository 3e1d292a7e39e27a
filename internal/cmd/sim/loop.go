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
	stacks *stacks
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
	loop *loop
	work func(*process)
	on   *coroutine // nil before it began and after its end
	dead bool
}

type killed struct{}

// spawn runs f as a process, from now on.
func (l *loop) spawn(f func(*process)) *process {
	p := &process{loop: l, work: f}
	l.after(0, p.resume)
	return p
}

func (p *process) resume() {
	if p.dead {
		return
	}
	if p.on == nil {
		p.on = p.loop.stacks.take()
		p.on.runs = p
	}
	wait, _ := p.on.next()
	if wait == ended {
		p.dead = true
		p.loop.stacks.give(p.on)
		return
	}
	p.loop.after(wait, p.resume)
}

// sleep lets others go on meanwhile.
func (p *process) sleep(d time.Duration) {
	p.on.yield(d)
	if p.dead {
		panic(killed{})
	}
}

// kill ends another process at its wait.
func (p *process) kill() {
	if p.dead {
		return
	}
	if p.dead = true; p.on != nil {
		p.on.next()
		p.loop.stacks.give(p.on)
	}
}

// coroutine is a stack that runs one process after the other: a new one would
// have to grow first.
type coroutine struct {
	runs  *process
	yield func(time.Duration) bool
	next  func() (time.Duration, bool)
	stop  func()
}

// ended is what a coroutine gives instead of a wait when its process is over.
const ended time.Duration = -1

func newCoroutine() *coroutine {
	c := &coroutine{}
	c.next, c.stop = iter.Pull(func(yield func(time.Duration) bool) {
		c.yield = yield
		for more := true; more; more = yield(ended) {
			c.run()
		}
	})
	return c
}

func (c *coroutine) run() {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(killed); !ok {
				panic(r)
			}
		}
	}()
	c.runs.work(c.runs)
}

// stacks are the coroutines that no process runs on.
type stacks struct{ idle []*coroutine }

func (s *stacks) take() *coroutine {
	last := len(s.idle) - 1
	if last < 0 {
		return newCoroutine()
	}
	c := s.idle[last]
	s.idle = s.idle[:last]
	return c
}

func (s *stacks) give(c *coroutine) { s.idle = append(s.idle, c) }

// end lets go of them all.
func (s *stacks) end() {
	for _, c := range s.idle {
		c.stop()
	}
	s.idle = nil
}
