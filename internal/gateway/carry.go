package gateway

import (
	"context"
	"slices"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/sender"
)

// boot is the outbox's word for a start of its machine. A database that keeps what
// it has confirmed needs no rule for losses of power, so that all instances at all
// times are one start.
const boot = "gateway"

// sender carries an operation to Apollo.
func (g *Gateway) sender(team Team, c *calls, tag string) outbox.Sender {
	return sender.Apollo{Client: g.saves(team, c).client(), Field: apollo.FieldID(tag)}
}

func (g *Gateway) box(o *operation, tag string) *outbox.Box {
	return outbox.New(outbox.Ports{
		Primary: entries{g, o.team, o.id}, Clock: g.clock, Rand: g.rand, Boot: boot, Field: tag,
	}, g.policy.Outbox)
}

// carry carries an operation out as far as it can be now, and answers what became
// of it. command makes the outbox's command if there is none yet. known are the
// opportunities of the same name that the rep has seen: to find only these is no
// question.
func (q *request) carry(o *operation, command func(context.Context, outbox.Sender) (crm.Command, error), known []crm.OpportunityID) (answer, error) {
	return q.holding(o, func(ctx context.Context) (answer, error) {
		work := &work{g: q.g, o: o, known: known}
		a, err := work.run(ctx, q.team, q.calls, command)
		if err == nil {
			return a, nil
		}
		// The lease is given back even where the database refused something else. If
		// another took over meanwhile and came to an end, that is the answer.
		_ = q.g.release(ctx, o, millis(q.g.clock()))
		if now, lost := q.g.operation(ctx, o.team, o.id); lost == nil && now != nil && now.status != 0 {
			return now.stored(), nil
		}
		return answer{}, err
	})
}

// holding does something for an operation under its lease. One that has come to an
// end is answered as it was then, and one in another request's hands by where it
// stands.
func (q *request) holding(o *operation, do func(context.Context) (answer, error)) (answer, error) {
	if o.status != 0 {
		return o.stored(), nil
	}
	ctx, stop := context.WithTimeout(q.ctx, q.g.policy.Work)
	defer stop()
	letGo, ours, err := q.g.lease(ctx, o)
	if err != nil {
		return answer{}, err
	}
	if !ours {
		return q.elsewhere(ctx, o)
	}
	defer letGo()
	return do(ctx)
}

// elsewhere answers for an operation that another request carries out. That may
// have ended between two looks.
func (q *request) elsewhere(ctx context.Context, o *operation) (answer, error) {
	now, err := q.g.operation(ctx, o.team, o.id)
	if err != nil {
		return answer{}, err
	}
	if now != nil && now.status != 0 {
		return now.stored(), nil
	}
	return underWay(string(outbox.Sending), 1), nil
}

// work is one operation under our lease.
type work struct {
	g     *Gateway
	o     *operation
	known []crm.OpportunityID
	box   *outbox.Box
	send  outbox.Sender
	made  []crm.Account
}

// run drives the operation's outbox.
func (w *work) run(ctx context.Context, team Team, c *calls, command func(context.Context, outbox.Sender) (crm.Command, error)) (answer, error) {
	tag, err := w.g.tag(ctx, team, c)
	if err != nil {
		return answer{}, err
	}
	w.send = w.g.sender(team, c, tag)
	w.box = w.g.box(w.o, tag)
	entry, err := w.box.Find(ctx, w.o.id)
	if crm.KindOf(err) == crm.NotFound && command != nil {
		wanted, err := command(ctx, w.send)
		if err != nil {
			return answer{}, err
		}
		if _, err := w.box.Append(ctx, w.o.id, wanted); err != nil {
			return answer{}, appended(err)
		}
	} else if err != nil {
		return answer{}, err
	} else if entry.State == outbox.Blocked {
		// The key or its rights may have been put right since.
		if err := w.box.Retry(ctx, w.o.id); err != nil {
			return answer{}, err
		}
	}
	report, err := w.drain(ctx)
	if err != nil {
		return answer{}, err
	}
	entry, err = w.box.Find(ctx, w.o.id)
	if err != nil {
		return answer{}, err
	}
	return w.outcome(ctx, entry, report)
}

// drain sends what is due. A question about nothing but what the rep has seen is
// answered in the rep's name.
func (w *work) drain(ctx context.Context) (outbox.Report, error) {
	report, err := w.box.Drain(ctx, w.send)
	if err != nil {
		return report, err
	}
	w.made = append(w.made, report.Made...)
	entry, err := w.box.Find(ctx, w.o.id)
	if err != nil || entry.State != outbox.Asking || entry.Question != outbox.Exists || !w.saw(entry.Found) {
		return report, err
	}
	if err := w.box.Resend(ctx, entry); err != nil {
		return report, err
	}
	report, err = w.box.Drain(ctx, w.send)
	w.made = append(w.made, report.Made...)
	return report, err
}

func (w *work) saw(found []crm.OpportunityID) bool {
	return !slices.ContainsFunc(found, func(id crm.OpportunityID) bool { return !slices.Contains(w.known, id) })
}

// appended drops the words of the browser's storage from an error of Append.
func appended(err error) error {
	if e := crm.AsError(err); e.Kind == crm.Invalid {
		return e
	} else if e.Err != nil {
		return e.Err
	}
	return err
}
