package pipeline_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

// large is a team with 100,000 opportunities of 5,000 companies.
func large() index.Everything {
	const size, companies = 100_000, 5_000
	all, list := index.Everything{Team: team, Companies: map[crm.AccountID]string{}}, []crm.Opportunity(nil)
	for n := range companies {
		all.Companies[id[crm.AccountID](n)] = fmt.Sprintf("Company %d Limited", n)
	}
	for n := range size {
		list = append(list, deal{
			fmt.Sprintf("Rollout of product %d, phase %d", n*7919%size, n%4), n % companies, 1 + n%5, 1 + n%2,
			fmt.Sprint(n * 31 % 90_000), "EUR", fmt.Sprintf("20%02d-%02d-%02d", 24+n%4, 1+n%12, 1+n%28),
		}.opportunity(n%300))
	}
	all.List = listOf(list...)
	return all
}

func BenchmarkNew(b *testing.B) {
	all := large()
	for b.Loop() {
		pipeline.New(all).Find(pipeline.Query{})
	}
}

func BenchmarkFind(b *testing.B) {
	p := pipeline.New(large())
	for name, q := range map[string]pipeline.Query{
		"all": {}, "one-letter": {Text: "r"}, "a-word": {Text: "company 4711"}, "nothing": {Text: "zebra"}, "filters": {State: pipeline.Open, Month: "2026-10"},
	} {
		p.Find(q)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.Find(q)
			}
		})
	}
}

func BenchmarkTotals(b *testing.B) {
	p := pipeline.New(large())
	rows := p.Find(pipeline.Query{})
	for b.Loop() {
		p.Totals(rows, "", today)
	}
}

// A search that finds nothing costs a few pieces of memory, however large the team.
func TestFindAllocatesLittle(t *testing.T) {
	p := pipeline.New(large())
	require.Len(t, p.Find(pipeline.Query{Text: "company 4711 limited"}), 61, "the company's own, and those that have the digits elsewhere")
	require.LessOrEqual(t, testing.AllocsPerRun(1, func() { p.Find(pipeline.Query{Text: "zebra"}) }), 12.0)
}
