package outbox

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Report says what a Drain did and left.
type Report struct {
	Stored  []crm.Opportunity // as Apollo has them now
	Made    []crm.Account     // accounts found or made on the way
	Pending int               // entries that are not done
	Next    time.Time         // when the next thing is due; zero if nothing waits for time
	Mirror  error             // why the second copy is not complete
}

// drain is one run of Drain.
type drain struct {
	*Box
	ctx      context.Context
	answered context.Context // for what must be kept even if the caller has given up
	sender   Sender
	note     note
	entries  []*Entry // in the order in which the rep saved
	report   Report
}

// Drain does what is due: it sends, looks for what may have been sent, and drops
// what is over. It must not run twice at once on the same stores: an entry that
// it finds in state Sending is taken to be left by a sender that died. Failures
// of single entries are kept in the entries; the error is one of the primary.
func (b *Box) Drain(ctx context.Context, sender Sender) (Report, error) {
	d := &drain{Box: b, ctx: ctx, answered: context.WithoutCancel(ctx), sender: sender}
	if err := d.begin(); err != nil {
		return d.report, err
	}
	err := d.run()
	now := b.Clock()
	for _, e := range d.entries {
		if e.Pending() {
			d.report.Pending++
		}
		d.next(e, now)
	}
	return d.report, err
}

// begin reads and mends what there is.
func (d *drain) begin() error {
	pairs, primaryErr, err := d.load(d.ctx)
	if err := cmp.Or(primaryErr, err); err != nil {
		return err
	}
	if d.note, err = d.Box.note(d.ctx); err != nil {
		return err
	}
	for i := range pairs {
		p := &pairs[i]
		if p.err != nil {
			continue
		}
		if err := d.heal(d.ctx, p); err != nil && p.recovered {
			return err
		} else if err != nil {
			d.report.Mirror = err
		}
		d.entries = append(d.entries, &p.Entry)
	}
	crm.Sort(d.entries, func(x, y *Entry) int {
		return cmp.Or(cmp.Compare(x.Seq, y.Seq), x.Saved.Compare(y.Saved), cmp.Compare(x.ID, y.ID))
	})
	return d.sweep()
}

// sweep settles what a sender that died left behind, and drops what is over and
// old enough.
func (d *drain) sweep() error {
	now := d.Clock()
	kept := make([]*Entry, 0, len(d.entries))
	for _, e := range d.entries {
		age := now.Sub(e.Changed)
		over := e.State == Discarded && age > d.policy.Undo ||
			e.State == Done && age > d.policy.Keep && (!d.watching(e) || age > 2*d.policy.Keep) && !d.awaited(e)
		if gone, err := d.drop(e, over, now); err != nil {
			return err
		} else if gone {
			continue
		}
		if e.State == Sending {
			if _, err := d.change(d.ctx, e, func(e *Entry) {
				cause := crm.Error{Kind: crm.Uncertain, Message: "The browser stopped while this was being sent. It may have reached Apollo, or not."}
				d.unanswered(e, &cause)
			}); err != nil {
				return err
			}
		}
		kept = append(kept, e)
	}
	d.entries = kept
	return nil
}

// drop removes what is over, some time after it was first found to be: a clock
// that was put forward makes everything old at once, also what a popup is about to
// save once more, or what another sender has in its hands.
func (d *drain) drop(e *Entry, over bool, now time.Time) (gone bool, err error) {
	found := e.Over
	switch {
	case over && !found.IsZero() && !now.Before(found.Add(d.policy.Linger)):
		return d.remove(d.ctx, e.ID, e.Revision)
	case over && (found.IsZero() || now.Before(found)):
		found = stamp(now)
	case !over:
		found = time.Time{}
	}
	if !found.Equal(e.Over) {
		_, err = d.change(d.ctx, e, func(e *Entry) { e.Over = found })
	}
	return false, err
}

// awaited says whether an update waits for the opportunity that e made.
func (d *drain) awaited(e *Entry) bool {
	return slices.ContainsFunc(d.entries, func(o *Entry) bool {
		return o.After == e.ID && o.Pending() && o.Opportunity == ""
	})
}

// run goes on until nothing more is due. Each entry has one turn; one that
// waited for another gets it when that is settled.
func (d *drain) run() error {
	turns := slices.Clone(d.entries)
	crm.Sort(turns, func(x, y *Entry) int { return cmp.Compare(x.Next.UnixMilli(), y.Next.UnixMilli()) })
	for progress := true; progress; {
		progress = false
		waiting := turns[:0]
		for _, e := range turns {
			now := d.Clock()
			switch {
			case !d.note.locked() && d.paused(now):
				return nil
			case !d.wants(e) || !e.due(now) || e.State != Queued && d.paused(now):
				continue
			case d.held(e):
				waiting = append(waiting, e)
				continue
			}
			if err := d.turn(e); err != nil {
				return err
			}
			progress = true
		}
		turns = waiting
	}
	return nil
}

// wants says whether there is something to do for an entry once it is due.
func (d *drain) wants(e *Entry) bool {
	switch e.State {
	case Queued:
		return true
	case Uncertain:
		return true
	case Done:
		return d.watching(e)
	}
	return false
}

// paused says whether no request may leave. With a key that was refused one
// goes out now and then, to look for what is uncertain.
func (d *drain) paused(now time.Time) bool {
	return !due(d.note.Until, d.note.Since, now) ||
		d.note.locked() && !due(d.note.Locked.Add(d.policy.MaxPause), d.note.Locked, now)
}

func (d *drain) turn(e *Entry) error {
	switch {
	case e.State == Done:
		return d.watch(e)
	case d.note.locked() && (e.State == Queued || d.repeatable(e)):
		return d.edit(e, func(e *Entry) {
			e.Suspect = e.State == Uncertain
			e.State = Blocked
			e.Failure = &Failure{Kind: crm.Unauthorized, Message: "Apollo did not accept the API key. Check it in Dealmark's settings."}
		})
	}
	if c, ok := e.Command.(crm.Create); ok {
		return d.create(e, c)
	}
	u, _ := e.Command.(crm.Update)
	return d.update(e, u)
}

// held says whether an update waits for an earlier one of its opportunity, or
// for the create that makes that. Others never wait for each other.
func (d *drain) held(e *Entry) bool {
	if _, ok := e.Command.(crm.Update); !ok || e.State == Done {
		return false
	}
	target := e.Target()
	for _, o := range d.entries {
		switch {
		case o == e:
			return false
		case !o.Pending() || o.State == Refused:
		case o.ID == e.After:
			return true
		case target == "":
			if o.After == e.After {
				return true
			}
		case o.Target() == target:
			return true
		}
	}
	return false
}

// next takes an entry into account for the report. One that is due and still
// here waits for another entry, not for time, unless everything pauses.
func (d *drain) next(e *Entry, now time.Time) {
	if !d.wants(e) {
		return
	}
	var at time.Time
	for _, wait := range []struct{ next, since time.Time }{
		{e.Next, e.Since}, {d.note.Until, d.note.Since}, {d.note.Locked.Add(d.policy.MaxPause), d.note.Locked},
	} {
		if !due(wait.next, wait.since, now) && wait.next.After(at) {
			at = wait.next
		}
	}
	if at.After(now) && (d.report.Next.IsZero() || at.Before(d.report.Next)) && !d.held(e) {
		d.report.Next = at
	}
}

// edit writes what was found out about an entry. Another sender's hand on it
// meanwhile is left alone.
func (d *drain) edit(e *Entry, edit func(*Entry)) error {
	_, err := d.change(d.answered, e, edit)
	return err
}

// answer writes how a request of the command ended. If somebody took its sender
// for dead meanwhile, the answer still counts, unless another request followed.
func (d *drain) answer(e *Entry, edit func(*Entry)) error {
	for {
		attempts := e.Attempts
		if ok, err := d.change(d.answered, e, edit); ok || err != nil {
			return err
		}
		p, err := d.one(d.answered, e.ID)
		open := p.State == Sending || p.State == Uncertain || p.State == Asking
		if err != nil || p.err != nil || !open || p.Attempts != attempts {
			return err
		}
		*e = p.Entry
	}
}
