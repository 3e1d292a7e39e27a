package engine

import (
	"cmp"
	"slices"
	"strings"
)

// breadcrumb echoes a filter that was understood.
type breadcrumb struct {
	Label       string `json:"label"`
	Field       string `json:"signal_field_name"`
	Value       string `json:"value"`
	DisplayName string `json:"display_name"`
}

type accountList struct {
	Breadcrumbs []breadcrumb `json:"breadcrumbs"`
	searchHead
	Accounts       []any `json:"accounts"`
	NumFetchResult null  `json:"num_fetch_result"`
}

// searchAccounts lists a page of accounts. It obeys q_organization_name (a part
// of the name, never of the domain), account_stage_ids, account_label_ids,
// sort_by_field, sort_ascending, page and per_page; anything else is ignored without a word.
//
// https://docs.apollo.io/reference/search-for-accounts
func (t *team) searchAccounts(x *Exchange) (any, *refusal) {
	name := strings.TrimSpace(x.params.text("q_organization_name"))
	stages := x.params.list("account_stage_ids")
	labels := x.params.list("account_label_ids")
	crumbs := []breadcrumb{}
	if name != "" {
		crumbs = append(crumbs, breadcrumb{"Company Name", "q_organization_name", name, name})
	}
	for _, id := range stages {
		if !validID(id) {
			return nil, badSearch()
		}
		crumbs = append(crumbs, breadcrumb{"Account Stage", "account_stage_ids", id, stageName(t.accountStages, id)})
	}
	less, r := accountOrder(x.params)
	if r != nil {
		return nil, r
	}
	lower := strings.ToLower(name)
	found := make([]*account, 0, len(t.accounts))
	for i := len(t.accounts) - 1; i >= 0; i-- {
		a := t.accounts[i]
		if strings.Contains(a.lowerName, lower) && (len(stages) == 0 || slices.Contains(stages, a.stageID)) && unlabelled(labels) {
			found = append(found, a)
		}
	}
	if less != nil {
		slices.SortStableFunc(found, less)
	}
	place := x.params.page()
	from, to := place.of(len(found))
	rows := make([]any, 0, to-from)
	for _, a := range found[from:to] {
		rows = append(rows, t.accountJSON(a, listedAccount))
	}
	return accountList{
		Breadcrumbs: crumbs, Accounts: rows,
		searchHead: searchHead{PartialResultsLimit: 10000, Pagination: place.summary(len(found))},
	}, nil
}

// accountOrder is nil for the default order, newest first.
func accountOrder(p params) (func(a, b *account) int, *refusal) {
	direction := -1
	if p.bool("sort_ascending") {
		direction = 1
	}
	switch p.text("sort_by_field") {
	case "":
		return nil, nil
	case "account_created_at":
		return func(a, b *account) int { return direction * a.createdAt.Compare(b.createdAt) }, nil
	case "account_updated_at", "account_last_activity_date":
		return func(a, b *account) int {
			return direction * cmp.Or(a.updatedAt.Compare(b.updatedAt), strings.Compare(a.id, b.id))
		}, nil
	}
	return nil, badSort()
}
