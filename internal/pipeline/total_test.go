package pipeline_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

// told is a line in short: "3: 12.5 EUR, 7 USD; 1 without".
func told(t pipeline.Tally) (text map[string]string, count, without int) {
	text = map[string]string{}
	for _, a := range t.Amounts {
		text[a.Currency] = a.Sum.Text()
	}
	return text, t.Count, t.Without
}

func TestTotals(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{}), "", today)
	amounts, count, without := told(totals.All)
	assert.Equal(t, map[string]string{"EUR": "24950.3", "USD": "1000000000000011999"}, amounts, "each currency by itself, exactly")
	assert.Equal(t, []int{7, 1}, []int{count, without})

	var stages []string
	counted := 0
	for _, line := range totals.Stages {
		stages = append(stages, line.Label)
		counted += line.Count
		assert.Equal(t, line.Count, line.States[0].Count+line.States[1].Count+line.States[2].Count, line.Label)
		assert.Len(t, p.Find(pipeline.Query{Stage: line.Key}), line.Count, "the line's key finds what it counts")
	}
	assert.Equal(t, []string{"Discovery", "Proposal", "Won", "Lost", "Renewal due", ""}, stages)
	assert.Equal(t, 7, counted)

	var months []string
	counted = 0
	for _, line := range totals.Months {
		months = append(months, line.Key)
		counted += line.Count
		assert.Len(t, p.Find(pipeline.Query{Month: line.Key}), line.Count, line.Key)
	}
	assert.Equal(t, "<2026-04", months[0])
	assert.Equal(t, []string{"2027-10", ">2027-10", "none"}, months[len(months)-3:])
	assert.Len(t, months, 22)
	assert.Equal(t, 7, counted)
}

func TestTotalsOfWhatWasFound(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{Text: "acme"}), id[crm.PipelineID](1), today)
	amounts, count, _ := told(totals.All)
	assert.Equal(t, map[string]string{"EUR": "25000.1"}, amounts)
	assert.Equal(t, 2, count)
	assert.Len(t, totals.Stages, 4, "the stages of the pipeline, empty ones too")
	assert.Len(t, totals.Months, 2, "from the first month to the last")
	assert.Equal(t, "2026-10", totals.Months[0].Key)
}

func TestTheBoardIsTheTotals(t *testing.T) {
	p := newPipeline()
	rows := p.Find(pipeline.Query{})
	board := p.Board(rows)
	for _, line := range p.Totals(rows, "", today).Stages {
		assert.Len(t, board[line.Key], line.Count, line.Label)
	}
	assert.Equal(t, []string{"Anvils, 40 pieces", "São Paulo office"}, names(p, board[string(id[crm.StageID](2))]), "in the order of the rows")
}

func TestMeasure(t *testing.T) {
	p := newPipeline()
	all := p.Totals(p.Find(pipeline.Query{}), "", today).All
	none := pipeline.Tally{Count: 3, Without: 3}
	for name, c := range map[string]struct {
		of       pipeline.Tally
		asked    string
		currency string
		counts   bool
	}{
		"nothing asked":   {all, "", "EUR", false},
		"a currency":      {all, "USD", "USD", false},
		"one not there":   {all, "CHF", "EUR", false},
		"counts":          {all, pipeline.Counts, "", true},
		"no amount there": {none, "EUR", "", true},
	} {
		currency, counts := c.of.Measure(c.asked)
		assert.Equal(t, c.currency, currency, name)
		assert.Equal(t, c.counts, counts, name)
	}
}

func TestTotalsOfNothing(t *testing.T) {
	totals := pipeline.New(index.Everything{Team: team}).Totals(nil, "", today)
	assert.Zero(t, totals.All.Count)
	assert.Len(t, totals.Stages, 5)
	assert.Empty(t, totals.Months)
}

// A month without opportunities between two that have some is a gap in time.
func TestMonthsHaveNoGap(t *testing.T) {
	var list []crm.Opportunity
	for n, date := range []string{"2026-08-31", "2026-12-01", ""} {
		list = append(list, deal{date: date}.opportunity(n))
	}
	p := pipeline.New(index.Everything{List: listOf(list...)})
	var months []string
	for _, line := range p.Totals(p.Find(pipeline.Query{}), "", today).Months {
		months = append(months, line.Key)
	}
	assert.Equal(t, []string{"2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "none"}, months)
}
