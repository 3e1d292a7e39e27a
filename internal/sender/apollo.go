package sender

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// Apollo sends to Apollo itself. It implements [outbox.Sender].
type Apollo struct {
	*apollo.Client
	Field apollo.FieldID // the team's custom field for tags, "" for none
}

// Named implements [outbox.Sender].
func (a Apollo) Named(ctx context.Context, name string) (outbox.Listing, error) {
	named, err := a.OpportunitiesNamed(ctx, name, a.Field)
	listing := outbox.Listing{Whole: named.Whole, At: named.At}
	for _, row := range named.Rows {
		listing.Rows = append(listing.Rows, outbox.Row(row))
	}
	return listing, err
}

// View implements [outbox.Sender].
func (a Apollo) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	return a.OpportunityAt(ctx, id)
}

// CreateOpportunity implements [outbox.Sender].
func (a Apollo) CreateOpportunity(ctx context.Context, values crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	made, differences, err := a.CreateTagged(ctx, values, apollo.Tag{Field: a.Field, Text: tag})
	return outbox.Row(made), differences, err
}
