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

const timeout = 20 * time.Second

// fault is what happens to one request.
type fault struct {
	name     string
	sent     bool          // it reaches Apollo
	commit   bool          // what it asks for is carried out
	late     time.Duration // … so much later
	wait     time.Duration // until the end
	kind     crm.Kind      // of the error, "" for none
	reads    crm.Kind      // the same, for a request that may be repeated
	retry    time.Duration
	crossed  bool
	ignoring bool
}

// request carries one out. commit is called when Apollo does, whether the
// context lives or not.
func (s sender) request(op *operation, write bool, commit func(f *fault)) (fault, error) {
	w := s.w
	s.c.step("send.before")
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
	s.c.step("send.sent")
	s.c.sleep(max(f.wait, 2*there))
	s.c.step("send.after")
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
	return f, &crm.Error{Kind: kind, Message: f.name, RetryAfter: f.retry}
}

// draw decides what happens to a request.
func (w *world) draw(write bool) fault {
	const unknown, later = crm.Uncertain, crm.Unavailable
	ok := fault{sent: true, commit: true}
	switch {
	case w.revoked:
		return fault{name: "401", kind: crm.Unauthorized, reads: crm.Unauthorized}
	case w.offline:
		return fault{name: "offline", kind: later, reads: later}
	case w.now < w.storm:
		return fault{name: "429 storm", kind: crm.RateLimited, reads: crm.RateLimited, retry: w.storm - w.now + time.Second}
	case !w.faulty():
		return ok
	}
	short := time.Duration(w.n(20_000)) * time.Millisecond
	roll := w.n(1000)
	at := 0
	is := func(permille int) bool {
		at += permille
		return roll < at
	}
	scale := w.rate
	switch {
	case is(40 * scale):
		return fault{name: "connection refused", kind: later, reads: later}
	case is(50 * scale):
		return fault{name: "lost on the way", kind: unknown, reads: later, wait: timeout}
	case is(30 * scale):
		return fault{name: "reset after the commit", commit: true, kind: unknown, reads: later, wait: short}
	case is(20 * scale):
		return fault{name: "truncated", commit: true, kind: unknown, reads: later, wait: short}
	case is(15 * scale):
		return fault{name: "HTML", commit: w.chance(0.5), kind: unknown, reads: later}
	case is(10 * scale):
		return fault{name: "empty", commit: true, kind: unknown, reads: later}
	case is(10 * scale):
		return fault{name: "other types", commit: true, kind: unknown, reads: later}
	case is(15 * scale):
		return fault{name: "slow or endless", commit: true, kind: unknown, reads: later, wait: timeout}
	case is(40 * scale):
		return fault{name: "5xx", commit: w.chance(0.4), kind: unknown, reads: later, wait: short / 4}
	case write && (is(60*scale) || w.jumpy && w.chance(0.2)):
		late := time.Duration(w.n(120_000)) * time.Millisecond
		if w.jumpy || w.chance(0.3) {
			late = time.Duration(w.n(700_000)) * time.Millisecond
		}
		if w.beyond && w.chance(0.5) {
			late = 20*time.Minute + time.Duration(w.n(600_000))*time.Millisecond
			w.exceeded = true
		}
		return fault{name: "late commit", commit: true, late: late, kind: unknown, reads: later, wait: short}
	case is(25 * scale):
		retry := time.Duration(1+w.n(120)) * time.Second
		if w.chance(0.3) {
			w.storm = w.now + time.Duration(w.n(300))*time.Second
		}
		return fault{name: "429", kind: crm.RateLimited, reads: crm.RateLimited, retry: retry}
	case is(5 * scale):
		return fault{name: "403", kind: crm.Forbidden, reads: crm.Forbidden}
	case write && is(15*scale):
		ok.name, ok.crossed = "crossed", true
	case write && is(25*scale):
		ok.name, ok.ignoring = "fields ignored", true
	case is(10 * scale):
		ok.name, ok.wait = "delay", short
	}
	return ok
}

// Named implements [outbox.Sender].
func (s sender) Named(_ context.Context, name string) (outbox.Listing, error) {
	w := s.w
	var l outbox.Listing
	op := w.named(name)
	if op.poisoned && w.now < 2*time.Hour {
		s.c.step("send.before")
		s.c.sleep(time.Second)
		if op.requests++; op.requests == 1 {
			w.hit("a name that breaks the search")
		}
		return l, &crm.Error{Kind: crm.Unavailable, Message: "500"}
	}
	_, err := s.request(op, false, func(*fault) {
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
	_, err := s.request(w.changing(id), false, func(*fault) {
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
	_, err := s.request(w.named(""), false, func(*fault) {
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
		_, err := s.request(op, false, func(*fault) {})
		if err == nil {
			err = &crm.Error{Kind: crm.Invalid, Message: "422"}
		}
		return outbox.Row{}, nil, err
	}
	op.posts++
	var row outbox.Row
	_, err := s.request(op, true, func(f *fault) {
		stored, mark := v, tag
		if f.ignoring {
			switch w.n(3) {
			case 0:
				mark = ""
			case 1:
				stored.Amount = crm.Money{}
			case 2:
				stored.StageID, mark = "", ""
			}
		}
		if w.tagless {
			mark = ""
		}
		d := w.create(stored, mark, op)
		row = outbox.Row{Opportunity: d.Opportunity, Tag: mark}
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
	var differences []crm.Difference
	for _, f := range v.Diff(row.Values) {
		differences = append(differences, crm.Difference{Field: f, Sent: v.Text(f), Stored: row.Text(f)})
	}
	return row, differences, err
}

// UpdateOpportunity implements [outbox.Sender].
func (s sender) UpdateOpportunity(_ context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	w := s.w
	op := w.wanting(u)
	w.overwrites(op, u)
	var stored crm.Opportunity
	_, err := s.request(op, true, func(f *fault) {
		d := w.deal(u.ID)
		for _, field := range u.Fields {
			if f.ignoring && w.chance(0.5) {
				op.ignored = true
				continue
			}
			w.set(d, field, u.Want.Text(field), false)
		}
		w.ordered(op)
		stored = d.Opportunity
		if f.crossed {
			stored = w.deals[w.n(len(w.deals))].Opportunity
		}
	})
	if err == nil && !w.seams.trusting && stored.ID != u.ID {
		err = &crm.Error{Kind: crm.Uncertain, Message: "crossed"}
	}
	var differences []crm.Difference
	for _, f := range u.Fields {
		if stored.Text(f) != u.Want.Text(f) {
			differences = append(differences, crm.Difference{Field: f, Sent: u.Want.Text(f), Stored: stored.Text(f)})
		}
	}
	return stored, differences, err
}
