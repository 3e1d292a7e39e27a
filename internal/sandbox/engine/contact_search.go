package engine

import (
	"slices"
	"strings"
)

type contactList struct {
	Contacts    []any        `json:"contacts"`
	Breadcrumbs []breadcrumb `json:"breadcrumbs"`
	searchHead
	NumFetchResult null `json:"num_fetch_result"`
}

// searchContacts lists a page of contacts, newest first. It obeys q_keywords (a
// part of the name, title, company or email), contact_stage_ids,
// contact_label_ids, linkedin_url, sort_by_field, sort_ascending, page and
// per_page; anything else is ignored without a word.
//
// https://docs.apollo.io/reference/search-for-contacts
func (t *team) searchContacts(x *Exchange) (any, *refusal) {
	keywords := strings.TrimSpace(x.params.text("q_keywords"))
	stages := x.params.list("contact_stage_ids")
	linkedin := x.params.text("linkedin_url")
	crumbs := []breadcrumb{}
	if keywords != "" {
		crumbs = append(crumbs, breadcrumb{"Contains Keywords", "q_keywords", keywords, keywords})
	}
	for _, id := range stages {
		if !validID(id) {
			return nil, badSearch()
		}
		crumbs = append(crumbs, breadcrumb{"Contact Stage", "contact_stage_ids", id, stageName(t.contactStages, id)})
	}
	less, r := contactOrder(x.params)
	if r != nil {
		return nil, r
	}
	var found []*contact
	for _, c := range slices.Backward(t.contacts) {
		if t.mentions(c, strings.ToLower(keywords)) && (len(stages) == 0 || slices.Contains(stages, c.stageID)) &&
			(linkedin == "" || linkedin == c.linkedin) && unlabelled(x.params.list("contact_label_ids")) {
			found = append(found, c)
		}
	}
	if less != nil {
		slices.SortStableFunc(found, less)
	}
	place := x.params.page()
	from, to := place.of(len(found))
	rows := []any{}
	for _, c := range found[from:to] {
		rows = append(rows, t.contactJSON(c, listedContact))
	}
	return contactList{
		Contacts: rows, Breadcrumbs: crumbs,
		searchHead: searchHead{PartialResultsLimit: 10000, Pagination: place.summary(len(found))},
	}, nil
}

func (t *team) mentions(c *contact, lower string) bool {
	for _, text := range []string{c.name(), c.title, t.companyOf(c), c.email} {
		if strings.Contains(strings.ToLower(text), lower) {
			return true
		}
	}
	return false
}

// unlabelled says whether what has no label passes a filter by labels: nothing
// here ever has one.
func unlabelled(wanted []string) bool { return len(wanted) == 0 }

// contactOrder is nil for the default order, newest first.
func contactOrder(p params) (func(a, b *contact) int, *refusal) {
	direction := -1
	if p.bool("sort_ascending") {
		direction = 1
	}
	switch p.text("sort_by_field") {
	case "", "contact_email_last_opened_at", "contact_email_last_clicked_at":
		return nil, nil
	case "contact_created_at":
		return func(a, b *contact) int { return direction * a.createdAt.Compare(b.createdAt) }, nil
	case "contact_updated_at", "contact_last_activity_date":
		return func(a, b *contact) int { return direction * a.updatedAt.Compare(b.updatedAt) }, nil
	}
	return nil, badSort()
}
