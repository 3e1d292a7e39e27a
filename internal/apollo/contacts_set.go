package apollo

import (
	"cmp"
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// contactsText is the text of [crm.FieldContacts] for roles as Apollo has them. A
// type that came without its id stands by its name.
func contactsText(roles []Role) string {
	primary, others := "", []string{}
	for i := range roles {
		text := string(roles[i].ContactID)
		for j, kind := range roles[i].Types {
			sign := "+"
			if j == 0 {
				sign = ":"
			}
			name := string(kind.ID)
			if name == "" {
				name = kind.Name
			}
			text += sign + name
		}
		if roles[i].Primary && primary == "" {
			primary = text
		} else {
			others = append(others, text)
		}
	}
	if len(roles) == 0 {
		return ""
	}
	crm.Sort(others, strings.Compare)
	return strings.Join(append([]string{primary}, others...), ",")
}

// rolesOf is the other way.
func rolesOf(text string) (roles []Role) {
	for i, one := range strings.Split(text, ",") {
		contact, kinds, _ := strings.Cut(one, ":")
		if contact == "" {
			continue
		}
		role := Role{ContactID: crm.ContactID(contact), Primary: i == 0}
		for j, kind := range strings.FieldsFunc(kinds, func(r rune) bool { return r == '+' }) {
			role.Types = append(role.Types, RoleType{ID: crm.RoleTypeID(kind), Primary: j == 0})
		}
		roles = append(roles, role)
	}
	return roles
}

// SetContacts replaces the contacts of an opportunity by the text of
// [crm.FieldContacts] in want, and reads the opportunity again: Apollo may answer
// 200 and store nothing, which is then a difference. It replaces the whole set, so
// that it may be repeated: what may have been done is an error of kind
// [crm.Unavailable]. Apollo does not document this endpoint.
func (c *Client) SetContacts(ctx context.Context, id crm.OpportunityID, want string) (crm.Opportunity, []crm.Difference, error) {
	roles := rolesOf(want)
	if err := checkRoles(id, roles); err != nil {
		return crm.Opportunity{}, nil, err
	}
	if err := repeatable(c.do(ctx, roleCall(id, roles), nil)); err != nil {
		return crm.Opportunity{}, nil, err
	}
	stored, _, err := c.OpportunityAt(ctx, id)
	if err != nil {
		return crm.Opportunity{}, nil, repeatable(err)
	}
	var differences []crm.Difference
	if got := stored.Text(crm.FieldContacts); got != want {
		differences = []crm.Difference{{Field: crm.FieldContacts, Sent: want, Stored: got}}
	}
	return stored, differences, nil
}

func repeatable(err error) error {
	if crm.KindOf(err) == crm.Uncertain {
		told := *crm.AsError(err)
		told.Kind = crm.Unavailable
		told.Message, told.Parts = "Apollo did not say whether the contacts were attached. They are sent again, which attaches nobody twice.", nil
		return &told
	}
	return err
}

// ContactsOf gives contacts of an account, at most a page of those that a search
// for name finds, or for the account's own name where that is ""; whole says that
// these are all. See [Client.ListContactsOf].
//
// https://docs.apollo.io/reference/search-for-contacts
func (c *Client) ContactsOf(ctx context.Context, account crm.Account, name string) (contacts []crm.Contact, whole bool, err error) {
	body := new(wire.Writer).BeginObject().Text("q_keywords", strings.TrimSpace(cmp.Or(name, account.Name)))
	body.Member("page").Int(1).Member("per_page").Int(MaxPerPage)
	var page Page[crm.Contact]
	err = c.do(ctx, call{operation: contactSearch, body: body.EndObject()}, func(r *wire.Reader) {
		page = readPage(r, "contacts", readContact, nil)
	})
	for _, contact := range page.Rows {
		if contact.AccountID == account.ID {
			contacts = append(contacts, contact)
		}
	}
	return contacts, page.Pages <= 1, err
}
