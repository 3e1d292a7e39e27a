package outbox

import (
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// unsent keeps why a step before the command itself failed: but for the kinds
// that decide something, it leaves the command to be tried again. What may have
// been sent before stays uncertain.
func (d *drain) unsent(e *Entry, cause *crm.Error, decisive ...crm.Kind) error {
	decided := append(decisive, crm.Unauthorized, crm.Forbidden, crm.RateLimited)
	if !slices.Contains(decided, cause.Kind) {
		cause = &crm.Error{Kind: crm.Unavailable, Message: cause.Message, Parts: cause.Parts, Err: cause.Err}
	}
	return d.edit(e, func(e *Entry) {
		if e.State != Uncertain || d.repeatable(e) || slices.Contains(decisive, cause.Kind) {
			unsure := e.State == Uncertain
			d.failed(e, cause)
			// A look that finds no opportunity says nothing of a change under way to it.
			e.Suspect = e.Suspect || unsure && e.State == Refused
			return
		}
		e.Failures++
		wait := max(d.wait(e, cause), d.policy.Look)
		if cause.Kind == crm.Forbidden {
			d.blank(e)
			wait = d.policy.MaxWait
		}
		d.after(e, wait)
		if e.Check.Blanks >= d.policy.Blanks {
			e.ask(Unconfirmed, e.Found, cause.Message, cause.Parts...)
		}
	})
}

// failed is the one table from an error's kind to what becomes of an entry.
func (d *drain) failed(e *Entry, cause *crm.Error) {
	e.Failure = &Failure{Kind: cause.Kind, Field: cause.Field, Message: cause.Message, Parts: cause.Parts}
	e.Question = NoQuestion
	e.Failures++
	if cause.Kind == crm.Conflict && d.repeatable(e) {
		// The receiver does as this box would where it can tell no more: it asks.
		e.ask(Unconfirmed, nil, cause.Message, cause.Parts...)
		return
	}
	switch cause.Kind {
	case crm.Invalid, crm.NotFound, crm.Conflict:
		e.State = Refused
	case crm.Unauthorized, crm.Forbidden:
		e.State = Blocked
		e.Suspect = e.Suspect || d.open(e)
	case crm.RateLimited, crm.Unavailable:
		e.State = Queued
		if d.open(e) {
			e.State = Uncertain
		}
		d.after(e, d.wait(e, cause))
	default:
		d.unanswered(e, cause)
	}
}

// unanswered is for a request whose end is not known.
func (d *drain) unanswered(e *Entry, cause *crm.Error) {
	e.uncertain(cause)
	wait := d.policy.Look
	if d.repeatable(e) {
		wait = d.wait(e, cause)
	}
	d.after(e, wait)
}

// repeatable says whether an entry may be sent again whatever became of it:
// whoever got it knows it by its id.
func (b *Box) repeatable(e *Entry) bool { return b.policy.Idempotent && e.Keyed }

// open says whether an earlier request of an entry may still be carried out. One
// that is not repeatable is not sent before that is known.
func (d *drain) open(e *Entry) bool { return d.repeatable(e) && e.Doubted }

// wait is how long to wait after a failure that is worth another try.
func (d *drain) wait(e *Entry, cause *crm.Error) time.Duration {
	if cause.Kind == crm.RateLimited && cause.RetryAfter > 0 {
		return d.retryAfter(cause)
	}
	return d.jitter(doubled(d.policy.FirstWait, d.policy.MaxWait, e.Failures-1))
}

// done ends an entry, at a time by Apollo's clock. Where there was doubt, a
// second opportunity may turn up.
func (d *drain) done(e *Entry, o crm.Opportunity, differences []crm.Difference, at time.Time) {
	e.State, e.Question, e.Failure, e.Failures, e.Found = Done, NoQuestion, nil, 0, nil
	e.Opportunity, e.Differences = o.ID, differences
	e.Next, e.Since, e.Check = time.Time{}, time.Time{}, Check{}
	if d.watching(e) {
		e.Check.From = stamp(at)
		d.after(e, d.policy.Watch[e.Watched])
	}
}
