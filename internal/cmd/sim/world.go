package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// world is one seed's: a team's Apollo, a rep's machine, and what goes wrong.
type world struct {
	loop
	truth
	rules
	random *rand.Rand
	tally  *tally
	hash   uint64

	machine    machine
	ops        []*operation
	none       operation        // for requests that belong to none
	gateway    map[string]*kept // what the team's gateway knows, by the entries' ids
	newer      []byte           // a record of a version that is yet to come
	dropped    []string         // the keys of what was over and taken out of a store
	upgrade    bool             // an update is installed midway
	heal       time.Duration
	rate       int  // of network faults
	revoked    bool // the key
	forbidden  bool // the permission to reach Apollo
	full       bool // the storage
	offline    bool
	storm      time.Duration // until when all is 429
	tagless    bool          // the team's Apollo drops tags
	unfiltered bool          // Apollo ignores every filter for a while
	beyond     bool          // commits may come later than anybody promised
	reverted   bool          // a disk lost what it had called written
	jumpy      bool          // the clock jumps again and again
	jumped     bool          // the clock was put forward
	exceeded   bool          // … and one did
	barred     time.Duration // no request before, said a 429
	faults     []string      // found by the oracles
	settled    bool          // the end is near: no more of the rep's surprises
}

const (
	day    = 24 * time.Hour
	length = day + 50*time.Minute
)

// epoch is when every seed begins, by Apollo's clock.
var epoch = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)

func (w *world) server() time.Time { return epoch.Add(w.now) }

func (w *world) faulty() bool { return w.now < w.heal }

func (w *world) n(below int) int { return w.random.IntN(below) }

func (w *world) chance(p float64) bool { return w.random.Float64() < p }

func (w *world) within(d time.Duration) time.Duration {
	return time.Duration(w.random.Int64N(int64(d)))
}

// hit counts a fault that struck.
func (w *world) hit(name string) {
	w.tally.hits[name]++
	w.trace(len(name))
	if w.story != nil {
		w.tell("%s", name)
	}
}

// tell writes down what happens, for who looks into a seed.
func (w *world) tell(format string, args ...any) {
	if w.story != nil {
		fmt.Fprintf(w.story, "%14v  %s\n", w.now, fmt.Sprintf(format, args...))
	}
}

func (w *world) trace(x int) {
	w.hash = (w.hash ^ uint64(x) ^ uint64(w.now)) * 0x100000001b3
}

// wrong keeps what must never happen.
func (w *world) wrong(kind, what string) {
	w.tally.wrong[kind]++
	w.faults = append(w.faults, kind+": "+what)
}

// requests counts a request that leaves, and what may not leave.
func (w *world) requests(op *operation, c *contextOf) {
	w.tally.requests++
	op.requests++
	w.trace(op.requests)
	if w.story != nil {
		w.tell("a request for %s", op.name)
	}
	if w.now < w.barred && !w.machine.unlocked && !w.seams.noLock {
		w.wrong("early", "a request "+(w.barred-w.now).String()+" before a 429 allows it")
	}
	if op != &w.none && op.requests == 80 {
		w.wrong("storm", "80 requests for "+op.name)
	}
}

func (w *world) limited(retry time.Duration, c *contextOf) {
	w.barred = max(w.barred, w.now+retry)
}

// operation is one thing that the rep wants.
type operation struct {
	name     string // of a create's opportunity
	form     string
	command  crm.Command
	after    *operation // the create whose opportunity it changes
	deal     crm.OpportunityID
	acked    bool // "Saved" was shown
	legacy   bool // the version before had it
	dropped  bool // Apollo said that it stored it, and did not
	poisoned bool // the search for its name never works
	refused  bool // Apollo refuses it
	requests int
	seq      int  // the entry's
	waived   bool // the rep let it go
	told     bool // the rep was told that there are two
	ignored  bool // Apollo answered, and did not store a field
	stored   bool
	decided  map[crm.Field]string // what the rep saw of others, and overwrote
	theirs   map[crm.Field]bool   // what the rep left as it was
}

func (w *world) named(name string) *operation {
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "deal ")); err == nil && n < len(w.ops) {
		return w.ops[n]
	}
	return &w.none
}

func (w *world) changing(crm.OpportunityID) *operation { return &w.none }

// wanting is the operation of an update: each wants an amount of its own.
func (w *world) wanting(u crm.Update) *operation {
	n, _ := strconv.Atoi(u.Want.Amount.Text())
	return w.ops[n-1000]
}

// overwrites looks for a colleague's change that the update takes back unseen.
func (w *world) overwrites(op *operation, u crm.Update) {
	d := w.deal(u.ID)
	base := op.command.(crm.Update).Base
	for _, f := range u.Fields {
		there, a := d.Text(f), d.author(f)
		old := a.colleague && a.at <= w.now-2*time.Second
		if decided, ok := op.decided[f]; ok && decided == there {
			continue
		}
		if old && there != base.Text(f) && there != u.Want.Text(f) {
			w.wrong("overwritten", op.form+" takes back a colleague's "+string(f))
		}
	}
}

// clashes looks for a question about a field that nobody else has changed: where
// Apollo only spells otherwise what the rep saw.
func (w *world) clashes(op *operation, e outbox.Entry) {
	d := w.deal(w.target(op, op.command.(crm.Update)))
	for _, c := range e.Conflicts {
		if _, _, custom := c.Field.Custom(); custom && c.Decision == outbox.Undecided && d != nil && d.Text(c.Field) == c.Base {
			w.wrong("asked", op.form+" is asked about "+string(c.Field)+", which nobody has changed")
		}
	}
}

// ordered looks for a change that comes after a later one of the same rep. Where
// a disk lost what was done, both are sent again, in their order; where the clock
// was put forward, what is done is dropped early, and the count begins again.
func (w *world) ordered(op *operation) {
	op.stored = true
	for _, later := range w.ops {
		u, ok := later.command.(crm.Update)
		if ok && later.stored && !w.reverted && !w.jumped && op.seq > 0 && later.seq > op.seq && !op.waived && len(op.decided)+len(op.theirs) == 0 && !w.exceeded && w.target(later, u) == w.target(op, op.command.(crm.Update)) {
			w.wrong("disordered", op.form+" was stored after "+later.form)
		}
	}
}

func (w *world) target(op *operation, u crm.Update) crm.OpportunityID {
	if op.after == nil {
		return u.ID
	}
	if made := w.made(op.after); len(made) > 0 {
		return made[0].ID
	}
	return ""
}
