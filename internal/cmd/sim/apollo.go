package main

import (
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// deal is an opportunity as Apollo really has it.
type deal struct {
	crm.Opportunity
	tag     string
	by      *operation // nil for a colleague's
	listed  time.Duration
	authors [8]author // of every field
}

type author struct {
	at        time.Duration
	colleague bool
	before    string
}

// truth is Apollo.
type truth struct {
	deals    []*deal
	accounts []crm.NewAccount
	ids      int
}

func (t *truth) id() string {
	t.ids++
	return identifier(t.ids)
}

func identifier(n int) string {
	const zeros = "000000000000000000000000"
	digits := strconv.Itoa(n)
	return zeros[:24-len(digits)] + digits
}

func (t *truth) deal(id crm.OpportunityID) *deal {
	for _, d := range t.deals {
		if d.ID == id {
			return d
		}
	}
	return nil
}

func (t *truth) made(by *operation) (list []*deal) {
	for _, d := range t.deals {
		if d.by == by {
			list = append(list, d)
		}
	}
	return list
}

// create stores a new opportunity.
func (w *world) create(v crm.Values, tag string, by *operation) *deal {
	lag := time.Duration(w.n(2000)) * time.Millisecond
	if w.faulty() && w.chance(0.2) {
		lag = time.Duration(w.n(60_000)) * time.Millisecond
		w.hit("list lags")
	}
	d := &deal{Opportunity: crm.Opportunity{ID: crm.OpportunityID(w.id()), Values: spelled(v), CreatedAt: w.server()}, tag: tag, by: by, listed: w.now + lag}
	w.deals = append(w.deals, d)
	if w.story != nil {
		w.tell("Apollo has %s %q, tag %q, listed at %v", d.ID, d.Name, d.tag, d.listed)
	}
	w.trace(len(w.deals))
	return d
}

// set changes one field.
func (w *world) set(d *deal, f crm.Field, text string, colleague bool) {
	before := d.Text(f)
	if before == text {
		return
	}
	d.SetText(f, text)
	d.Values = spelled(d.Values)
	for i, g := range everyField() {
		if f == g {
			d.authors[i] = author{w.now, colleague, before}
		}
	}
}

func (d *deal) author(f crm.Field) author {
	for i, g := range everyField() {
		if f == g {
			return d.authors[i]
		}
	}
	return author{}
}
