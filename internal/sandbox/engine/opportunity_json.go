package engine

import (
	"encoding/json"
	"strings"
)

// shape is where an opportunity is shown, which decides some of its keys.
type shape int

const (
	// writeShape is the answer to a create or update: neither account nor num_contacts.
	writeShape shape = iota
	// listShape embeds the account, where there is one.
	listShape
	// viewShape embeds the account and counts the contacts.
	viewShape
)

type opportunityEnvelope struct {
	Opportunity *opportunityJSON `json:"opportunity"`
}

// opportunityJSON has the keys of the recorded answers in their order. A field
// of type null is one that nothing here ever fills.
type opportunityJSON struct {
	ID                         string         `json:"id"`
	TeamID                     string         `json:"team_id"`
	OwnerID                    *string        `json:"owner_id"`
	SalesforceOwnerID          null           `json:"salesforce_owner_id"`
	Amount                     json.Marshaler `json:"amount"`
	ClosedDate                 *string        `json:"closed_date"`
	AccountID                  *string        `json:"account_id"`
	Description                null           `json:"description"`
	IsClosed                   *bool          `json:"is_closed"`
	IsWon                      *bool          `json:"is_won"`
	Name                       string         `json:"name"`
	StageName                  null           `json:"stage_name"`
	StageID                    *string        `json:"opportunity_stage_id"`
	Source                     string         `json:"source"`
	SalesforceID               null           `json:"salesforce_id"`
	OpportunityCreatedAt       *string        `json:"opportunity_created_at,omitempty"`
	CreatedAt                  *string        `json:"created_at,omitempty"`
	ActualCloseDate            null           `json:"actual_close_date"`
	NextStep                   null           `json:"next_step"`
	NextStepDate               null           `json:"next_step_date"`
	ClosedLostReason           null           `json:"closed_lost_reason"`
	ClosedWonReason            null           `json:"closed_won_reason"`
	ForecastCategory           *string        `json:"forecast_category"`
	DealProbability            *int           `json:"deal_probability"`
	CreatedByID                *string        `json:"created_by_id"`
	CurrentSolutions           null           `json:"current_solutions"`
	DealSource                 null           `json:"deal_source"`
	ManuallyUpdatedProbability null           `json:"manually_updated_probability"`
	ManuallyUpdatedForecast    null           `json:"manually_updated_forecast"`
	CRMID                      null           `json:"crm_id"`
	CRMRecordURL               null           `json:"crm_record_url"`
	CRMOwnerID                 null           `json:"crm_owner_id"`
	Probability                null           `json:"probability"`
	PipelineID                 *string        `json:"opportunity_pipeline_id"`
	StageUpdatedAt             *string        `json:"stage_updated_at"`
	NextStepLastUpdatedAt      null           `json:"next_step_last_updated_at"`
	ExchangeRateCode           string         `json:"exchange_rate_code"`
	ExchangeRateValue          int            `json:"exchange_rate_value"`
	AmountInTeamCurrency       json.Marshaler `json:"amount_in_team_currency"`
	ForecastedRevenue          json.Marshaler `json:"forecasted_revenue"`
	LastActivityDate           *string        `json:"last_activity_date"`
	ExistenceLevel             string         `json:"existence_level"`
	TypedCustomFields          map[string]any `json:"typed_custom_fields"`
	RuleConfigStatuses         *[]string      `json:"opportunity_rule_config_statuses,omitempty"`
	ContactRoles               []any          `json:"opportunity_contact_roles"`
	Currency                   currencyJSON   `json:"currency"`
	NumContacts                *int           `json:"num_contacts,omitempty"`
	Account                    any            `json:"account,omitempty"`
}

type null = *struct{}

type currencyJSON struct {
	Name    string `json:"name"`
	ISOCode string `json:"iso_code"`
	Symbol  string `json:"symbol"`
}

// MarshalJSON writes the number as it is, and the empty decimal as null.
func (d decimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(d), nil
}

func (t *team) opportunityJSON(o *opportunity, shown shape) *opportunityJSON {
	w := &opportunityJSON{
		ID: o.id, TeamID: t.id, OwnerID: nullable(o.ownerID), Amount: o.amount, ClosedDate: offset(o.closedDate),
		AccountID: nullable(o.accountID), Name: o.name, StageID: nullable(o.stageID), Source: o.source,
		CreatedByID: nullable(o.createdBy), PipelineID: nullable(t.defaultPipeline()), StageUpdatedAt: offset(o.stageUpdatedAt),
		ExchangeRateCode: "USD", ExchangeRateValue: 1, AmountInTeamCurrency: o.amount, ForecastedRevenue: decimal("0"),
		LastActivityDate: zulu(o.updatedAt), ExistenceLevel: "full", TypedCustomFields: o.customFields,
		ContactRoles: t.rolesJSON(o), Currency: currencyJSON{"US Dollar", "USD", "$"},
	}
	if w.TypedCustomFields == nil {
		w.TypedCustomFields = map[string]any{}
	}
	if t.dialect == DialectCreatedAt {
		w.CreatedAt = zulu(o.createdAt)
		w.RuleConfigStatuses = &[]string{}
	} else {
		w.OpportunityCreatedAt = offset(o.createdAt)
	}
	if s := t.stage(o.stageID); s != nil {
		w.IsClosed, w.IsWon, w.DealProbability = &s.Closed, &s.Won, &s.Probability
		w.ForecastCategory = nullable(strings.ToLower(s.Forecast))
		w.PipelineID = nullable(s.Pipeline)
		if o.amount != "" {
			w.ForecastedRevenue = o.amount.percent(s.Probability)
		}
	}
	if shown == viewShape {
		n := len(o.roles)
		w.NumContacts = &n
	}
	if a := t.accountByID[o.accountID]; a != nil && shown != writeShape {
		w.Account = t.accountJSON(a, embeddedAccount)
	}
	return w
}

// changes names the stored fields in which the two differ, by their JSON names.
func changes(before, after *opportunity) []string {
	changed := []string{}
	for _, field := range []struct {
		name string
		same bool
	}{
		{"name", before.name == after.name},
		{"owner_id", before.ownerID == after.ownerID},
		{"amount", before.amount == after.amount},
		{"opportunity_stage_id", before.stageID == after.stageID},
		{"closed_date", before.closedDate.Equal(after.closedDate)},
		{"typed_custom_fields", sameCustomFields(before.customFields, after.customFields)},
	} {
		if !field.same {
			changed = append(changed, field.name)
		}
	}
	return changed
}
