package outbox

import (
	"context"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// EntryID is what an idempotent receiver knows a Sender's create or update by: the
// entry's id, and behind a point how often the rep has had it sent as another one;
// "" for none.
func EntryID(ctx context.Context) string {
	id, _ := ctx.Value(entryID{}).(string)
	return id
}

type entryID struct{}

func (d *drain) writing(e *Entry) context.Context {
	return context.WithValue(d.ctx, entryID{}, e.known())
}

// known is the entry's EntryID.
func (e *Entry) known() string {
	if e.Round == 0 {
		return e.ID
	}
	return e.ID + "." + strconv.Itoa(e.Round)
}

// Sender carries commands to Apollo, or to who does that. Its errors are of type *crm.Error; their
// kind decides what becomes of the entry. A write whose end is not known must be
// of kind [crm.Uncertain].
type Sender interface {
	// FindOrCreateAccount may be repeated: it makes no second account.
	FindOrCreateAccount(context.Context, crm.NewAccount) (crm.Account, error)
	// Named lists the opportunities with that name.
	Named(ctx context.Context, name string) (Listing, error)
	// View reads one opportunity, and Apollo's clock with it.
	View(context.Context, crm.OpportunityID) (crm.Opportunity, time.Time, error)
	// CreateOpportunity makes one and stamps tag on it, unless tag is empty. The
	// differences are fields that were stored otherwise than sent.
	CreateOpportunity(ctx context.Context, values crm.Values, tag string) (Row, []crm.Difference, error)
	UpdateOpportunity(context.Context, crm.Update) (crm.Opportunity, []crm.Difference, error)
}

// Row is an opportunity with the tag that Apollo shows on it, "" for none.
type Row struct {
	crm.Opportunity
	Tag string
}

// Listing is what Apollo lists under a name. It may hold other names: Apollo
// has no documented filter.
type Listing struct {
	Rows  []Row
	Whole bool      // all pages were read, and Apollo kept nothing back
	At    time.Time // Apollo's clock when it answered; zero if it did not say
}
