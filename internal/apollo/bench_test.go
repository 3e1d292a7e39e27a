package apollo_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
)

// full is an opportunity as Apollo answers it, the way that it is usually
// decoded: every member into a struct.
type full struct {
	ID                 string         `json:"id"`
	TeamID             string         `json:"team_id"`
	OwnerID            *string        `json:"owner_id"`
	Amount             *json.Number   `json:"amount"`
	ClosedDate         *string        `json:"closed_date"`
	AccountID          *string        `json:"account_id"`
	Description        *string        `json:"description"`
	IsClosed           *bool          `json:"is_closed"`
	IsWon              *bool          `json:"is_won"`
	Name               string         `json:"name"`
	StageName          *string        `json:"stage_name"`
	StageID            *string        `json:"opportunity_stage_id"`
	Source             string         `json:"source"`
	CreatedAt          string         `json:"created_at"`
	OpportunityCreated string         `json:"opportunity_created_at"`
	ActualCloseDate    *string        `json:"actual_close_date"`
	NextStep           *string        `json:"next_step"`
	NextStepDate       *string        `json:"next_step_date"`
	ForecastCategory   *string        `json:"forecast_category"`
	DealProbability    *float64       `json:"deal_probability"`
	CreatedByID        *string        `json:"created_by_id"`
	PipelineID         *string        `json:"opportunity_pipeline_id"`
	StageUpdatedAt     *string        `json:"stage_updated_at"`
	ExchangeRateCode   string         `json:"exchange_rate_code"`
	ExchangeRateValue  float64        `json:"exchange_rate_value"`
	AmountInTeam       *json.Number   `json:"amount_in_team_currency"`
	ForecastedRevenue  float64        `json:"forecasted_revenue"`
	LastActivityDate   string         `json:"last_activity_date"`
	ExistenceLevel     string         `json:"existence_level"`
	TypedCustomFields  map[string]any `json:"typed_custom_fields"`
	ContactRoles       []any          `json:"opportunity_contact_roles"`
	Currency           struct {
		Name    string `json:"name"`
		ISOCode string `json:"iso_code"`
		Symbol  string `json:"symbol"`
	} `json:"currency"`
	Account map[string]any `json:"account"`
}

// thousand is an answer of 1,000 opportunities, made of the recorded ones.
func thousand(b *testing.B) []byte {
	b.Helper()
	var page struct {
		Opportunities []json.RawMessage `json:"opportunities"`
	}
	require.NoError(b, json.Unmarshal([]byte(recorded(b, "search-2026.json")), &page))
	many := make([]json.RawMessage, 1000)
	for i := range many {
		many[i] = page.Opportunities[i%len(page.Opportunities)]
	}
	document, err := json.Marshal(map[string]any{"opportunities": many})
	require.NoError(b, err)
	return document
}

func BenchmarkDecode(b *testing.B) {
	document := thousand(b)
	b.Run("apollo", func(b *testing.B) {
		c := client(func(apollo.Request) (apollo.Response, error) {
			return apollo.Response{Status: 200, Body: document}, nil
		})
		b.SetBytes(int64(len(document)))
		b.ReportAllocs()
		for b.Loop() {
			page, err := c.OpportunityPage(context.Background(), apollo.OpportunityQuery{})
			if err != nil || len(page.Opportunities) != 1000 {
				b.Fatal(err, len(page.Opportunities))
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(document)))
		b.ReportAllocs()
		for b.Loop() {
			var page struct {
				Opportunities []full `json:"opportunities"`
			}
			if err := json.Unmarshal(document, &page); err != nil || len(page.Opportunities) != 1000 {
				b.Fatal(err)
			}
		}
	})
}
