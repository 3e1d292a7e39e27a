package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// gateway is the way to Apollo by a team's gateway, which knows every entry by
// its id. The network between has all the faults of the direct way.
type gateway struct{ sender }

// kept is what the gateway knows of one entry.
type kept struct {
	deal    *deal
	changed bool
}

// entry gives what the gateway knows of one, and whether it came before.
func (w *world) entry(id string) (*kept, bool) {
	k, ok := w.gateway[id]
	if !ok {
		if w.gateway == nil {
			w.gateway = map[string]*kept{}
		}
		k = &kept{}
		w.gateway[id] = k
	}
	return k, ok && !w.seams.forgetful
}

// CreateOpportunity implements [outbox.Sender]. The answer names the entry.
func (g gateway) CreateOpportunity(ctx context.Context, v crm.Values, _ string) (outbox.Row, []crm.Difference, error) {
	w, id := g.w, outbox.EntryID(ctx)
	op := w.named(v.Name)
	if op.refused {
		return outbox.Row{}, nil, g.refuse(op)
	}
	var row outbox.Row
	_, err := g.request(op, ofCreate, true, func(f *fault) {
		k, again := w.entry(id)
		if !again {
			k.deal = w.store(v, id, op, f)
		}
		row = outbox.Row{Opportunity: k.deal.Opportunity, Tag: id}
		if f.crossed {
			other := w.deals[w.n(len(w.deals))]
			row = outbox.Row{Opportunity: other.Opportunity, Tag: other.tag}
		}
	})
	return row, differing(v.Diff(row.Values), v, row.Values), err
}

// UpdateOpportunity implements [outbox.Sender].
func (g gateway) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	w, id := g.w, outbox.EntryID(ctx)
	op := w.wanting(u)
	w.overwrites(op, u)
	var stored crm.Opportunity
	_, err := g.request(op, ofUpdate, true, func(f *fault) {
		k, again := w.entry(id)
		if !again || !k.changed {
			k.changed = true
			stored = w.change(op, u, f)
			return
		}
		stored = w.deal(u.ID).Opportunity
		for _, field := range u.Fields { // what it was told when it was stored
			stored.SetText(field, u.Want.Text(field))
		}
	})
	return stored, differing(u.Fields, u.Want, stored.Values), err
}
