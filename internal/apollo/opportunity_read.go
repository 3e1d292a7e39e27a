package apollo

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// readOpportunity reads one opportunity object. It reports false for one without
// a valid id. If embedded is not nil it is called for the account that the
// object carries; else that is skipped.
func readOpportunity(r *wire.Reader, embedded func(crm.AccountID)) (crm.Opportunity, bool) {
	read := opportunityReader{embedded: embedded}
	r.Object(func(name []byte) { read.member(r, name) })
	return read.opportunity()
}

// opportunityReader reads the members that the product needs.
type opportunityReader struct {
	o        crm.Opportunity
	currency string
	embedded func(crm.AccountID)
}

func (read *opportunityReader) opportunity() (crm.Opportunity, bool) {
	if read.o.Amount.IsSet() {
		read.o.Amount.Currency = read.currency
	}
	return read.o, read.o.ID != ""
}

// member reads a member's value if it is one of them.
//
// Two dialects are in use: opportunity_created_at (recorded in 2026) and
// created_at (documented, recorded until 2025). Without a stage is_closed and
// is_won are null.
func (read *opportunityReader) member(r *wire.Reader, name []byte) {
	o := &read.o
	switch string(name) {
	case "id":
		o.ID = id[crm.OpportunityID](r)
	case "name":
		o.Name = text(r)
	case "amount":
		o.Amount = amount(r)
	case "opportunity_stage_id":
		o.StageID = id[crm.StageID](r)
	case "closed_date":
		o.CloseDate = day(r)
	case "owner_id":
		o.OwnerID = id[crm.UserID](r)
	case "account_id":
		o.AccountID = id[crm.AccountID](r)
	case "is_closed":
		o.Closed = truth(r)
	case "is_won":
		o.Won = truth(r)
	case "stage_name":
		o.StageName = text(r)
	case "opportunity_created_at", "created_at":
		if at := moment(r); !at.IsZero() {
			o.CreatedAt = at
		}
	case "last_activity_date":
		o.LastActivityAt = moment(r)
	case "exchange_rate_code":
		if code := text(r); isCurrency(code) {
			read.currency = code
		}
	case "currency":
		if read.currency == "" {
			read.currency = readCurrency(r)
		}
	case "account":
		if read.embedded != nil && r.Is('{') {
			read.embedded(o.AccountID)
		}
	}
}

func readCurrency(r *wire.Reader) (code string) {
	if r.Is('{') {
		r.Object(func(name []byte) {
			if string(name) == "iso_code" {
				if said := text(r); isCurrency(said) {
					code = said
				}
			}
		})
	}
	return code
}

// isCurrency says whether code has the form of ISO 4217.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
