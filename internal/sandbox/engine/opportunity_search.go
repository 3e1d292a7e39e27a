package engine

import "strings"

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
func (t *team) searchOpportunities(x *Exchange) (any, *refusal) {
	rankOf, r := t.ranking(x.params)
	if r != nil {
		return nil, r
	}
	place := x.params.page()
	positions, total := t.pick(place, rankOf, t.filters(x))
	rows := make([]*opportunityJSON, len(positions))
	for i, position := range positions {
		rows[i] = t.opportunityJSON(t.opportunities[position], listShape)
	}
	return opportunityList{
		Breadcrumbs: []breadcrumb{}, Opportunities: rows, CRMUsers: []string{},
		searchHead: searchHead{PartialResultsLimit: 10000, Pagination: place.summary(total)},
	}, nil
}

// pick is the positions of the page's opportunities, newest first where there are
// no ranks, and how many there are in all that pass every filter.
func (t *team) pick(place page, rankOf func(position int) rank, filters []func(position int) bool) (positions []int, total int) {
	if len(filters) == 0 && rankOf == nil {
		total = len(t.opportunities)
		from, to := place.of(total)
		for i := from; i < to; i++ {
			positions = append(positions, total-1-i)
		}
		return positions, total
	}
	if rankOf == nil {
		for position := len(t.opportunities) - 1; position >= 0; position-- {
			if passes(position, filters) {
				positions = append(positions, position)
			}
		}
		from, to := place.of(len(positions))
		return positions[from:to], len(positions)
	}
	ranks := t.ranks[:0]
	for position := range t.opportunities {
		if passes(position, filters) {
			ranks = append(ranks, rankOf(position))
		}
	}
	t.ranks = ranks
	from, to := place.of(len(ranks))
	sortRange(ranks, from, to)
	for _, r := range ranks[from:to] {
		positions = append(positions, max(r.tie, -r.tie))
	}
	return positions, len(ranks)
}

func passes(position int, filters []func(position int) bool) bool {
	for _, filter := range filters {
		if !filter(position) {
			return false
		}
	}
	return true
}

// filters are what every row must satisfy.
func (t *team) filters(x *Exchange) (filters []func(position int) bool) {
	if name := strings.TrimSpace(x.params.text("q_opportunity_name")); name != "" {
		named := t.names.find(name)
		filters = append(filters, func(position int) bool { return named[position] })
	}
	if f := t.stageIDs.filter(x.params.list("opportunity_stage_ids")); f != nil {
		filters = append(filters, f)
	}
	if t.filterByAccount {
		if f := t.accountIDs.filter(append(x.params.list("account_id"), x.params.list("account_ids")...)); f != nil {
			filters = append(filters, f)
		}
	}
	if x.lag > 0 {
		latest := float64(x.now.Add(-x.lag).UnixMilli())
		created := t.columns["opportunity_created_at"]
		filters = append(filters, func(position int) bool { return created[position] <= latest })
	}
	return filters
}
