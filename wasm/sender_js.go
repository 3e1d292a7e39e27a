package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// sender is the client as the outbox wants it. It gives neither Apollo's clock
// nor tags: what is uncertain then ends with a question to the rep, and nothing
// is sent again unasked.
type sender struct {
	*apollo.Client
}

// Named implements [outbox.Sender].
func (s sender) Named(ctx context.Context, name string) (outbox.Listing, error) {
	p, err := s.OpportunityPage(ctx, apollo.OpportunityQuery{Name: name})
	l := outbox.Listing{Whole: p.Pages <= 1 && !p.Partial && p.Skipped == 0}
	for _, o := range p.Opportunities {
		l.Rows = append(l.Rows, outbox.Row{Opportunity: o})
	}
	return l, err
}

// View implements [outbox.Sender].
func (s sender) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	o, err := s.Opportunity(ctx, id)
	return o, time.Time{}, err
}

// CreateOpportunity implements [outbox.Sender].
func (s sender) CreateOpportunity(ctx context.Context, v crm.Values, _ string) (outbox.Row, []crm.Difference, error) {
	o, differences, err := s.Client.CreateOpportunity(ctx, v)
	return outbox.Row{Opportunity: o}, differences, err
}
