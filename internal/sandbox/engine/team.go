package engine

import (
	"slices"
	"time"
)

// team is everything that one Apollo team has stored. It is not safe for
// concurrent use; Engine holds a lock around it.
type team struct {
	id      string
	ids     *ids
	dialect Dialect
	// filterByAccount says whether opportunities/search obeys account_id.
	filterByAccount bool

	users         []User
	pipelines     []Pipeline
	stages        []Stage
	accountStages []RecordStage
	contactStages []RecordStage
	roleTypes     []RoleType
	fields        []field

	// contacts are in the order of creation, oldest first.
	contacts    []*contact
	contactByID map[string]*contact

	// accounts and opportunities are in the order of creation, oldest first.
	accounts      []*account
	accountByID   map[string]*account
	opportunities []*opportunity
	byID          map[string]*opportunity
	names         nameIndex
	// columns are the sort keys of the opportunities by field, each by position.
	columns              map[string][]float64
	stageIDs, accountIDs idColumn
	// ranks is room for a search to sort in.
	ranks []rank
}

func newTeam(opts Options, ids *ids, now time.Time) *team {
	seed := opts.Seed
	t := &team{
		id: seed.TeamID, ids: ids, dialect: opts.Dialect, filterByAccount: opts.HonourAccountFilter,
		users: slices.Clone(seed.Users), pipelines: slices.Clone(seed.Pipelines), stages: slices.Clone(seed.Stages),
		accountStages: slices.Clone(seed.AccountStages), contactStages: slices.Clone(seed.ContactStages), roleTypes: slices.Clone(seed.RoleTypes),
		contactByID: map[string]*contact{},
		accountByID: make(map[string]*account, len(seed.Accounts)),
		byID:        make(map[string]*opportunity, len(seed.Opportunities)),
		columns:     map[string][]float64{},
	}
	if t.id == "" {
		t.id = ids.object(now)
	}
	for _, a := range seed.Accounts {
		t.seedAccount(a, now)
	}
	slices.SortStableFunc(t.accounts, func(a, b *account) int { return a.createdAt.Compare(b.createdAt) })
	for _, c := range seed.Contacts {
		t.seedContact(c, now)
	}
	slices.SortStableFunc(t.contacts, func(a, b *contact) int { return a.createdAt.Compare(b.createdAt) })
	for _, f := range seed.Fields {
		t.seedField(f, now)
	}
	t.seedOpportunities(seed.Opportunities, now)
	return t
}

// actor is who an API key acts as: the longest-standing active admin.
func (t *team) actor() string {
	for _, u := range t.users {
		if u.Admin && !u.Deleted {
			return u.ID
		}
	}
	if len(t.users) > 0 {
		return t.users[0].ID
	}
	return ""
}
