package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

// A search finds the rows that have every word in one of their fields, in the
// order of all rows, whichever of the words is rare.
func TestASearchFindsWhatHasEveryWord(t *testing.T) {
	text := rapid.StringMatching(`[ab]{0,4}( [abz]{1,3})?`)
	rapid.Check(t, func(t *rapid.T) {
		all := index.Everything{Team: team, Companies: map[crm.AccountID]string{}}
		var list []crm.Opportunity
		for n := range rapid.IntRange(0, 20).Draw(t, "rows") {
			d := deal{name: text.Draw(t, "name"), company: n % 3, stage: n % 6, owner: n % 3, amount: "20", currency: "EUR", date: "2026-10-05"}
			list = append(list, d.opportunity(n))
		}
		for n := range 3 {
			all.Companies[id[crm.AccountID](n)] = text.Draw(t, "company")
		}
		all.List = listOf(list...)
		p := pipeline.New(all)
		words := rapid.SliceOfN(rapid.StringMatching(`[abz]{1,3}|20|pro|we`), 1, 3).Draw(t, "words")
		var want []int32
		for _, i := range p.Find(pipeline.Query{}) {
			r := p.Row(i)
			fields := []string{r.Name, r.Company, strings.ToLower(r.Stage), strings.ToLower(r.Owner), r.Amount.Text(), r.CloseDate.String()}
			if !slices.ContainsFunc(words, func(word string) bool {
				return !slices.ContainsFunc(fields, func(field string) bool { return strings.Contains(field, word) })
			}) {
				want = append(want, i)
			}
		}
		found := p.Find(pipeline.Query{Text: strings.Join(words, " ")})
		require.Equal(t, want, append([]int32(nil), found...))
	})
}
