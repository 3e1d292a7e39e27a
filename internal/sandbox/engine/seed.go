package engine

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Seed is a team's data at a server's start. Its times are relative to that
// start, so that a demo never looks old. An empty id is made up.
type Seed struct {
	// TeamID is the team's, TeamName for people only: no answer shows it.
	TeamID, TeamName string
	Users            []User
	// Pipelines: the first is the default.
	Pipelines []Pipeline
	Stages    []Stage
	// AccountStages and ContactStages: the first is a new record's.
	AccountStages, ContactStages []RecordStage
	Accounts                     []Account
	Opportunities                []Opportunity
	Contacts                     []Contact
	RoleTypes                    []RoleType
	// Fields are the custom fields.
	Fields []Field
}

// Account is a seeded account.
type Account struct {
	ID, Name, Domain string
	// Owner is a user's id; empty is the first admin's.
	Owner string
	// Organization is the id of the organization that it is linked to, or empty.
	Organization   string
	Phone, Address string
	// Age is how long before the start it was created.
	Age time.Duration
}

// Opportunity is a seeded opportunity.
type Opportunity struct {
	ID, Name string
	// Account, Owner and Stage are ids, or empty for null.
	Account, Owner, Stage string
	// Amount is in digits, "12500.50"; empty is null.
	Amount string
	// Closes is the expected close date, YYYY-MM-DD; where it is empty, ClosesIn
	// counts days from the start's date, and 0 is null.
	Closes   string
	ClosesIn int
	// Age is how long before the start it was created.
	Age time.Duration
	// Source is "api" where it is empty.
	Source       string
	CustomFields map[string]any
	// Hidden is refused to a view: "You are not authorized to view this page."
	Hidden bool
	Roles  []Role
}

// Contact is a seeded person.
type Contact struct {
	ID, First, Last, Email, Title string
	// Account is the id of the account, or empty.
	Account string
	// Company is the company's name where there is no account.
	Company string
	// Age is how long before the start the contact was created.
	Age time.Duration
}

func (t *team) seedContact(c Contact, now time.Time) {
	created := now.Add(-c.Age).Truncate(time.Millisecond)
	if c.ID == "" {
		c.ID = t.ids.object(created)
	}
	row := &contact{
		id: c.ID, first: c.First, last: c.Last, email: c.Email, title: c.Title, accountID: c.Account, company: c.Company,
		ownerID: t.actor(), createdBy: t.actor(), createdAt: created, updatedAt: created,
	}
	if len(t.contactStages) > 0 {
		row.stageID = t.contactStages[0].ID
	}
	t.keepContact(row)
}

func (t *team) seedAccount(a Account, now time.Time) {
	created := now.Add(-a.Age).Truncate(time.Millisecond)
	if a.ID == "" {
		a.ID = t.ids.object(created)
	}
	if a.Owner == "" {
		a.Owner = t.actor()
	}
	row := &account{
		id: a.ID, name: a.Name, lowerName: strings.ToLower(a.Name), domain: a.Domain, organizationID: a.Organization,
		ownerID: a.Owner, createdBy: t.actor(), phone: a.Phone, rawAddress: a.Address, source: "api",
		createdAt: created, updatedAt: created,
	}
	if len(t.accountStages) > 0 {
		row.stageID = t.accountStages[0].ID
	}
	t.keepAccount(row)
}

// seedOpportunities stores them side by side in the order of creation, so that a
// search reads memory from one end to the other.
func (t *team) seedOpportunities(seeds []Opportunity, now time.Time) {
	oldestFirst := make([]int, len(seeds))
	for i := range seeds {
		oldestFirst[i] = i
	}
	slices.SortStableFunc(oldestFirst, func(a, b int) int { return cmp.Compare(seeds[b].Age, seeds[a].Age) })
	rows := make([]opportunity, len(seeds))
	for i, from := range oldestFirst {
		rows[i] = t.seedOpportunity(seeds[from], now)
		t.keepOpportunity(&rows[i])
	}
}

func (t *team) seedOpportunity(o Opportunity, now time.Time) opportunity {
	created := now.Add(-o.Age).Truncate(time.Millisecond)
	row := opportunity{
		id: o.ID, name: o.Name, ownerID: o.Owner, createdBy: t.actor(), stageID: o.Stage,
		accountID: o.Account, amount: parseDecimal(o.Amount), closedDate: parseDate(o.Closes), createdAt: created,
		updatedAt: created, source: o.Source, customFields: fieldsOf(o.CustomFields), hidden: o.Hidden,
	}
	if row.id == "" {
		row.id = t.ids.object(created)
	}
	if row.source == "" {
		row.source = "api"
	}
	if row.stageID != "" {
		row.stageUpdatedAt = created
	}
	if row.closedDate.IsZero() && o.ClosesIn != 0 {
		row.closedDate = now.Truncate(24*time.Hour).AddDate(0, 0, o.ClosesIn)
	}
	for _, role := range o.Roles {
		row.roles = append(row.roles, contactRole{role.Contact, role.Primary, []roleKind{{role.Type, role.Primary}}, created})
	}
	return row
}
