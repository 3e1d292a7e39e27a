package gateway

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

// outcome is the one table from where an entry stands to what the rep's program is
// told. What cannot change any more is stored.
func (w *work) outcome(ctx context.Context, e outbox.Entry, report outbox.Report) (answer, error) {
	due := int64(0)
	if e.State == outbox.Uncertain || e.State == outbox.Done && !e.Next.IsZero() {
		due = max(millis(e.Next), 1)
	}
	var a answer
	switch e.State {
	case outbox.Done:
		return w.done(ctx, e, report, due)
	case outbox.Refused:
		p := problemOf(failureOf(e))
		p.more = func(j *wire.Writer) { j.Member("state").String(string(e.State)) }
		a = p.answer()
		return a, w.g.settle(ctx, w.o, a, string(e.Target()), "refused: "+string(e.Failure.Kind), 0, w.learned(nil)...)
	case outbox.Uncertain, outbox.Sending:
		a = underWay(string(e.State), seconds(w.wait(e.Next)))
	case outbox.Asking:
		a = w.question(e)
	case outbox.Discarded:
		p := problemOf(&crm.Error{Kind: crm.Conflict, Message: "This write was discarded. A new one needs a new id."})
		a = p.answer()
		return a, w.g.settle(ctx, w.o, a, string(e.Target()), "discarded", 0)
	case outbox.Blocked:
		a = problemOf(failureOf(e)).answer()
	default:
		failure := crm.AsError(failureOf(e))
		failure.RetryAfter = w.wait(later(e.Next, report.Next))
		if failure.Kind != crm.RateLimited {
			failure.Kind = crm.Unavailable
		}
		a = problemOf(failure).answer()
	}
	steps := append(w.learned(report.Stored), w.g.audited(w.o, string(e.Target()), auditResult(e)))
	if _, err := w.g.db.Batch(ctx, steps...); err != nil {
		return answer{}, err
	}
	return a, w.g.release(ctx, w.o, due)
}

// auditResult names what is not the end.
func auditResult(e outbox.Entry) string {
	if e.State == outbox.Asking {
		return "asking: " + string(e.Question)
	}
	return string(e.State)
}

// done answers with the opportunity as Apollo has it.
func (w *work) done(ctx context.Context, e outbox.Entry, report outbox.Report, due int64) (answer, error) {
	var stored crm.Opportunity
	for _, o := range report.Stored {
		if o.ID == e.Opportunity {
			stored = o
		}
	}
	if stored.ID == "" && e.Opportunity != "" {
		// Who found it died before it was told.
		seen, _, err := w.send.View(ctx, e.Opportunity)
		if err != nil && crm.KindOf(err) != crm.NotFound {
			return answer{}, err
		}
		stored = seen
	}
	j := new(wire.Writer).BeginObject()
	j.Member("state").String(string(e.State)).Member("opportunity")
	learned := w.learned(nil)
	if stored.ID == "" {
		j.BeginObject().Member("id").String(string(e.Opportunity)).EndObject()
	} else {
		writeOpportunity(j, stored)
		learned = append(learned, keepOpportunities(w.o.team, []crm.Opportunity{stored}, w.g.clock()))
	}
	j.Member("differences").BeginArray()
	for _, d := range e.Differences {
		j.BeginObject().Member("field").String(memberOf(d.Field)).Member("sent").String(d.Sent).Member("stored").String(d.Stored).EndObject()
	}
	j.EndArray()
	a := answer{status: 200, body: j.EndObject().Bytes()}
	if w.o.name == createOpportunity {
		a.status = 201
	}
	return a, w.g.settle(ctx, w.o, a, string(e.Opportunity), "done", due, learned...)
}

// question tells what the outbox asks the rep, and what it found.
func (w *work) question(e outbox.Entry) answer {
	p := problemOf(failureOf(e))
	p.code, p.title = "question", "The rep must decide"
	p.more = func(j *wire.Writer) {
		j.Member("state").String(string(e.State)).Member("question").String(string(e.Question))
		j.Member("revision").Int(e.Revision).Member("found").BeginArray()
		for _, id := range e.Found {
			j.String(string(id))
		}
		j.EndArray().Member("conflicts").BeginArray()
		for _, c := range e.Conflicts {
			j.BeginObject().Member("field").String(memberOf(c.Field)).Member("base").String(c.Base)
			j.Member("theirs").String(c.Theirs).Member("ours").String(c.Ours).EndObject()
		}
		j.EndArray()
	}
	return p.answer()
}

// learned is what the index learns on the way.
func (w *work) learned(stored []crm.Opportunity) (steps []Statement) {
	now := w.g.clock()
	if len(w.made) > 0 {
		steps = append(steps, keepAccounts(w.o.team, w.made, now))
	}
	if len(stored) > 0 {
		steps = append(steps, keepOpportunities(w.o.team, stored, now))
	}
	return steps
}

// wait is how long until a time, at least a second.
func (w *work) wait(until time.Time) time.Duration {
	return max(until.Sub(w.g.clock()), time.Second)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func failureOf(e outbox.Entry) error {
	if e.Failure == nil {
		return &crm.Error{Kind: crm.Unavailable, Message: "Apollo has not answered of late. The gateway tries again a little later."}
	}
	return &crm.Error{Kind: e.Failure.Kind, Field: e.Failure.Field, Message: e.Failure.Message, Parts: e.Failure.Parts}
}
