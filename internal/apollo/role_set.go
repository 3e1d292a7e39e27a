package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// RoleDifference is a contact whose part in an opportunity is not what was sent.
// Sent is nil for a contact who should have none, Stored for one who has none.
type RoleDifference struct {
	ContactID    crm.ContactID
	Sent, Stored *Role
}

// SetRoles replaces the contacts of an opportunity by roles, each with its
// contact's id and its types' ids (and names, by which types are compared in
// answers of the documented shape), and reads them again: Apollo may answer 200
// and store nothing. The differences are the contacts whose role was not stored
// as sent. An answer that was lost does no harm where the roles are found
// stored; otherwise it is an error of kind [crm.Uncertain]. Apollo does not
// document this endpoint.
func (c *Client) SetRoles(ctx context.Context, id crm.OpportunityID, roles []Role) (stored []Role, differences []RoleDifference, err error) {
	if err := checkRoles(id, roles); err != nil {
		return nil, nil, err
	}
	sent := c.do(ctx, roleCall(id, roles), nil)
	if sent != nil && crm.KindOf(sent) != crm.Uncertain {
		return nil, nil, sent
	}
	record, err := c.Record(ctx, id)
	if err != nil {
		if sent == nil {
			sent = &crm.Error{
				Kind: crm.Uncertain, Op: OpRoleUpdate, Err: err,
				Message: "Apollo took the contacts' roles, but they could not be read again. Look in Apollo before you try again.",
			}
		}
		return nil, nil, sent
	}
	differences = roleDifferences(roles, record.Roles)
	if len(differences) == 0 {
		sent = nil
	}
	return record.Roles, differences, sent
}

func checkRoles(id crm.OpportunityID, roles []Role) error {
	if _, ok := crm.ParseID[crm.OpportunityID](string(id)); !ok {
		return unsent(roleUpdate, &crm.Error{Kind: crm.Invalid, Message: "The opportunity is not known."})
	}
	seen := map[crm.ContactID]bool{}
	for _, role := range roles {
		_, ok := crm.ParseID[crm.ContactID](string(role.ContactID))
		if !ok || seen[role.ContactID] {
			return unsent(roleUpdate, &crm.Error{Kind: crm.Invalid, Message: "Each role needs a contact, and each contact one role."})
		}
		seen[role.ContactID] = true
	}
	return nil
}

func roleCall(id crm.OpportunityID, roles []Role) call {
	body := new(wire.Writer).BeginObject()
	body.Member("opportunity_id").String(string(id))
	body.Member("roles").BeginArray()
	for _, role := range roles {
		body.BeginObject().Member("contact_id").String(string(role.ContactID))
		body.Member("is_primary").Bool(role.Primary)
		body.Member("role").BeginArray() // without this list Apollo fails inside
		for _, kind := range role.Types {
			body.BeginObject().Member("opportunity_contact_role_type_id").String(string(kind.ID))
			body.Member("is_primary").Bool(kind.Primary).EndObject()
		}
		body.EndArray().EndObject()
	}
	return call{operation: roleUpdate, body: body.EndArray().EndObject()}
}

func roleDifferences(sent, stored []Role) []RoleDifference {
	var list []RoleDifference
	for i := range sent {
		found := roleOf(stored, sent[i].ContactID)
		if found == nil || !found.is(sent[i]) {
			list = append(list, RoleDifference{sent[i].ContactID, &sent[i], found})
		}
	}
	for i := range stored {
		if roleOf(sent, stored[i].ContactID) == nil {
			list = append(list, RoleDifference{ContactID: stored[i].ContactID, Stored: &stored[i]})
		}
	}
	return list
}

func roleOf(roles []Role, id crm.ContactID) *Role {
	for i := range roles {
		if roles[i].ContactID == id {
			return &roles[i]
		}
	}
	return nil
}

// is says whether a stored role is the one that was sent. The documented shape
// holds one type by its name and does not say who is primary.
func (role *Role) is(sent Role) bool {
	documented := role.ContactName != ""
	if documented && len(role.Types) <= 1 {
		return len(sent.Types) == len(role.Types) && (len(sent.Types) == 0 || sent.Types[0].Name == role.Types[0].Name)
	}
	if role.Primary != sent.Primary || len(role.Types) != len(sent.Types) {
		return false
	}
	for _, want := range sent.Types {
		found := false
		for _, got := range role.Types {
			found = found || got.ID == want.ID && got.Primary == want.Primary
		}
		if !found {
			return false
		}
	}
	return true
}
