package apollo

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Record is an opportunity with all that Apollo knows of it. What is null or
// left out is the zero value.
type Record struct {
	crm.Opportunity

	TeamID      crm.TeamID
	CreatedByID crm.UserID
	PipelineID  crm.PipelineID
	Account     *crm.Account // in lists and views, where the opportunity has one

	Currency             Currency // of Amount
	ExchangeRate         Decimal  // from Currency to the team's
	AmountInTeamCurrency Decimal
	ForecastedRevenue    Decimal // in the team's currency

	Probability       Decimal // percent, of the stage
	CRMProbability    Decimal // percent, of another CRM
	ManualProbability Decimal // percent, set by hand
	ForecastCategory  string  // "pipeline", "closed" …
	ManualForecast    Raw     // set by hand

	StageUpdatedAt    time.Time
	ActualCloseDate   crm.Date
	NextStep          string
	NextStepDate      crm.Date
	NextStepUpdatedAt time.Time

	Description      string
	CurrentSolutions string
	DealSource       string
	ClosedLostReason string
	ClosedWonReason  string
	Source           string // "api", "ui_form", "crm"
	ExistenceLevel   string // "none" right after the creation, "full" later

	SalesforceID      string
	SalesforceOwnerID string
	CRMID             string
	CRMOwnerID        string
	CRMURL            string

	CustomFields map[FieldID]Raw // a string, a list, or anything else
	Roles        []Role
	RuleStatuses []Raw
	Contacts     int // how many; in views only
}

// Currency is the currency of an amount.
type Currency struct {
	Code   string // ISO 4217
	Name   string
	Symbol string
}

// Record reads all that Apollo knows of one opportunity. Errors are those of
// [Client.Opportunity].
//
// https://docs.apollo.io/reference/view-deal
func (c *Client) Record(ctx context.Context, id crm.OpportunityID) (Record, error) {
	if _, ok := crm.ParseID[crm.OpportunityID](string(id)); !ok {
		return Record{}, unsent(opportunityView, &crm.Error{Kind: crm.Invalid, Message: "The opportunity to open is not known."})
	}
	return one(ctx, c, call{operation: opportunityView, id: string(id)}, "opportunity", readRecord, func(seen Record) bool {
		return seen.ID == id
	})
}

// one does a call that is answered with one object, in member of the answer. One
// that is not ours was meant for another request.
func one[T any](ctx context.Context, c *Client, call call, member string, row func(*wire.Reader) (T, bool), ours func(T) bool) (T, error) {
	var found, none T
	err := c.do(ctx, call, func(r *wire.Reader) {
		envelope(r, func(name []byte) (ok bool) {
			if string(name) == member && r.Is('{') {
				found, ok = row(r)
			}
			return ok
		})
		if r.Err() == nil && !ours(found) {
			r.Fail(errCrossed)
		}
	})
	if err != nil {
		return none, err
	}
	return found, nil
}

// all does a call that is answered with a list in one piece.
func all[T any](ctx context.Context, c *Client, call call, member string, row func(*wire.Reader) (T, bool)) ([]T, error) {
	var page Page[T]
	err := c.do(ctx, call, func(r *wire.Reader) { page = readPage(r, member, row, nil) })
	if err != nil {
		return nil, err
	}
	return page.Rows, nil
}
