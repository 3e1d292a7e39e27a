package apollo

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	contactSearch = &operation{
		name: OpContactSearch, method: "POST", path: "/contacts/search",
		right: "api/v1/contacts/search",
	}
	contactView = &operation{
		name: OpContactView, method: "GET", path: "/contacts",
		right: "api/v1/contacts/show", gone: "Apollo has no such contact any more.",
	}
	contactOpportunities = &operation{
		name: OpContactOpportunities, method: "POST", path: "/contacts", of: "/opportunities",
		right: "deals/api/v1/opportunities/search", gone: "Apollo has no such contact any more.",
	}
)

// ListContacts lists the team's contacts with words in their name, title,
// company or email; "" lists all of them.
//
// https://docs.apollo.io/reference/search-for-contacts
func (c *Client) ListContacts(words string) *List[crm.Contact] {
	return c.listContacts(words, nil)
}

// ListContactsOf lists the contacts of an account. Apollo has no such filter:
// they are searched by the account's name, and each row is compared by the
// account's id; one that Apollo keeps without the name of its company is not
// found.
//
// https://docs.apollo.io/reference/search-for-contacts
func (c *Client) ListContactsOf(account crm.Account) *List[crm.Contact] {
	return c.listContacts(account.Name, func(contact crm.Contact) bool { return contact.AccountID == account.ID })
}

func (c *Client) listContacts(words string, keep func(crm.Contact) bool) *List[crm.Contact] {
	return &List[crm.Contact]{
		client: c, member: "contacts", row: readContact, keep: keep,
		id: func(contact crm.Contact) string { return string(contact.ID) },
		ask: func(page int) call {
			body := new(wire.Writer).BeginObject().Text("q_keywords", strings.TrimSpace(words))
			body.Member("page").Int(page).Member("per_page").Int(MaxPerPage)
			return call{operation: contactSearch, body: body.EndObject()}
		},
	}
}

// Contact reads one contact.
//
// https://docs.apollo.io/reference/view-a-contact
func (c *Client) Contact(ctx context.Context, id crm.ContactID) (crm.Contact, error) {
	if err := checkContact(contactView, id); err != nil {
		return crm.Contact{}, err
	}
	return one(ctx, c, call{operation: contactView, id: string(id)}, "contact", readContact, func(seen crm.Contact) bool {
		return seen.ID == id
	})
}

// OpportunitiesOfContact gives the opportunities in which a contact has a role.
// There are none for an unknown contact too.
//
// https://docs.apollo.io/reference/view-associated-deals
func (c *Client) OpportunitiesOfContact(ctx context.Context, id crm.ContactID) ([]Record, error) {
	if err := checkContact(contactOpportunities, id); err != nil {
		return nil, err
	}
	body := new(wire.Writer).BeginObject().EndObject()
	return all(ctx, c, call{operation: contactOpportunities, id: string(id), body: body}, "opportunities", readRecord)
}

func checkContact(op *operation, id crm.ContactID) error {
	if _, ok := crm.ParseID[crm.ContactID](string(id)); !ok {
		return unsent(op, &crm.Error{Kind: crm.Invalid, Message: "The contact is not known."})
	}
	return nil
}

func readContact(r *wire.Reader) (crm.Contact, bool) {
	var contact crm.Contact
	var first, last string
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			contact.ID = id[crm.ContactID](r)
		case "name":
			contact.Name = text(r)
		case "first_name":
			first = text(r)
		case "last_name":
			last = text(r)
		case "title":
			contact.Title = text(r)
		case "email":
			contact.Email = text(r)
		case "account_id":
			contact.AccountID = id[crm.AccountID](r)
		}
	})
	if contact.Name = strings.TrimSpace(contact.Name); contact.Name == "" {
		contact.Name = strings.TrimSpace(first + " " + last)
	}
	return contact, contact.ID != ""
}
