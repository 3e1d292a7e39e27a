package journal

import (
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// Budget is what Apollo still allows a team of one endpoint, as far as its last
// answers tell: colleagues' requests since then are not in it.
type Budget struct {
	Method, Route string
	At            time.Time // of the answer that told it
	Rates         apollo.Rates
}

// Budgets gives what is known at now of a workspace's endpoints, the tightest hour
// first. records are newest first, as [Journal.Records] gives them. A window opened
// before it was told of, so that one which is older than its span is over: all of it
// is left again.
func Budgets(records []Record, workspace string, now time.Time) []Budget {
	var known []Budget
	seen := map[string]bool{}
	for _, r := range records {
		endpoint := r.Method + " " + r.Route
		if r.Workspace != workspace || r.Rates == (apollo.Rates{}) || seen[endpoint] {
			continue
		}
		seen[endpoint] = true
		for i := range r.Rates {
			if now.Sub(r.At) >= apollo.Span(i) {
				r.Rates[i].Left = r.Rates[i].Limit
			}
		}
		known = append(known, Budget{r.Method, r.Route, r.At, r.Rates})
	}
	const hour = 1
	crm.Sort(known, func(a, b Budget) int {
		x, y := a.Rates[hour], b.Rates[hour]
		return x.Left*max(y.Limit, 1) - y.Left*max(x.Limit, 1)
	})
	return known
}
