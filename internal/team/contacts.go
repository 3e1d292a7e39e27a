package team

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// ContactsOf gives contacts of an account, with a text in their name or any for "";
// whole says that these are all.
func (c *Client) ContactsOf(ctx context.Context, account crm.Account, name string) (contacts []crm.Contact, whole bool, err error) {
	at := call{op: apollo.OpContactSearch, method: "GET", path: "/v1/accounts/", item: string(account.ID), of: "/contacts"}
	if name != "" {
		at.query = []apollo.Param{{Name: "name", Value: short(name)}}
	}
	err = c.do(ctx, at, func(r *wire.Reader, name string) {
		switch name {
		case "contacts":
			contacts = rows(r, contact)
		case "whole":
			whole = r.Bool()
		}
	})
	for i := range contacts {
		contacts[i].AccountID = account.ID
	}
	return contacts, whole, err
}

func contact(r *wire.Reader) (contact crm.Contact, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			contact.ID, _ = crm.ParseID[crm.ContactID](r.String())
		case "name":
			contact.Name = r.String()
		case "title":
			contact.Title = r.String()
		}
	})
	return contact, contact.ID != ""
}

// RoleTypes reads what a contact can be to an opportunity.
func (c *Client) RoleTypes(ctx context.Context) (types []apollo.RoleType, err error) {
	err = c.do(ctx, call{op: apollo.OpRoleTypes, method: "GET", path: "/v1/role_types"}, func(r *wire.Reader, name string) {
		if name == "role_types" {
			types = rows(r, roleType)
		}
	})
	return types, err
}

func roleType(r *wire.Reader) (kind apollo.RoleType, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			kind.ID, _ = crm.ParseID[crm.RoleTypeID](r.String())
		case "name":
			kind.Name = r.String()
		}
	})
	return kind, kind.ID != ""
}
