package main

import (
	"context"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// look is the rep's look into the popup, with an answer a while later: by then
// an entry may have moved on.
func (w *world) look() {
	m := &w.machine
	m.open(func(c *contextOf, box *outbox.Box) {
		entries, _, err := box.List(context.Background())
		if err != nil {
			return
		}
		c.sleep(w.within(20 * time.Second))
		for _, e := range entries {
			i := slices.IndexFunc(w.ops, func(o *operation) bool { return o.form == e.ID })
			if w.answer(box, w.ops[i], e) {
				m.wake(0)
			}
		}
	})
}

// answer does what an honest rep would. It looks into Apollo before it says
// what is there.
func (w *world) answer(box *outbox.Box, op *operation, e outbox.Entry) bool {
	ctx := context.Background()
	switch e.State {
	case outbox.Queued:
		if e.Failure != nil && w.chance(0.1) {
			return box.Retry(ctx, e.ID) == nil
		}
	case outbox.Blocked:
		return !w.revoked && !w.forbidden && box.Retry(ctx, e.ID) == nil
	case outbox.Refused:
		op.waived = true
		return box.Discard(ctx, e.ID) == nil
	case outbox.Uncertain:
		// Buttons that were drawn for another state.
		if w.chance(0.2) && box.Retry(ctx, e.ID) == nil {
			return true
		}
		if w.chance(0.1) {
			e.State = outbox.Asking
			return box.Resend(ctx, e) == nil
		}
		if w.chance(0.02) {
			op.waived = true
			if box.Discard(ctx, e.ID) == nil && w.chance(0.7) && box.Restore(ctx, e.ID) == nil {
				op.waived = false
			}
		}
	case outbox.Asking:
		w.tally.questions[string(e.Question)]++
		if e.Keyed && w.machine.gateway && e.Question == outbox.Unconfirmed {
			w.wrong("asked", op.form+" is asked about, and could be sent again")
		}
		return w.reply(box, op, e)
	}
	return false
}

func (w *world) reply(box *outbox.Box, op *operation, e outbox.Entry) bool {
	ctx := context.Background()
	there := len(w.made(op)) > 0
	switch e.Question {
	case outbox.Duplicate:
		op.told = true
		return box.Settle(ctx, e.ID) == nil
	case outbox.Clash:
		w.clashes(op, e)
		if w.chance(0.5) {
			if op.theirs == nil {
				op.theirs = map[crm.Field]bool{}
			}
			for _, c := range e.Conflicts {
				op.theirs[c.Field] = op.theirs[c.Field] || c.Decision == outbox.Undecided
			}
			return box.Settle(ctx, e.ID) == nil
		}
		if op.decided == nil {
			op.decided = map[crm.Field]string{}
		}
		for _, c := range e.Conflicts {
			if c.Decision == outbox.Undecided {
				op.decided[c.Field] = c.Theirs
			}
		}
	case outbox.Exists:
		// It may have been made after all, and not be what was found.
		if own := w.made(op); there && !slices.Contains(e.Found, own[0].ID) || !there && w.chance(0.3) {
			op.waived = true
			return box.Discard(ctx, e.ID) == nil
		}
	case outbox.Unconfirmed:
		if u, ok := op.command.(crm.Update); ok {
			d := w.deal(w.target(op, u))
			there = d != nil && d.is(u)
		}
	}
	if there && e.Question != outbox.Clash {
		return box.Settle(ctx, e.ID) == nil
	}
	return box.Resend(ctx, e) == nil
}
