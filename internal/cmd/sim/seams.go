package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// seams are where a wrong world is put around the outbox: it takes everything
// through its ports, so that mistakes can be made there.
type seams struct {
	noLock    bool
	volatile  bool // the stores end with the browser
	forgetful bool // the gateway knows no entry by its id
	trusting  bool // every answer is taken for the request's own
	ports     func(*outbox.Ports, *world)
	sender    func(outbox.Sender, *world) outbox.Sender
}

// client is a sender with some of its answers changed.
type client struct {
	outbox.Sender
	named  func(string, outbox.Listing) outbox.Listing
	viewed func(crm.Opportunity) crm.Opportunity
	failed func(*crm.Error) *crm.Error // nil makes a success of it
}

func (c client) answer(err error) error {
	if err == nil || c.failed == nil {
		return err
	}
	if changed := c.failed(crm.AsError(err)); changed != nil {
		return changed
	}
	return nil
}

func (c client) Named(ctx context.Context, name string) (outbox.Listing, error) {
	l, err := c.Sender.Named(ctx, name)
	if c.named != nil && err == nil {
		l = c.named(name, l)
	}
	return l, err
}

func (c client) View(ctx context.Context, id crm.OpportunityID) (o crm.Opportunity, at time.Time, err error) {
	o, at, err = c.Sender.View(ctx, id)
	if c.viewed != nil && err == nil {
		o = c.viewed(o)
	}
	return o, at, err
}

func (c client) CreateOpportunity(ctx context.Context, v crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	row, differences, err := c.Sender.CreateOpportunity(ctx, v, tag)
	if err != nil && c.answer(err) == nil {
		return outbox.Row{Opportunity: crm.Opportunity{ID: crm.OpportunityID(identifier(999_999)), Values: v}, Tag: tag}, nil, nil
	}
	return row, differences, c.answer(err)
}

func (c client) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	o, differences, err := c.Sender.UpdateOpportunity(ctx, u)
	if err != nil && c.answer(err) == nil {
		return crm.Opportunity{ID: u.ID, Values: u.Want}, nil, nil
	}
	return o, differences, c.answer(err)
}

// medium is a store with some of what passes changed.
type medium struct {
	store.Store
	read  func([]byte) []byte
	write func([]byte) []byte
	stale map[string][]byte // what was listed last, for who writes without comparing
}

func (m medium) out(records []store.Record) []store.Record {
	if m.read != nil {
		for i := range records {
			if records[i].Value != nil {
				records[i].Value = m.read(records[i].Value)
			}
		}
	}
	return records
}

func (m medium) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	found, err := m.Store.Read(ctx, keys...)
	return m.learn(m.out(found)), err
}

func (m medium) List(ctx context.Context, prefix string) ([]store.Record, error) {
	found, err := m.Store.List(ctx, prefix)
	return m.learn(m.out(found)), err
}

func (m medium) learn(found []store.Record) []store.Record {
	if m.stale != nil {
		for _, r := range found {
			m.stale[r.Key] = r.Value
		}
	}
	return found
}

func (m medium) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	err := m.Store.Update(ctx, keys, func(found []store.Record) ([]store.Record, error) {
		found = m.out(found)
		if m.stale != nil {
			for i, r := range found {
				if old, ok := m.stale[r.Key]; ok {
					found[i].Value = old
				}
			}
		}
		write, err := change(found)
		if m.write != nil {
			for i, r := range write {
				if r.Value != nil {
					write[i].Value = m.write(r.Value)
				}
			}
		}
		return m.learn(write), err
	})
	return err
}
