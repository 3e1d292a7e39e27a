package pipeline_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds a text against a file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "a change that is meant is kept by: go test ./internal/pipeline -update")
	assert.Equal(t, string(want), got)
}

var today, _ = crm.ParseDate("2026-10-05")

func id[T crm.ID](n int) T { return T(fmt.Sprintf("%024d", n)) }

// deal is an opportunity in short: its amount as "25000 EUR".
type deal struct {
	name                   string
	company, stage, owner  int
	amount, currency, date string
}

func (d deal) opportunity(n int) crm.Opportunity {
	o := crm.Opportunity{ID: id[crm.OpportunityID](n), CreatedAt: time.Date(2026, 1, 1+n, 9, 0, 0, 0, time.UTC)}
	o.Name, o.AccountID = d.name, id[crm.AccountID](d.company)
	o.Amount, _ = crm.ParseMoney(d.amount)
	o.Amount.Currency = d.currency
	o.CloseDate, _ = crm.ParseDate(d.date)
	if d.stage > 0 {
		o.StageID = id[crm.StageID](d.stage)
	}
	if d.owner > 0 {
		o.OwnerID = id[crm.UserID](d.owner)
	}
	return o
}

var team = index.Team{
	Stages: []crm.Stage{
		{ID: id[crm.StageID](4), Name: "Lost", Order: 4, Closed: true, PipelineID: id[crm.PipelineID](1)},
		{ID: id[crm.StageID](1), Name: "Discovery", Order: 1, PipelineID: id[crm.PipelineID](1)},
		{ID: id[crm.StageID](3), Name: "Won", Order: 3, Closed: true, Won: true, PipelineID: id[crm.PipelineID](1)},
		{ID: id[crm.StageID](2), Name: "Proposal", Order: 2, PipelineID: id[crm.PipelineID](1)},
		{ID: id[crm.StageID](5), Name: "Renewal due", Order: 5, PipelineID: id[crm.PipelineID](2)},
	},
	Users: []crm.User{{ID: id[crm.UserID](1), Name: "Jonas Weiß"}, {ID: id[crm.UserID](2), Name: "Priya Raman"}},
}

var deals = []deal{
	{"Rollout", 1, 1, 1, "25000", "EUR", "2026-11-30"},
	{"Anvils, 40 pieces", 1, 2, 2, "0.1", "EUR", "2026-10-15"},
	{"Training", 2, 3, 1, "0.2", "EUR", "2026-09-30"},
	{"Renewal 2025", 2, 4, 2, "12000", "USD", "2025-02-01"},
	{"São Paulo office", 3, 2, 0, "", "", ""},
	{"Far away", 3, 5, 2, "999999999999999999", "USD", "2029-01-01"},
	{"No stage", 0, 0, 1, "-50", "EUR", "2026-10-31"},
}

func newPipeline() *pipeline.Pipeline {
	list := []crm.Opportunity(nil)
	all := index.Everything{Team: team, Companies: map[crm.AccountID]string{
		id[crm.AccountID](1): "Acme", id[crm.AccountID](2): "Müller & Söhne", id[crm.AccountID](3): "日本商事",
	}}
	for n, d := range deals {
		list = append(list, d.opportunity(n))
	}
	all.List = listOf(list...)
	return pipeline.New(all)
}

func names(p *pipeline.Pipeline, rows []int32) (names []string) {
	for _, i := range rows {
		names = append(names, p.Row(i).Name)
	}
	return names
}

// listOf gives opportunities as the index does, which has none of no account.
func listOf(opportunities ...crm.Opportunity) index.List {
	list, ok := index.ListOf(opportunities)
	if !ok {
		panic("an id is none")
	}
	return list
}
