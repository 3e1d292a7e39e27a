package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/form"
)

// people reads contacts and what they can be from Apollo.
type people struct{ *apollo.Client }

// RoleTypes implements [popup.PeopleReader].
func (p people) RoleTypes(ctx context.Context) (roles []form.Option, err error) {
	types, err := p.Client.RoleTypes(ctx)
	for _, kind := range types {
		roles = append(roles, form.Option{ID: string(kind.ID), Name: kind.Name})
	}
	return roles, err
}
