package engine

import "strconv"

// liveRole is a role as Apollo answers it, documentedRole as it is documented.
type liveRole struct {
	ID        string         `json:"id"`
	ContactID string         `json:"contact_id"`
	IsPrimary bool           `json:"is_primary"`
	Role      []liveRoleKind `json:"role"`
	CreatedAt *string        `json:"created_at"`
	UpdatedAt *string        `json:"updated_at"`
}

type liveRoleKind struct {
	TypeID    *string `json:"opportunity_contact_role_type_id"`
	IsPrimary bool    `json:"is_primary"`
	CRMRoleID null    `json:"crm_role_id"`
	CRMID     null    `json:"crm_id"`
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
	all := make([]any, 0, len(o.roles))
	for _, role := range o.roles {
		if t.dialect == DialectCreatedAt {
			all = append(all, t.documentedRole(role))
			continue
		}
		w := liveRole{
			ID: role.contact, ContactID: role.contact, IsPrimary: role.primary, CreatedAt: zulu(role.since), UpdatedAt: zulu(role.since),
			Role: make([]liveRoleKind, len(role.kinds)),
		}
		for i, kind := range role.kinds {
			w.Role[i] = liveRoleKind{TypeID: nullable(kind.id), IsPrimary: kind.primary}
		}
		all = append(all, w)
	}
	return all
}

// documentedRole has room for one type only, the first.
func (t *team) documentedRole(role contactRole) documentedRole {
	w := documentedRole{ID: role.contact, Contact: documentedActor{ID: role.contact}}
	if c := t.contactByID[role.contact]; c != nil {
		w.Contact = documentedActor{c.id, c.name(), c.first, c.last}
	}
	for _, kind := range t.roleTypes {
		if len(role.kinds) > 0 && kind.ID == role.kinds[0].id {
			w.Role = kind.Name
		}
	}
	return w
}

type roleTypeJSON struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	TeamID  string     `json:"team_id"`
	APIName *string    `json:"crm_api_name"`
	Label   *string    `json:"crm_label"`
	Order   wholeFloat `json:"display_order"`
}

// searchRoleTypes lists what contacts can be to opportunities. The endpoint is
// undocumented.
func (t *team) searchRoleTypes(*Exchange) (any, *refusal) {
	rows := make([]roleTypeJSON, len(t.roleTypes))
	for i, kind := range t.roleTypes {
		rows[i] = roleTypeJSON{ID: kind.ID, Name: kind.Name, TeamID: t.id, Order: wholeFloat(i + 1)}
	}
	return struct {
		Types []roleTypeJSON `json:"opportunity_contact_role_types"`
	}{rows}, nil
}

// wholeFloat is a number that Apollo writes with a fraction: 1.0.
type wholeFloat int

// MarshalJSON writes the fraction.
func (f wholeFloat) MarshalJSON() ([]byte, error) {
	return append(strconv.AppendInt(nil, int64(f), 10), ".0"...), nil
}
