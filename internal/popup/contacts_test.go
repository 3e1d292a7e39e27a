package popup_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// peopleOf reads contacts as the popup's program does, and counts.
type peopleOf struct {
	*apollo.Client
	asked int
	named []string // what was searched for
	gate  func(name string)
}

func (p *peopleOf) ContactsOf(ctx context.Context, a crm.Account, name string) ([]crm.Contact, bool, error) {
	p.asked++
	if p.named = append(p.named, name); p.gate != nil {
		p.gate(name)
	}
	return p.Client.ContactsOf(ctx, a, name)
}

func (p *peopleOf) RoleTypes(ctx context.Context) (roles []form.Option, err error) {
	types, err := p.Client.RoleTypes(ctx)
	for _, kind := range types {
		roles = append(roles, form.Option{ID: string(kind.ID), Name: kind.Name})
	}
	return roles, err
}

// withPeople is the popup on Acme's page with its contacts unfolded.
func withPeople(t *testing.T) (*world, *popup.Story, *peopleOf) {
	t.Helper()
	w := newWorld()
	people := &peopleOf{Client: w.client}
	w.people = people
	s := w.read(t, acmePage)
	assert.Zero(t, people.asked, "nothing is asked before the rep wants to see them")
	require.True(t, w.now().Form.People.Offered)
	s.ListContacts(t.Context())
	s.ListContacts(t.Context())
	assert.Equal(t, 1, people.asked)
	require.Len(t, w.now().Form.People.Rows, 2)
	require.Len(t, w.now().Form.People.Roles, 4)
	return w, s, people
}

func (w *world) rolesOf(t *testing.T, name string) []apollo.Role {
	t.Helper()
	record, err := w.client.Record(t.Context(), w.rowNamed(t, name).ID)
	require.NoError(t, err)
	return record.Roles
}

func TestContactsOfANewOpportunity(t *testing.T) {
	w, s, _ := withPeople(t)
	rows, roles := w.now().Form.People.Rows, w.now().Form.People.Roles
	w.typing(t, s, "name", "Acme anvils", string(crm.FieldContacts), rows[0].ID+":"+roles[1].Value+","+rows[1].ID)
	assert.True(t, w.now().Form.People.Rows[1].Chosen)
	entry := w.save(t, s)
	assert.Empty(t, entry.Command.(crm.Create).Custom, "they are attached by a command of their own")
	require.Len(t, w.now().Outbox, 1, "which is a part of the same save")
	w.sent(t, s)
	w.sent(t, s)
	require.Len(t, w.now().Outbox, 1)
	got := w.rolesOf(t, "Acme anvils")
	require.Len(t, got, 2)
	assert.Equal(t, crm.ContactID(rows[0].ID), got[0].ContactID)
	assert.True(t, got[0].Primary)
	assert.Equal(t, crm.RoleTypeID(roles[1].Value), got[0].Types[0].ID)
	assert.Equal(t, crm.ContactID(rows[1].ID), got[1].ContactID)
	assert.Len(t, w.stored("opportunity.update_roles"), 1)
	assert.Empty(t, w.now().Form.People.Value, "the next form has none")
}

func TestContactsThatCannotBeAttachedAreTold(t *testing.T) {
	w, s, _ := withPeople(t)
	w.typing(t, s, "name", "Acme anvils", string(crm.FieldContacts), w.now().Form.People.Rows[0].ID)
	w.save(t, s)
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.update_roles", Kind: sandbox.FaultReset, Times: 1})
	w.sent(t, s)
	w.golden(t, "entry_contacts_waiting")
	w.clock.advance(time.Minute)
	w.sent(t, s)
	assert.Len(t, w.rolesOf(t, "Acme anvils"), 1, "tried again")
	assert.Len(t, w.stored("opportunity.create"), 1)
}

// The popup may die after the create is saved and before its contacts are.
func TestContactsAreSavedByTheNextPopup(t *testing.T) {
	w, s, _ := withPeople(t)
	w.typing(t, s, "name", "Acme anvils", string(crm.FieldContacts), w.now().Form.People.Rows[0].ID)
	saves := 0
	w.outbox.Fail = func(operation string) error {
		if operation == "update" {
			if saves++; saves > 1 {
				return assert.AnError
			}
		}
		return nil
	}
	_, err := s.Save(t.Context(), w.formID())
	require.Error(t, err, "it is not called saved")
	w.outbox.Fail = nil
	again := w.read(t, acmePage)
	w.sent(t, again)
	w.sent(t, again)
	assert.Len(t, w.rolesOf(t, "Acme anvils"), 1)
	assert.Len(t, w.stored("opportunity.create"), 1)
}

func TestContactsOfAChange(t *testing.T) {
	w, s, _ := withPeople(t)
	w.view(t, s, "Acme rollout, phase 2")
	v := w.now().Form.People
	require.True(t, v.Rows[0].Chosen || v.Rows[1].Chosen, "those who are there")
	before := v.Value
	other := v.Rows[0]
	if other.Chosen {
		other = v.Rows[1]
	}
	w.typing(t, s, string(crm.FieldContacts), before+","+other.ID, "amount", "50k")
	entry := w.save(t, s)
	w.sent(t, s)
	assert.Len(t, w.rolesOf(t, "Acme rollout, phase 2"), 2)
	assert.Contains(t, w.rowNamed(t, "Acme rollout, phase 2").Amount, "50,000")
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Undo))
	w.sent(t, s)
	assert.Len(t, w.rolesOf(t, "Acme rollout, phase 2"), 1)
}

func TestContactsOfWhatIsDiscarded(t *testing.T) {
	w, s, _ := withPeople(t)
	w.typing(t, s, "name", "Acme anvils", string(crm.FieldContacts), w.now().Form.People.Rows[0].ID)
	entry := w.save(t, s)
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Discard))
	w.sent(t, s)
	assert.Empty(t, w.stored("opportunity.create"))
	require.Len(t, w.now().Outbox, 1)
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Restore))
	w.sent(t, s)
	w.sent(t, s)
	assert.Len(t, w.rolesOf(t, "Acme anvils"), 1)
}

// manyPeople gives the account more contacts than Apollo lists at once.
func manyPeople(o *sandbox.Options) {
	acme := o.Seed.Accounts[0].ID
	for i := range 120 {
		o.Seed.Contacts = append(o.Seed.Contacts, sandbox.Contact{First: "Worker", Last: "Number " + strconv.Itoa(i), Title: "Crew", Account: acme})
	}
	o.Seed.Contacts = append(o.Seed.Contacts, sandbox.Contact{First: "Worker", Last: "Elsewhere", Account: o.Seed.Accounts[1].ID})
}

func TestContactsAreSearchedWhereThereAreMany(t *testing.T) {
	w := newWorld(manyPeople)
	asked := &peopleOf{Client: w.client}
	w.people = asked
	ctx := t.Context()
	s := w.read(t, acmePage)
	s.FindContacts(ctx, "Rhoda")
	assert.Zero(t, asked.asked, "nothing is searched before the rep wants to see them")
	s.ListContacts(ctx)
	people := func() popup.People { return w.now().Form.People }
	names := func() (names []string) {
		for _, row := range people().Rows {
			names = append(names, row.Name)
		}
		return names
	}
	require.True(t, people().Search)
	assert.Equal(t, "These may not be all: Apollo lists contacts by their company's name. Search for others.", people().Status)
	first := names()
	require.NotContains(t, first, "Rhoda Runner")

	s.FindContacts(ctx, " rhoda ")
	assert.Equal(t, []string{"Rhoda Runner"}, names())
	assert.Empty(t, people().Status)
	s.FindContacts(ctx, "rhoda")
	assert.Equal(t, []string{"", "rhoda"}, asked.named, "the same text is not asked for again")
	w.typing(t, s, "name", "Acme anvils", string(crm.FieldContacts), people().Rows[0].ID)

	s.FindContacts(ctx, "elsewhere")
	assert.Equal(t, []string{"Rhoda Runner"}, names(), "who is chosen stays; another company's people are none of its")
	assert.Equal(t, "No contact of this account was found by this.", people().Status)
	s.FindContacts(ctx, "worker")
	assert.Equal(t, "There are more of this name. Type more of it.", people().Status)
	s.FindContacts(ctx, "")
	assert.ElementsMatch(t, append(first, "Rhoda Runner"), names())

	w.apollo.SetFault(sandbox.Fault{Endpoint: "contact.search", Kind: sandbox.FaultStatus, Status: 502, Times: 9})
	s.FindContacts(ctx, "coyote")
	assert.NotEmpty(t, people().Status)
	assert.ElementsMatch(t, append(first, "Rhoda Runner"), names(), "what cannot be asked takes nothing away")
	w.apollo.ClearFaults()
	s.FindContacts(ctx, "coyote")
	assert.ElementsMatch(t, []string{"Wilhelmina Coyote", "Rhoda Runner"}, names())

	// An answer that is late shows nothing.
	asked.gate = func(name string) {
		if asked.gate = nil; name == "hank" {
			s.FindContacts(ctx, "rhoda")
		}
	}
	s.FindContacts(ctx, "hank")
	assert.Equal(t, []string{"Rhoda Runner"}, names())

	w.save(t, s)
	w.sent(t, s)
	w.sent(t, s)
	assert.Len(t, w.rolesOf(t, "Acme anvils"), 1)
}

func TestFewContactsNeedNoSearch(t *testing.T) {
	w, s, people := withPeople(t)
	assert.False(t, w.now().Form.People.Search)
	s.FindContacts(t.Context(), "Rhoda")
	assert.Equal(t, 1, people.asked)
}
