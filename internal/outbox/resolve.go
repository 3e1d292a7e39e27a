package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Retry has an entry sent at once: one that waits, was refused or is blocked. It
// refuses whatever may have reached Apollo, with kind Conflict: a button that
// was drawn before that is known must not send it again.
func (b *Box) Retry(ctx context.Context, id string) error {
	err := b.resolve(ctx, id, func(e *Entry) error {
		switch e.State {
		case Queued, Refused, Blocked:
			e.requeue()
			return nil
		}
		return refusal(e)
	})
	if err != nil {
		return err
	}
	return b.unlock(ctx)
}

// Resend is the rep's word on an entry that asks: Apollo does not have it, send
// it; or, of a conflict, take what the rep typed. Seen is the entry as the rep
// saw it: if it moved on meanwhile, that is an error of kind Conflict.
func (b *Box) Resend(ctx context.Context, seen Entry) error {
	return b.resolve(ctx, seen.ID, func(e *Entry) error {
		switch {
		case e.State != Asking || e.Question == Duplicate:
			return refusal(e)
		case e.Revision != seen.Revision:
			return errMoved
		}
		for _, found := range e.Found {
			e.Known = append(e.Known[:len(e.Known):len(e.Known)], found)
		}
		if e.Question == Unconfirmed && b.repeatable(e) {
			e.Round++ // under its id the receiver would ask again
		}
		e.decide(TakeOurs)
		e.Found = nil
		e.requeue()
		return nil
	})
}

// Settle is the rep's word that Apollo has what an entry asks for; or, of a
// conflict, that what is there shall stay. It also ends an uncertain entry. One
// that was not sent would be lost: that is an error of kind Conflict.
func (b *Box) Settle(ctx context.Context, id string) error {
	return b.resolve(ctx, id, func(e *Entry) error {
		switch {
		case e.State == Asking && e.Question == Clash:
			e.decide(TakeTheirs)
			e.requeue()
		case e.State == Asking || e.State == Uncertain:
			if e.Question == Exists && len(e.Found) == 1 {
				e.Opportunity = e.Found[0]
			}
			if e.Question == Duplicate {
				e.Watched = len(b.policy.Watch)
			}
			e.State, e.Question, e.Failure, e.Found = Done, NoQuestion, nil, nil
			e.Next, e.Since, e.Check = time.Time{}, time.Time{}, Check{}
			if b.watching(e) {
				b.after(e, b.policy.Watch[e.Watched])
			}
		case e.State == Done:
			return errDone
		default:
			return errNotUncertain
		}
		return nil
	})
}

// Decide is the rep's word on each field of a conflict. Every field that is asked
// about needs one, else that is an error of kind Invalid. Seen is as for
// [Box.Resend].
func (b *Box) Decide(ctx context.Context, seen Entry, decisions map[crm.Field]Decision) error {
	return b.resolve(ctx, seen.ID, func(e *Entry) error {
		switch {
		case e.State != Asking || e.Question != Clash:
			return refusal(e)
		case e.Revision != seen.Revision:
			return errMoved
		}
		conflicts := append([]Conflict(nil), e.Conflicts...)
		for i := range conflicts {
			if c := &conflicts[i]; c.Decision == Undecided {
				if c.Decision = decisions[c.Field]; c.Decision != TakeOurs && c.Decision != TakeTheirs {
					return &crm.Error{Kind: crm.Invalid, Field: c.Field, Message: "Choose yours or theirs for each field; nothing was sent."}
				}
			}
		}
		e.Conflicts, e.Found = conflicts, nil
		e.requeue()
		return nil
	})
}

func (e *Entry) decide(d Decision) {
	conflicts := make([]Conflict, len(e.Conflicts))
	for i, c := range e.Conflicts {
		if c.Decision == Undecided {
			c.Decision = d
		}
		conflicts[i] = c
	}
	if len(conflicts) > 0 {
		e.Conflicts = conflicts
	}
}

// Discard takes an entry out of the queue; [Box.Restore] takes that back for a
// while. One that cannot be read is forgotten at once.
func (b *Box) Discard(ctx context.Context, id string) error {
	p, err := b.one(ctx, id)
	switch {
	case err != nil:
		return err
	case p.primary == nil && p.mirror == nil:
		return nil
	case p.err != nil:
		_, err := b.remove(ctx, id, -1)
		return err
	}
	return b.resolve(ctx, id, func(e *Entry) error {
		if e.State != Discarded {
			e.Was, e.State = e.State, Discarded
		}
		return nil
	})
}

// Restore takes a Discard back: the entry is where it was.
func (b *Box) Restore(ctx context.Context, id string) error {
	return b.resolve(ctx, id, func(e *Entry) error {
		if e.State != Discarded {
			return refusal(e)
		}
		e.State, e.Was = e.Was, ""
		if e.Suspect && (e.State == Queued || e.State == Uncertain) {
			e.doubtAgain()
		}
		return nil
	})
}

// Unblock queues what waits for a key or a right: the settings have changed.
// An entry that somebody else moves on meanwhile is left to them.
func (b *Box) Unblock(ctx context.Context) error {
	entries, _, err := b.List(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for i := range entries {
		if e := &entries[i]; e.State == Blocked {
			_, err := b.change(ctx, e, (*Entry).requeue)
			failed = append(failed, err)
		}
	}
	return errors.Join(append(failed, b.unlock(ctx))...)
}

var (
	errUnderWay     = &crm.Error{Kind: crm.Conflict, Message: "This is being sent at the moment. Try again in a few seconds."}
	errDone         = &crm.Error{Kind: crm.Conflict, Message: "This is done: Apollo has it. Nothing was sent again."}
	errNotUncertain = &crm.Error{Kind: crm.Conflict, Message: "This was not sent to Apollo yet. Send it or discard it."}
	errUncertain    = &crm.Error{Kind: crm.Conflict, Message: "This may have reached Apollo. Dealmark finds out and asks you if it cannot; nothing was sent again."}
	errMoved        = &crm.Error{Kind: crm.Conflict, Message: "This has changed since you saw it. Look again; nothing was sent."}
	errGone         = &crm.Error{Kind: crm.Conflict, Message: "This was discarded. Take that back first."}
)

// refusal says why the rep's word does not fit the entry.
func refusal(e *Entry) error {
	switch e.State {
	case Done:
		return errDone
	case Uncertain, Asking:
		return errUncertain
	case Discarded:
		return errGone
	}
	return errNotUncertain
}

// resolve edits an entry that is not under way, unless edit refuses.
func (b *Box) resolve(ctx context.Context, id string, edit func(*Entry) error) error {
	entry, err := b.Find(ctx, id)
	if err != nil {
		return err
	}
	if entry.State == Sending {
		return errUnderWay
	}
	edited := entry
	if err := edit(&edited); err != nil {
		return err
	}
	ok, err := b.change(ctx, &entry, func(e *Entry) { *e = edited })
	if err == nil && !ok {
		err = errUnderWay
	}
	return err
}
