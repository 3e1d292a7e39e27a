package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// people reads contacts and what they can be from Apollo, or by way of the gateway.
type people struct{ source }

type source interface {
	ContactsOf(ctx context.Context, account crm.Account, name string) (contacts []crm.Contact, whole bool, err error)
	RoleTypes(context.Context) ([]apollo.RoleType, error)
}

// RoleTypes implements [popup.PeopleReader].
func (p people) RoleTypes(ctx context.Context) (roles []form.Option, err error) {
	types, err := p.source.RoleTypes(ctx)
	for _, kind := range types {
		roles = append(roles, form.Option{ID: string(kind.ID), Name: kind.Name})
	}
	return roles, err
}
