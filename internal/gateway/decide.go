package gateway

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

// own finds an operation of the rep's own, or for an admin any of the team's.
func (q *request) own() (*operation, error) {
	o, err := q.g.operation(q.ctx, q.team.ID, q.id)
	if err != nil {
		return nil, err
	}
	if o != nil && (o.rep == q.rep.Name || q.rep.Scope == ScopeAdmin) {
		return o, nil
	}
	return nil, &crm.Error{Kind: crm.NotFound, Message: "There is no such operation of yours."}
}

// serveOperation tells where a write stands and does nothing for it.
func serveOperation(q *request) (answer, error) {
	o, err := q.own()
	if err != nil || o.status != 0 {
		return o.storedOr(err)
	}
	entry, err := q.g.box(o, "").Find(q.ctx, o.id)
	switch {
	case crm.KindOf(err) == crm.NotFound:
		return underWay(string(outbox.Queued), 1), nil
	case err != nil:
		return answer{}, err
	case entry.State == outbox.Asking:
		return (&work{g: q.g, o: o}).question(entry), nil
	}
	return underWay(string(entry.State), seconds((&work{g: q.g}).wait(entry.Next))), nil
}

// serveDecide takes the rep's word on a question: resend it, settle it as it is, or
// discard it. revision is the question's, so that no answer meets another question.
func serveDecide(q *request) (answer, error) {
	decision, revision := "", 0
	b := &body{Reader: wire.NewReader(q.body)}
	b.object(func(name string) bool {
		switch name {
		case "decision":
			decision = b.text(name)
		case "revision":
			if revision = b.Int(); b.Err() != nil {
				b.refuse(fieldRefused(name, "The revision is the number that came with the question."))
			}
		default:
			return false
		}
		return true
	})
	if err := b.end(); err != nil {
		return answer{}, err
	}
	o, err := q.own()
	if err != nil || o.status != 0 {
		return o.storedOr(err)
	}
	box := q.g.box(o, "")
	entry, err := box.Find(q.ctx, o.id)
	if err != nil {
		return answer{}, err
	}
	if entry.Revision != revision {
		return answer{}, &crm.Error{Kind: crm.Conflict, Message: "The question has changed since. Look at the operation again."}
	}
	switch decision {
	case "resend":
		err = box.Resend(q.ctx, entry)
	case "settle":
		err = box.Settle(q.ctx, o.id)
	case "discard":
		err = box.Discard(q.ctx, o.id)
	default:
		err = fieldRefused("decision", "The decision is resend, settle or discard.")
	}
	if err != nil {
		return answer{}, err
	}
	a, err := q.carry(o, nil, nil)
	if err == nil && decision == "discard" {
		a = answer{status: 200, body: []byte(`{"state":"discarded"}`)}
	}
	return a, err
}
