package outbox

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Sender carries commands to Apollo. Its errors are of type *crm.Error; their
// kind decides what becomes of the entry.
type Sender interface {
	// Health tries the network and the key without changing anything.
	Health(context.Context) error
	// FindOrCreateAccount may be repeated: it makes no second account.
	FindOrCreateAccount(context.Context, crm.NewAccount) (crm.Account, error)
	CreateOpportunity(context.Context, crm.Values) (crm.Opportunity, []crm.Difference, error)
	UpdateOpportunity(context.Context, crm.Update) (crm.Opportunity, []crm.Difference, error)
}

// Report says what a Drain did and left.
type Report struct {
	Stored  []crm.Opportunity // as Apollo has them now
	Made    []crm.Account     // accounts found or made on the way
	Pending int               // entries that are not done
	Next    time.Time         // when the next one is due; zero if none waits for time
}

// Drain sends what is due. It must not run twice at once on one store: an
// entry that it finds in state Sending is taken to be left by a sender that
// died. Failures of single entries are kept in the entries; the error is one of
// the store.
func (b *Box) Drain(ctx context.Context, sender Sender) (Report, error) {
	var report Report
	entries, _, err := b.List(ctx)
	if err != nil {
		return report, err
	}
	crm.Sort(entries, func(x, y Entry) int {
		return cmp.Or(x.Saved.Compare(y.Saved), cmp.Compare(x.ID, y.ID))
	})
	if entries, err = b.sweep(ctx, entries); err != nil {
		return report, err
	}
	err = b.sendDue(ctx, sender, entries, &report)
	for _, e := range entries {
		if e.Pending() {
			report.Pending++
		}
		// One that is due and still here waits for another entry, not for time.
		if e.State == Queued && e.Next.After(b.clock()) && (report.Next.IsZero() || e.Next.Before(report.Next)) {
			report.Next = e.Next
		}
	}
	return report, err
}

// sweep settles what a sender that died left behind, and drops done entries
// that are old enough.
func (b *Box) sweep(ctx context.Context, entries []Entry) ([]Entry, error) {
	kept := entries[:0]
	for _, e := range entries {
		if e.State == Done && b.clock().Sub(e.Changed) > b.policy.Keep {
			if err := b.Discard(ctx, e.ID); err != nil {
				return entries, err
			}
			continue
		}
		if e.State == Sending {
			if _, err := b.change(ctx, &e, interrupted); err != nil {
				return entries, err
			}
		}
		kept = append(kept, e)
	}
	return kept, nil
}

func interrupted(e *Entry) {
	if e.Step == AccountStep {
		e.State, e.Step = Queued, NoStep
		return
	}
	e.State = Uncertain
	e.Failure = &Failure{Kind: crm.Uncertain, Message: "The browser stopped while this was being sent. It may have reached Apollo, or not."}
}

// sendDue sends in the order in which the rep saved. Entries for different
// opportunities do not wait for each other; a change waits for an earlier one
// of the same opportunity that is not settled.
func (b *Box) sendDue(ctx context.Context, sender Sender, entries []Entry, report *Report) error {
	held := map[crm.OpportunityID]bool{}
	probed := false
	for i := range entries {
		e := &entries[i]
		target := e.opportunity()
		if e.State == Queued && !e.Next.After(b.clock()) && !held[target] {
			if !probed {
				if err := sender.Health(ctx); err != nil {
					return b.postpone(ctx, entries, crm.AsError(err))
				}
				probed = true
			}
			if err := b.send(ctx, sender, e, report); err != nil {
				return err
			}
		}
		if target != "" && e.Pending() && e.State != Refused {
			held[target] = true
		}
	}
	return nil
}

// postpone marks every entry that was due with why nothing can be sent: what
// fails before the first request of a command is never uncertain, and never a
// refusal of the command.
func (b *Box) postpone(ctx context.Context, entries []Entry, cause *crm.Error) error {
	cause = unsent(cause, crm.Unauthorized, crm.Forbidden, crm.RateLimited)
	now := b.clock()
	for i := range entries {
		if e := &entries[i]; e.State == Queued && !e.Next.After(now) {
			if _, err := b.change(ctx, e, func(e *Entry) { e.Attempts++; b.failed(e, cause) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// send takes one entry through its steps. Another sender's hand on the entry
// ends it without a request.
func (b *Box) send(ctx context.Context, sender Sender, e *Entry, report *Report) error {
	// What Apollo answered is kept even if the caller has given up meanwhile.
	answered := context.WithoutCancel(ctx)
	create, isCreate := e.Command.(crm.Create)
	if isCreate && create.NewAccount != nil && e.Account == "" {
		ok, err := b.change(ctx, e, func(e *Entry) { e.State, e.Step, e.Sent = Sending, AccountStep, b.clock() })
		if err != nil || !ok {
			return err
		}
		account, cause := sender.FindOrCreateAccount(ctx, *create.NewAccount)
		if cause != nil {
			failure := unsent(crm.AsError(cause), crm.Unauthorized, crm.Forbidden, crm.RateLimited, crm.Invalid, crm.NotFound, crm.Conflict)
			_, err = b.change(answered, e, func(e *Entry) { e.Attempts++; b.failed(e, failure) })
			return err
		}
		report.Made = append(report.Made, account)
		if ok, err := b.change(answered, e, func(e *Entry) { e.Account = account.ID }); err != nil || !ok {
			return err
		}
	}
	ok, err := b.change(ctx, e, func(e *Entry) {
		e.State, e.Step, e.Sent = Sending, OpportunityStep, b.clock()
		e.Attempts++
	})
	if err != nil || !ok {
		return err
	}
	var stored crm.Opportunity
	var differences []crm.Difference
	var cause error
	switch c := e.Command.(type) {
	case crm.Create:
		values := c.Values
		if e.Account != "" {
			values.AccountID = e.Account
		}
		stored, differences, cause = sender.CreateOpportunity(ctx, values)
	case crm.Update:
		stored, differences, cause = sender.UpdateOpportunity(ctx, c)
	}
	if cause == nil {
		report.Stored = append(report.Stored, stored)
	}
	_, err = b.change(answered, e, func(e *Entry) {
		if cause != nil {
			b.failed(e, crm.AsError(cause))
			return
		}
		e.State, e.Step, e.Failure = Done, NoStep, nil
		e.Opportunity, e.Differences = stored.ID, differences
	})
	return err
}

// unsent is the failure of a step before the command itself: but for the kinds
// that decide something, it leaves the command to be tried again.
func unsent(cause *crm.Error, decisive ...crm.Kind) *crm.Error {
	if slices.Contains(decisive, cause.Kind) {
		return cause
	}
	return &crm.Error{Kind: crm.Unavailable, Message: cause.Message, Err: cause.Err}
}

// failed is the one table from an error's kind to what becomes of an entry.
func (b *Box) failed(e *Entry, cause *crm.Error) {
	e.Failure = &Failure{Kind: cause.Kind, Field: cause.Field, Message: cause.Message}
	step := e.Step
	e.Step = NoStep
	switch cause.Kind {
	case crm.Invalid, crm.NotFound, crm.Conflict:
		e.State = Refused
	case crm.Unauthorized, crm.Forbidden:
		e.State = Blocked
	case crm.RateLimited:
		e.State, e.Next = Queued, b.clock().Add(max(cmp.Or(cause.RetryAfter, b.wait(e.Attempts)), b.policy.FirstWait))
	case crm.Unavailable:
		e.State, e.Next = Queued, b.clock().Add(b.wait(e.Attempts))
	default:
		e.State, e.Step = Uncertain, step
	}
}

// wait is how long to wait after a number of failures.
func (b *Box) wait(attempts int) time.Duration {
	wait := b.policy.FirstWait
	for i := 1; i < attempts && wait < b.policy.MaxWait; i++ {
		wait *= 2
	}
	return min(wait, b.policy.MaxWait)
}
