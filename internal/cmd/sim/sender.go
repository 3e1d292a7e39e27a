package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// sender is the network and Apollo's client, as one context has them: what it
// gives back is what package apollo makes of the answers.
type sender struct {
	w *world
	c *contextOf
}

// request carries one out. commit is called when Apollo does, whether the
// context lives or not.
func (s sender) request(op *operation, first point, write bool, commit func(f *fault)) (fault, error) {
	w := s.w
	s.c.step(first + leaving)
	w.requests(op, s.c)
	f := w.draw(write)
	if f.name != "" {
		w.hit(f.name)
	}
	there := time.Duration(20+w.n(300)) * time.Millisecond
	cut := write && w.faulty() && w.chance(0.04)
	if cut && f.commit && f.late == 0 && w.chance(0.7) {
		f.late = w.within(8 * time.Minute)
	}
	if f.commit {
		w.after(there+f.late, func() { commit(&f) })
	}
	if cut {
		s.c.fuse, s.c.end = 1, func() { w.barred = 0; w.hit("power lost while sending"); s.c.m.fall(s.c, true) }
	}
	s.c.step(first + travelling)
	s.c.sleep(max(f.wait, 2*there))
	s.c.step(first + answered)
	kind := f.kind
	if !write {
		kind = f.reads
	}
	if kind == "" {
		return f, nil
	}
	if kind == crm.RateLimited {
		w.limited(f.retry, s.c)
	}
	return f, &crm.Error{Kind: kind, Message: crm.English(f.name), RetryAfter: f.retry}
}

// Named implements [outbox.Sender].
func (s sender) Named(_ context.Context, name string) (outbox.Listing, error) {
	w := s.w
	var l outbox.Listing
	op := w.named(name)
	if op.poisoned && w.now < 2*time.Hour {
		s.c.step(ofNamed + leaving)
		s.c.sleep(time.Second)
		if op.requests++; op.requests == 1 {
			w.hit("a name that breaks the search")
		}
		return l, &crm.Error{Kind: crm.Unavailable, Message: "500"}
	}
	_, err := s.request(op, ofNamed, false, func(*fault) {
		l = outbox.Listing{Whole: true, At: w.server()}
		faulty := w.faulty()
		ignored := faulty && (w.unfiltered || w.chance(0.04))
		crossed := faulty && !ignored && w.chance(0.03)
		for i := len(w.deals) - 1; i >= 0; i-- {
			d := w.deals[i]
			if d.listed > w.now {
				continue
			}
			fits := strings.EqualFold(d.Name, name)
			if crossed {
				fits = !fits
			}
			if fits || ignored {
				l.Rows = append(l.Rows, outbox.Row{Opportunity: d.Opportunity, Tag: d.tag})
			}
		}
		switch {
		case ignored:
			w.hit("filter ignored")
			l.Rows = slices.DeleteFunc(l.Rows, func(r outbox.Row) bool { return strings.EqualFold(r.Name, name) })
			l.Whole = w.chance(0.5) // Apollo may well call the first page all
		case crossed:
			w.hit("another listing")
		case faulty && w.chance(0.05):
			w.hit("half a listing")
			l.Rows, l.Whole = l.Rows[:len(l.Rows)/2], false
		}
		if faulty && w.chance(0.05) {
			w.hit("no Date header")
			l.At = time.Time{}
		}
	})
	return l, err
}

// View implements [outbox.Sender].
func (s sender) View(_ context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	w := s.w
	var seen crm.Opportunity
	var at time.Time
	_, err := s.request(w.changing(id), ofView, false, func(*fault) {
		if d := w.deal(id); d != nil {
			seen, at = d.Opportunity, w.server()
		}
	})
	if err == nil && seen.ID == "" {
		err = &crm.Error{Kind: crm.NotFound, Message: "404"}
	}
	return seen, at, err
}

// FindOrCreateAccount implements [outbox.Sender].
func (s sender) FindOrCreateAccount(_ context.Context, a crm.NewAccount) (crm.Account, error) {
	w := s.w
	var account crm.Account
	_, err := s.request(w.named(""), ofAccount, false, func(*fault) {
		at := slices.Index(w.accounts, a)
		if at < 0 {
			at = len(w.accounts)
			w.accounts = append(w.accounts, a)
		}
		account = crm.Account{ID: crm.AccountID(identifier(900_000 + at)), Name: a.Name, Domain: a.Domain}
	})
	return account, err
}

// CreateOpportunity implements [outbox.Sender].
func (s sender) CreateOpportunity(_ context.Context, v crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	w := s.w
	op := w.named(v.Name)
	if op.refused {
		return outbox.Row{}, nil, s.refuse(op)
	}
	var row outbox.Row
	_, err := s.request(op, ofCreate, true, func(f *fault) {
		d := w.store(v, tag, op, f)
		row = outbox.Row{Opportunity: d.Opportunity, Tag: d.tag}
		if f.crossed {
			other := w.deals[w.n(len(w.deals))]
			row = outbox.Row{Opportunity: other.Opportunity, Tag: other.tag}
			if w.seams.trusting {
				row.Tag = tag
			}
		}
	})
	if err == nil && !w.seams.trusting && (!strings.EqualFold(row.Name, v.Name) || row.AccountID != v.AccountID) {
		err = &crm.Error{Kind: crm.Uncertain, Message: "crossed"}
	}
	return row, differing(v.Diff(row.Values), v, row.Values), err
}

// refuse is a request that Apollo never carries out.
func (s sender) refuse(op *operation) error {
	_, err := s.request(op, ofCreate, false, func(*fault) {})
	if err == nil {
		s.w.hit("422")
		err = &crm.Error{Kind: crm.Invalid, Message: "422"}
	}
	return err
}

// store is a create that Apollo carries out, as far as a fault lets it.
func (w *world) store(v crm.Values, tag string, op *operation, f *fault) *deal {
	if f.ignoring {
		switch w.n(3) {
		case 0:
			tag = ""
		case 1:
			v.Amount = crm.Money{}
		case 2:
			v.StageID, tag = "", ""
		}
	}
	if w.tagless {
		tag = ""
	}
	if f.dropped {
		op.dropped = true
		return &deal{Opportunity: crm.Opportunity{ID: crm.OpportunityID(w.id()), Values: v, CreatedAt: w.server()}, tag: tag}
	}
	return w.create(v, tag, op)
}

func differing(fields []crm.Field, sent, stored crm.Values) (list []crm.Difference) {
	for _, f := range fields {
		if sent.Text(f) != stored.Text(f) {
			list = append(list, crm.Difference{Field: f, Sent: sent.Text(f), Stored: stored.Text(f)})
		}
	}
	return list
}

// UpdateOpportunity implements [outbox.Sender].
func (s sender) UpdateOpportunity(_ context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	w := s.w
	op := w.wanting(u)
	w.overwrites(op, u)
	var stored crm.Opportunity
	_, err := s.request(op, ofUpdate, true, func(f *fault) {
		stored = w.change(op, u, f)
		if f.crossed {
			stored = w.deals[w.n(len(w.deals))].Opportunity
		}
	})
	if err == nil && !w.seams.trusting && stored.ID != u.ID {
		err = &crm.Error{Kind: crm.Uncertain, Message: "crossed"}
	}
	return stored, differing(u.Fields, u.Want, stored.Values), err
}

// change is an update that Apollo carries out, as far as a fault lets it; it
// gives the opportunity as Apollo answers.
func (w *world) change(op *operation, u crm.Update, f *fault) crm.Opportunity {
	d := w.deal(u.ID)
	if f.dropped {
		op.dropped = true
		told := d.Opportunity
		for _, field := range u.Fields {
			told.SetText(field, u.Want.Text(field))
		}
		return told
	}
	for _, field := range u.Fields {
		if f.ignoring && w.chance(0.5) {
			op.ignored = true
			continue
		}
		w.set(d, field, u.Want.Text(field), false)
	}
	w.ordered(op)
	return d.Opportunity
}
