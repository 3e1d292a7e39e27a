package sender

import (
	"context"
	"slices"

	"github.com/dealmark/dealmark/internal/crm"
)

// UpdateOpportunity implements [outbox.Sender]. Contacts are set after the other
// fields, by a request of their own: if that fails, the next look finds the others
// done.
func (a Apollo) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	at := slices.Index(u.Fields, crm.FieldContacts)
	if at < 0 {
		return a.Client.UpdateOpportunity(ctx, u)
	}
	if err := u.Check(); err != nil {
		return crm.Opportunity{}, nil, err
	}
	var differences []crm.Difference
	if len(u.Fields) > 1 {
		others := u
		others.Fields = slices.Delete(slices.Clone(u.Fields), at, at+1)
		var err error
		if _, differences, err = a.Client.UpdateOpportunity(ctx, others); err != nil {
			return crm.Opportunity{}, nil, err
		}
	}
	stored, more, err := a.SetContacts(ctx, u.ID, u.Want.Text(crm.FieldContacts))
	return stored, append(differences, more...), err
}
