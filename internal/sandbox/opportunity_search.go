package sandbox

import (
	"cmp"
	"slices"
	"strings"
)

type searchHead struct {
	PartialResultsOnly  bool       `json:"partial_results_only"`
	HasJoin             bool       `json:"has_join"`
	DisableEU           bool       `json:"disable_eu_prospecting"`
	PartialResultsLimit int        `json:"partial_results_limit"`
	Pagination          pagination `json:"pagination"`
}

type opportunityList struct {
	Breadcrumbs   []breadcrumb       `json:"breadcrumbs"`
	Opportunities []*opportunityJSON `json:"opportunities"`
	Facets        null               `json:"group_by_field_facets"`
	CRMUsers      []string           `json:"salesforce_users"`
	searchHead
	NumFetchResult null `json:"num_fetch_result"`
}

// searchOpportunities lists a page, newest first. It obeys q_opportunity_name,
// opportunity_stage_ids, sort_by_field, sort_ascending, page and per_page; any
// other parameter is ignored without a word, q_keywords and the account among them.
//
// https://docs.apollo.io/reference/list-all-deals
func (t *team) searchOpportunities(x *exchange) (any, *refusal) {
	ordered, newestLast, r := t.ordered(x.params)
	if r != nil {
		return nil, r
	}
	keep := t.filter(x)
	if keep != nil {
		var kept []*opportunity
		for _, o := range ordered {
			if keep(o) {
				kept = append(kept, o)
			}
		}
		ordered = kept
	}
	place, total := x.params.page(), len(ordered)
	from, to := place.of(total)
	rows := make([]*opportunityJSON, 0, to-from)
	for i := from; i < to; i++ {
		at := i
		if newestLast {
			at = total - 1 - i
		}
		rows = append(rows, t.opportunityJSON(ordered[at], listShape))
	}
	return opportunityList{
		Breadcrumbs: []breadcrumb{}, Opportunities: rows, CRMUsers: []string{},
		searchHead: searchHead{PartialResultsLimit: 10000, Pagination: place.summary(total)},
	}, nil
}

// filter is what every row must satisfy, nil where there is nothing to check.
func (t *team) filter(x *exchange) func(*opportunity) bool {
	name := strings.ToLower(strings.TrimSpace(x.params.text("q_opportunity_name")))
	stages := x.params.list("opportunity_stage_ids")
	var accounts []string
	if t.filterByAccount {
		accounts = append(x.params.list("account_id"), x.params.list("account_ids")...)
	}
	if name == "" && len(stages) == 0 && len(accounts) == 0 && x.lag == 0 {
		return nil
	}
	return func(o *opportunity) bool {
		return (len(accounts) == 0 || slices.Contains(accounts, o.accountID)) &&
			(len(stages) == 0 || slices.Contains(stages, o.stageID)) &&
			(name == "" || strings.Contains(o.lowerName, name)) &&
			(x.lag == 0 || !o.createdAt.After(x.now.Add(-x.lag)))
	}
}

// fields that opportunities can be sorted by: what is largest, won or latest first.
var opportunityOrders = map[string]func(t *team) func(a, b *opportunity) int{
	"amount": func(*team) func(a, b *opportunity) int {
		// Exact decimals are slow to compare, so each is measured once.
		size := map[decimal]float64{}
		measure := func(d decimal) float64 {
			f, ok := size[d]
			if !ok {
				f = d.float()
				size[d] = f
			}
			return f
		}
		return func(a, b *opportunity) int { return cmp.Compare(measure(b.amount), measure(a.amount)) }
	},
	"is_closed": func(t *team) func(a, b *opportunity) int {
		return byFlag(t, func(s *Stage) bool { return s.Closed })
	},
	"is_won": func(t *team) func(a, b *opportunity) int {
		return byFlag(t, func(s *Stage) bool { return s.Won })
	},
	"closed_date": func(*team) func(a, b *opportunity) int {
		return func(a, b *opportunity) int { return b.closedDate.Compare(a.closedDate) }
	},
	"opportunity_created_at": func(*team) func(a, b *opportunity) int {
		return func(a, b *opportunity) int { return b.createdAt.Compare(a.createdAt) }
	},
	"opportunity_updated_at": func(*team) func(a, b *opportunity) int {
		return func(a, b *opportunity) int { return b.updatedAt.Compare(a.updatedAt) }
	},
}

func byFlag(t *team, flag func(*Stage) bool) func(a, b *opportunity) int {
	set := map[string]int{}
	for i := range t.stages {
		if flag(&t.stages[i]) {
			set[t.stages[i].ID] = 1
		}
	}
	return func(a, b *opportunity) int { return set[b.stageID] - set[a.stageID] }
}

// ordered are all opportunities in the order asked for; newestLast says that the
// slice is to be read from its end.
func (t *team) ordered(p params) (rows []*opportunity, newestLast bool, r *refusal) {
	field := p.text("sort_by_field")
	if field == "" {
		return t.opportunities, true, nil
	}
	order, ok := opportunityOrders[field]
	if !ok {
		return nil, false, badSort()
	}
	rows, ok = t.order[field]
	if !ok {
		rows = slices.Clone(t.opportunities)
		slices.Reverse(rows)
		slices.SortStableFunc(rows, order(t))
		if t.order == nil {
			t.order = map[string][]*opportunity{}
		}
		t.order[field] = rows
	}
	return rows, p.bool("sort_ascending"), nil
}
