package apollo

import (
	"context"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	roleTypes = &operation{
		name: OpRoleTypes, method: "POST", path: "/opportunity_contact_role_types/search",
	}
	roleUpdate = &operation{
		name: OpRoleUpdate, method: "POST", path: "/opportunities/update_roles",
		doubt: "It is not known whether the contacts' roles were set: look in Apollo before you try again.", gone: "Apollo has no such opportunity any more.",
	}
)

// Role is a contact's part in an opportunity. Apollo writes it in two shapes:
// as documented, with the contact's name and the name of one type, or as
// recorded, with ids only.
type Role struct {
	ContactID   crm.ContactID
	ContactName string // documented shape only
	Primary     bool   // the main contact; recorded shape only
	Types       []RoleType
	CreatedAt   time.Time // recorded shape only
	UpdatedAt   time.Time
}

// RoleType is what a contact can be to an opportunity, such as "Decision Maker".
// In a role that was read it has an id or a name, by shape.
type RoleType struct {
	ID      crm.RoleTypeID
	Name    string
	Primary bool // in a role: the main one of several
}

// RoleTypes reads the team's types of roles. Apollo does not document this
// endpoint.
func (c *Client) RoleTypes(ctx context.Context) ([]RoleType, error) {
	body := new(wire.Writer).BeginObject().EndObject()
	return all(ctx, c, call{operation: roleTypes, body: body}, "opportunity_contact_role_types", readRoleType)
}

func readRoleType(r *wire.Reader) (kind RoleType, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id", "opportunity_contact_role_type_id":
			kind.ID = id[crm.RoleTypeID](r)
		case "name":
			kind.Name = text(r)
		case "is_primary":
			kind.Primary = truth(r)
		}
	})
	return kind, kind.ID != ""
}

// readRoles reads both shapes. A role without a contact is left out.
func readRoles(r *wire.Reader) []Role {
	var roles []Role
	if !r.Is('[') {
		return nil
	}
	rows(r, func() bool {
		role := readRole(r)
		if role.ContactID != "" {
			roles = append(roles, role)
		}
		return true
	})
	return roles
}

func readRole(r *wire.Reader) Role {
	var role Role
	r.Object(func(name []byte) {
		switch string(name) {
		case "contact_id":
			role.ContactID = id[crm.ContactID](r)
		case "is_primary":
			role.Primary = truth(r)
		case "created_at":
			role.CreatedAt = moment(r)
		case "updated_at":
			role.UpdatedAt = moment(r)
		case "contact":
			if r.Is('{') {
				contact, _ := readContact(r)
				role.ContactID, role.ContactName = contact.ID, contact.Name
			}
		case "role":
			if named := text(r); named != "" {
				role.Types = append(role.Types, RoleType{Name: named})
			} else if r.Is('[') {
				rows(r, func() bool {
					if kind, ok := readRoleType(r); ok {
						role.Types = append(role.Types, kind)
					}
					return true
				})
			}
		}
	})
	return role
}

// String is the role in words: "primary, Decision Maker".
func (role Role) String() string {
	var words []string
	if role.Primary {
		words = append(words, "primary")
	}
	for _, kind := range role.Types {
		if kind.Name != "" {
			words = append(words, kind.Name)
		} else {
			words = append(words, string(kind.ID))
		}
	}
	return strings.Join(words, ", ")
}
