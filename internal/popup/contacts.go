package popup

import (
	"context"
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/outbox"
)

// PeopleReader reads whom a team knows at a company, and what they can be to an
// opportunity. Its errors are of type *crm.Error.
type PeopleReader interface {
	// ContactsOf gives contacts of an account, with a text in their name or any for
	// ""; whole says that these are all.
	ContactsOf(ctx context.Context, account crm.Account, name string) (contacts []crm.Contact, whole bool, err error)
	RoleTypes(context.Context) ([]form.Option, error)
}

// people are the contacts of an account, once the rep has asked for them.
type people struct {
	of       crm.AccountID
	contacts []crm.Contact // those that are offered
	seen     []crm.Contact // and all that were, for who is chosen stays in sight
	first    []crm.Contact // those without a search
	roles    []form.Option
	status   string
	asking   bool
	several  bool   // there are more than were read: they can be searched
	text     string // what is searched for
	failed   bool   // and was not answered
}

// ListContacts reads the contacts of the form's account, for the first time that
// the rep wants to see them: nothing of it is asked before.
func (s *Story) ListContacts(ctx context.Context) {
	s.mu.Lock()
	account, ok := s.formAccount()
	if s.ports.People == nil || s.people.of == account.ID && (s.people.asking || s.people.contacts != nil) {
		s.mu.Unlock()
		return
	}
	s.people = people{of: account.ID, asking: ok, status: s.say("Asking Apollo for the account's contacts.")}
	if !ok {
		s.people.status = s.say("An account that is not in Apollo yet has no contacts.")
	}
	s.show()
	s.mu.Unlock()
	if !ok {
		return
	}
	found := people{of: account.ID}
	var whole bool
	var err error
	together(
		func() { found.contacts, whole, err = s.ports.People.ContactsOf(ctx, account, "") },
		func() { found.roles, _ = s.ports.People.RoleTypes(ctx) }, // contacts can be attached without
	)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.people.of != account.ID:
		return
	case err != nil:
		found.status = s.tell(err)
	case len(found.contacts) == 0:
		found.status = s.say("Apollo has no contacts of this account.")
	case !whole:
		found.several, found.status = true, s.say(notAll)
	}
	found.first, found.seen = found.contacts, found.contacts
	s.people = found
	s.show()
}

const notAll crm.English = "These may not be all: Apollo lists contacts by their company's name. Search for others."

// FindContacts offers those of the account's contacts that have a text in their
// name; those that are chosen stay.
func (s *Story) FindContacts(ctx context.Context, text string) {
	text = strings.TrimSpace(text)
	s.mu.Lock()
	account, ok := s.formAccount()
	if !ok || s.people.of != account.ID || !s.people.several || s.people.text == text && !s.people.failed {
		s.mu.Unlock()
		return
	}
	s.people.text, s.people.failed, s.people.status = text, false, s.say("Looking for it in Apollo.")
	if text == "" {
		s.people.contacts, s.people.status = s.people.first, s.say(notAll)
	}
	s.show()
	s.mu.Unlock()
	if text == "" {
		return
	}
	found, whole, err := s.ports.People.ContactsOf(ctx, account, text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.people.of != account.ID || s.people.text != text {
		return // the rep looks for somebody else by now
	}
	switch s.people.status = ""; {
	case err != nil:
		s.people.status, s.people.failed = s.tell(err), true
	case len(found) == 0:
		s.people.status = s.say("No contact of this account was found by this.")
	case !whole:
		s.people.status = s.say("There are more of this name. Type more of it.")
	}
	if err == nil {
		s.people.contacts = found
		s.people.seen = slices.Concat(s.people.seen, slices.DeleteFunc(slices.Clone(found), s.people.knows))
	}
	s.show()
}

// knows says whether a contact was offered before.
func (p *people) knows(c crm.Contact) bool {
	return slices.ContainsFunc(p.seen, func(seen crm.Contact) bool { return seen.ID == c.ID })
}

// formAccount is the account of the opportunity in the form. The story must be
// locked.
func (s *Story) formAccount() (crm.Account, bool) {
	id := s.draft.Base.AccountID
	if s.draft.OpportunityID == "" {
		id = crm.AccountID(s.draft.Text(crm.FieldAccount))
	}
	for _, a := range s.known.Accounts {
		if a.ID == id {
			return a, true
		}
	}
	return crm.Account{}, false
}

// peopleView are the contacts as the form offers them. The story must be locked.
func (s *Story) peopleView() People {
	text := s.draft.Text(crm.FieldContacts)
	v := People{
		Offered: s.ports.People != nil, Field: crm.FieldContacts, Value: text, Touched: s.draft.Touched(crm.FieldContacts),
		Locked: s.draft.Locked(crm.FieldContacts),
	}
	account, _ := s.formAccount()
	if s.people.of != account.ID {
		return v
	}
	if v.Status = s.people.status; v.Locked {
		v.Status = s.say("not known while offline")
	}
	v.Search = s.people.several
	chosen := rolesIn(text)
	for _, c := range s.people.seen {
		role, is := chosen[string(c.ID)]
		if !is && !slices.ContainsFunc(s.people.contacts, func(o crm.Contact) bool { return o.ID == c.ID }) {
			continue
		}
		v.Rows = append(v.Rows, Person{ID: string(c.ID), Name: c.Name, Title: c.Title, Chosen: is, Role: role})
	}
	v.Roles = []Option{{Label: s.say("No role")}}
	for _, o := range s.people.roles {
		v.Roles = append(v.Roles, Option{Value: o.ID, Label: o.Name})
	}
	return v
}

// rolesIn gives the role of each contact in a text of [crm.FieldContacts].
func rolesIn(text string) map[string]string {
	roles := map[string]string{}
	for one := range strings.SplitSeq(text, ",") {
		if contact, role, _ := strings.Cut(one, ":"); contact != "" {
			roles[contact] = role
		}
	}
	return roles
}

// contactsWords is a text of [crm.FieldContacts] for people: names, where they are
// known.
func (s *Story) contactsWords(text string) string {
	var names []string
	for _, c := range s.people.seen {
		if strings.Contains(text, string(c.ID)) {
			names = append(names, c.Name)
		}
	}
	if n := len(rolesIn(text)); n > len(names) {
		return s.ports.Words.Count(n, "{0} contact", "{0} contacts")
	}
	return strings.Join(names, ", ")
}

// A new opportunity is created first, and its contacts are attached by a command
// that follows: an update of what the create makes, with an id of its own that
// the create's gives. It is as durable as that, and setting contacts replaces all
// of them, so that it can be repeated.

// attaching takes the contacts out of a create, as the update that follows it.
func attaching(command crm.Command) (crm.Command, *crm.Update) {
	create, ok := command.(crm.Create)
	contacts := create.Text(crm.FieldContacts)
	if !ok || contacts == "" {
		return command, nil
	}
	u := crm.Update{Fields: []crm.Field{crm.FieldContacts}, Base: crm.Values{Name: create.Name}, Want: crm.Values{Name: create.Name}}
	u.Want.SetText(crm.FieldContacts, contacts)
	var others []crm.Field
	for f := range create.Custom.All() {
		if f != crm.FieldContacts {
			others = append(others, f)
		}
	}
	create.Custom = create.Custom.Only(others)
	return create, &u
}

// attachID is the id of the entry that attaches contacts to what an entry creates.
func attachID(id string) string {
	digits := []byte(id)
	slices.Reverse(digits)
	return string(digits)
}

// attach saves it.
func (s *Story) attach(ctx context.Context, id string, u *crm.Update) error {
	if u == nil {
		return nil
	}
	_, err := s.ports.Outbox.AppendAfter(ctx, attachID(id), id, *u)
	return err
}

// attaches says whether an entry attaches contacts to what another creates.
func attaches(e outbox.Entry) bool { return e.After != "" && e.ID == attachID(e.After) }

// quiet says whether an entry need not be shown: contacts that are attached, or
// will be once their opportunity is there, are a part of saving it.
func quiet(e outbox.Entry) bool {
	waits := e.State == outbox.Queued && e.Failure == nil || e.State == outbox.Sending
	return attaches(e) && (waits || e.State == outbox.Done && len(e.Differences) == 0 || e.State == outbox.Discarded)
}

// withContacts does the same with the contacts of a create, where it has any.
func (s *Story) withContacts(ctx context.Context, id string, do func(context.Context, string) error) error {
	if err := do(ctx, id); err != nil {
		return err
	}
	entry, err := s.ports.Outbox.Find(ctx, attachID(id))
	if err != nil || !attaches(entry) {
		return nil // there are none
	}
	return do(ctx, entry.ID)
}
