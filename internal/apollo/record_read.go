package apollo

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

func readRecord(r *wire.Reader) (Record, bool) {
	var record Record
	read := opportunityReader{embedded: func(crm.AccountID) {
		if account, ok := readAccount(r); ok {
			record.Account = &account
		}
	}}
	r.Object(func(name []byte) {
		switch string(name) {
		case "exchange_rate_code":
			if code := text(r); isCurrency(code) {
				record.Currency.Code = code
			}
		case "currency":
			record.Currency.read(r)
		default:
			if !record.member(r, name) {
				read.member(r, name)
			}
		}
	})
	read.currency = record.Currency.Code
	var ok bool
	record.Opportunity, ok = read.opportunity()
	return record, ok
}

func (c *Currency) read(r *wire.Reader) {
	if !r.Is('{') {
		return
	}
	code := ""
	r.Object(func(name []byte) {
		switch string(name) {
		case "iso_code":
			if said := text(r); isCurrency(said) {
				code = said
			}
		case "name":
			c.Name = text(r)
		case "symbol":
			c.Symbol = text(r)
		}
	})
	if c.Code == "" {
		c.Code = code
	}
}

// member reads what opportunityReader does not, and says whether it knows the
// member.
func (record *Record) member(r *wire.Reader, name []byte) bool {
	switch string(name) {
	case "team_id":
		record.TeamID = id[crm.TeamID](r)
	case "created_by_id":
		record.CreatedByID = id[crm.UserID](r)
	case "opportunity_pipeline_id":
		record.PipelineID = id[crm.PipelineID](r)
	case "exchange_rate_value":
		record.ExchangeRate = decimal(r)
	case "amount_in_team_currency":
		record.AmountInTeamCurrency = decimal(r)
	case "forecasted_revenue":
		record.ForecastedRevenue = decimal(r)
	case "deal_probability":
		record.Probability = decimal(r)
	case "probability":
		record.CRMProbability = decimal(r)
	case "manually_updated_probability":
		record.ManualProbability = decimal(r)
	case "manually_updated_forecast":
		record.ManualForecast = raw(r)
	case "stage_updated_at":
		record.StageUpdatedAt = moment(r)
	case "actual_close_date":
		record.ActualCloseDate = day(r)
	case "next_step_date":
		record.NextStepDate = day(r)
	case "next_step_last_updated_at":
		record.NextStepUpdatedAt = moment(r)
	case "typed_custom_fields":
		record.CustomFields = readCustomFields(r)
	case "opportunity_contact_roles":
		record.Roles = readRoles(r)
	case "opportunity_rule_config_statuses":
		if r.Is('[') {
			r.Array(func() { record.RuleStatuses = append(record.RuleStatuses, raw(r)) })
		}
	case "num_contacts":
		record.Contacts = number(r)
	default:
		if to := record.text(name); to != nil {
			*to = text(r)
			return true
		}
		return false
	}
	return true
}

// text is the place of a member that is a text, nil for another member.
func (record *Record) text(name []byte) *string {
	switch string(name) {
	case "forecast_category":
		return &record.ForecastCategory
	case "next_step":
		return &record.NextStep
	case "description":
		return &record.Description
	case "current_solutions":
		return &record.CurrentSolutions
	case "deal_source":
		return &record.DealSource
	case "closed_lost_reason":
		return &record.ClosedLostReason
	case "closed_won_reason":
		return &record.ClosedWonReason
	case "source":
		return &record.Source
	case "existence_level":
		return &record.ExistenceLevel
	case "salesforce_id":
		return &record.SalesforceID
	case "salesforce_owner_id":
		return &record.SalesforceOwnerID
	case "crm_id":
		return &record.CRMID
	case "crm_owner_id":
		return &record.CRMOwnerID
	case "crm_record_url":
		return &record.CRMURL
	case "salesforce_record_url": // the name of crm_record_url until 2021
		if record.CRMURL == "" {
			return &record.CRMURL
		}
	}
	return nil
}

func raw(r *wire.Reader) Raw {
	if r.Is('n') {
		return nil
	}
	return r.Raw()
}

func readCustomFields(r *wire.Reader) map[FieldID]Raw {
	fields := map[FieldID]Raw{}
	if r.Is('{') {
		r.Object(func(name []byte) {
			id := FieldID(name) // a copy: the name lives only during the call
			if value := raw(r); value != nil {
				fields[id] = value
			}
		})
	}
	return fields
}
