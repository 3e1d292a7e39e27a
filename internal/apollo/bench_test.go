package apollo_test

import (
	"bytes"
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
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

// lean is what of it the product needs.
type lean struct {
	ID                 string       `json:"id"`
	OwnerID            string       `json:"owner_id"`
	Amount             *json.Number `json:"amount"`
	ClosedDate         string       `json:"closed_date"`
	AccountID          string       `json:"account_id"`
	IsClosed           bool         `json:"is_closed"`
	IsWon              bool         `json:"is_won"`
	Name               string       `json:"name"`
	StageName          string       `json:"stage_name"`
	StageID            string       `json:"opportunity_stage_id"`
	CreatedAt          time.Time    `json:"created_at"`
	OpportunityCreated time.Time    `json:"opportunity_created_at"`
	ExchangeRateCode   string       `json:"exchange_rate_code"`
}

// answerOf is an answer of as many opportunities of 1.2 KB, with all members
// that were recorded.
func answerOf(t testing.TB, count int) []byte {
	t.Helper()
	var page struct {
		Opportunities []map[string]any `json:"opportunities"`
	}
	require.NoError(t, json.Unmarshal([]byte(recorded(t, "search-2026.json")), &page))
	members := page.Opportunities[1]
	row, err := json.Marshal(members)
	require.NoError(t, err)
	members["description"] = strings.Repeat("x", max(0, 1200-len(row)))
	row, err = json.Marshal(members)
	require.NoError(t, err)
	require.InDelta(t, 1200, len(row), 50)
	return slices.Concat([]byte(`{"opportunities":[`), bytes.Repeat(append(row, ','), count-1), row,
		[]byte(`],"pagination":{"page":1,"per_page":10000,"total_entries":10000,"total_pages":1}}`))
}

// TestStreamIsFlat says how much memory a row takes of 10,000 read in one pass:
// the texts that are kept, and those of numbers and dates on their way.
func TestStreamIsFlat(t *testing.T) {
	const count = 10_000
	document := answerOf(t, count)
	var rows, names int
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := apollo.Stream(document, func(o crm.Opportunity) { rows, names = rows+1, names+len(o.Name) })
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	require.Equal(t, count, rows)
	assert.Equal(t, count*len("Delete Me Deal B"), names)
	assert.LessOrEqual(t, (after.Mallocs-before.Mallocs)/count, uint64(8), "allocations a row")
	assert.LessOrEqual(t, (after.TotalAlloc-before.TotalAlloc)/count, uint64(192), "bytes a row, of 1,200 read")
}

func BenchmarkDecode(b *testing.B) {
	const count = 10_000
	document := answerOf(b, count)
	measure := func(name string, read func() (rows int, err error)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(document)))
			b.ReportAllocs()
			for b.Loop() {
				if rows, err := read(); err != nil || rows != count {
					b.Fatal(rows, err)
				}
			}
		})
	}
	measure("apollo", func() (rows int, err error) {
		err = apollo.Stream(document, func(crm.Opportunity) { rows++ })
		return rows, err
	})
	measure("encoding-json", func() (int, error) {
		var page struct {
			Opportunities []full `json:"opportunities"`
		}
		err := json.Unmarshal(document, &page)
		return len(page.Opportunities), err
	})
	measure("encoding-json-lean", func() (int, error) {
		var page struct {
			Opportunities []lean `json:"opportunities"`
		}
		err := json.Unmarshal(document, &page)
		return len(page.Opportunities), err
	})
}
