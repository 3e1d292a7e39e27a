package sandbox

// Contact is a person at an account.
type Contact struct {
	ID, First, Last, Email, Title string
	// Account is the id of the account, or empty.
	Account string
}

// Role ties a contact to an opportunity.
type Role struct {
	// Contact is the contact's id, Type the id of the role's type.
	Contact, Type string
	Primary       bool
}

// RoleType is what a contact can be to an opportunity: "Decision Maker".
type RoleType struct{ ID, Name string }

// liveRole is a role as Apollo answers it, documentedRole as it is documented.
type liveRole struct {
	ID        string         `json:"id"`
	ContactID string         `json:"contact_id"`
	IsPrimary bool           `json:"is_primary"`
	Role      []liveRoleType `json:"role"`
	CreatedAt *string        `json:"created_at"`
	UpdatedAt *string        `json:"updated_at"`
}

type liveRoleType struct {
	TypeID    string `json:"opportunity_contact_role_type_id"`
	IsPrimary bool   `json:"is_primary"`
	CRMRoleID null   `json:"crm_role_id"`
	CRMID     null   `json:"crm_id"`
}

type documentedRole struct {
	ID      string          `json:"id"`
	Role    string          `json:"role"`
	Contact documentedActor `json:"contact"`
}

type documentedActor struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	First string `json:"first_name"`
	Last  string `json:"last_name"`
}

// rolesJSON are an opportunity's contacts, in the shape of the dialect.
func (t *team) rolesJSON(o *opportunity) []any {
	all := make([]any, 0, len(o.contacts))
	for _, role := range o.contacts {
		if t.dialect != DialectCreatedAt {
			all = append(all, liveRole{
				ID: role.Contact, ContactID: role.Contact, IsPrimary: role.Primary, CreatedAt: zulu(o.createdAt), UpdatedAt: zulu(o.createdAt),
				Role: []liveRoleType{{TypeID: role.Type, IsPrimary: role.Primary}},
			})
			continue
		}
		w := documentedRole{ID: role.Contact, Contact: documentedActor{ID: role.Contact}}
		for _, c := range t.contacts {
			if c.ID == role.Contact {
				w.Contact = documentedActor{c.ID, c.First + " " + c.Last, c.First, c.Last}
			}
		}
		for _, kind := range t.roleTypes {
			if kind.ID == role.Type {
				w.Role = kind.Name
			}
		}
		all = append(all, w)
	}
	return all
}

// contactOpportunities lists the opportunities in which a contact has a role,
// newest first; none for an unknown contact.
//
// https://docs.apollo.io/reference/deals
func (t *team) contactOpportunities(x *exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	found := []*opportunityJSON{}
	for i := len(t.opportunities) - 1; i >= 0; i-- {
		for _, role := range t.opportunities[i].contacts {
			if role.Contact == x.id {
				found = append(found, t.opportunityJSON(t.opportunities[i], viewShape))
				break
			}
		}
	}
	return struct {
		Opportunities []*opportunityJSON `json:"opportunities"`
	}{found}, nil
}
