package sandbox

// Contact is a person at an account.
type Contact struct {
	ID, First, Last, Email, Title string
	// Account is the id of the account, or empty.
	Account string
}

// Role ties a contact to an opportunity.
type Role struct {
	// Contact is the contact's id, Name what the contact is to the deal.
	Contact, Name string
}

type roleJSON struct {
	ID      string `json:"id"`
	Role    string `json:"role"`
	Contact struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		First string `json:"first_name"`
		Last  string `json:"last_name"`
	} `json:"contact"`
}

func (t *team) rolesJSON(roles []Role) []roleJSON {
	all := []roleJSON{}
	for _, role := range roles {
		for _, c := range t.contacts {
			if c.ID != role.Contact {
				continue
			}
			w := roleJSON{ID: c.ID, Role: role.Name}
			w.Contact.ID, w.Contact.First, w.Contact.Last = c.ID, c.First, c.Last
			w.Contact.Name = c.First + " " + c.Last
			all = append(all, w)
		}
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
