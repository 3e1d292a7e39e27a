package sandbox

import (
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
	at, r := t.ordered(x.params)
	if r != nil {
		return nil, r
	}
	place := x.params.page()
	rows, total := t.pick(place, at, t.filter(x))
	return opportunityList{
		Breadcrumbs: []breadcrumb{}, Opportunities: rows, CRMUsers: []string{},
		searchHead: searchHead{PartialResultsLimit: 10000, Pagination: place.summary(total)},
	}, nil
}

// pick is the page's rows of those that are kept, and how many are kept in all.
func (t *team) pick(place page, at func(i int) int, keep func(position int) bool) (rows []*opportunityJSON, total int) {
	rows = []*opportunityJSON{}
	if keep == nil {
		total = len(t.opportunities)
		from, to := place.of(total)
		for i := from; i < to; i++ {
			rows = append(rows, t.opportunityJSON(t.opportunities[at(i)], listShape))
		}
		return rows, total
	}
	for i := range t.opportunities {
		position := at(i)
		if !keep(position) {
			continue
		}
		if page := total / place.size; page == place.number-1 {
			rows = append(rows, t.opportunityJSON(t.opportunities[position], listShape))
		}
		total++
	}
	return rows, total
}

// filter is what every row must satisfy, nil where there is nothing to check.
func (t *team) filter(x *exchange) func(position int) bool {
	name := strings.TrimSpace(x.params.text("q_opportunity_name"))
	stages := x.params.list("opportunity_stage_ids")
	var accounts []string
	if t.filterByAccount {
		accounts = append(x.params.list("account_id"), x.params.list("account_ids")...)
	}
	if name == "" && len(stages) == 0 && len(accounts) == 0 && x.lag == 0 {
		return nil
	}
	var named []bool
	if name != "" {
		named = t.named(name)
	}
	// The cheapest test comes first: it spares most rows the look at the memory.
	byNameOnly := len(stages) == 0 && len(accounts) == 0 && x.lag == 0
	return func(position int) bool {
		if named != nil && !named[position] {
			return false
		}
		if byNameOnly {
			return true
		}
		o := t.opportunities[position]
		return (len(accounts) == 0 || slices.Contains(accounts, o.accountID)) &&
			(len(stages) == 0 || slices.Contains(stages, o.stageID)) &&
			(x.lag == 0 || !o.createdAt.After(x.now.Add(-x.lag)))
	}
}
