package engine

import (
	"strings"
	"time"
)

// Role ties a contact to an opportunity.
type Role struct {
	// Contact is the contact's id, Type the id of the role's type.
	Contact, Type string
	Primary       bool
}

// RoleType is what a contact can be to an opportunity: "Decision Maker".
type RoleType struct{ ID, Name string }

// contactRole is what is stored of a contact's part in an opportunity.
type contactRole struct {
	contact string
	primary bool
	kinds   []roleKind
	since   time.Time
}

type roleKind struct {
	id      string
	primary bool
}

// updateRoles replaces all of an opportunity's contact roles. The endpoint is
// undocumented; the types of a role must be nested under "role".
func (t *team) updateRoles(x *Exchange) (any, *refusal) {
	id, r := x.params.id("opportunity_id")
	if r != nil {
		return nil, r
	}
	o := t.byID[id]
	if o == nil {
		return nil, unprocessable("Opportunity does not exist.")
	}
	entries, ok := x.params["roles"].([]any)
	if !ok {
		return nil, unnestedRole()
	}
	after := *o
	after.roles = nil
	for _, entry := range entries {
		role, r := readRole(entry, x.now)
		if r != nil {
			return nil, r
		}
		after.roles = append(after.roles, role)
	}
	var changed []string
	if !sameRoles(o.roles, after.roles) {
		changed = []string{"opportunity_contact_roles"}
		after.updatedAt = x.now
	}
	t.replaceOpportunity(x, "opportunity.update_roles", o, &after, changed)
	return opportunityEnvelope{t.opportunityJSON(&after, writeShape)}, nil
}

func readRole(entry any, now time.Time) (contactRole, *refusal) {
	fields, _ := entry.(map[string]any)
	p := params(fields)
	kinds, ok := p["role"].([]any)
	if !ok {
		return contactRole{}, unnestedRole()
	}
	id, r := p.id("contact_id")
	if r != nil {
		return contactRole{}, r
	}
	role := contactRole{contact: id, primary: p.bool("is_primary"), since: now}
	for _, kind := range kinds {
		fields, _ := kind.(map[string]any)
		id, r := params(fields).id("opportunity_contact_role_type_id")
		if r != nil {
			return contactRole{}, r
		}
		role.kinds = append(role.kinds, roleKind{id, params(fields).bool("is_primary")})
	}
	return role, nil
}

func unnestedRole() *refusal { return unprocessable("undefined method 'map' for nil") }

func sameRoles(a, b []contactRole) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].contact != b[i].contact || a[i].primary != b[i].primary || len(a[i].kinds) != len(b[i].kinds) {
			return false
		}
		for j := range a[i].kinds {
			if a[i].kinds[j] != b[i].kinds[j] {
				return false
			}
		}
	}
	return true
}

// contactOpportunities lists the opportunities in which a contact has a role,
// newest first; none for an unknown contact.
//
// https://docs.apollo.io/reference/deals
func (t *team) contactOpportunities(x *Exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	found := []*opportunityJSON{}
	for i := len(t.opportunities) - 1; i >= 0; i-- {
		for _, role := range t.opportunities[i].roles {
			if role.contact == strings.ToLower(x.id) {
				found = append(found, t.opportunityJSON(t.opportunities[i], viewShape))
				break
			}
		}
	}
	return struct {
		Opportunities []*opportunityJSON `json:"opportunities"`
	}{found}, nil
}
