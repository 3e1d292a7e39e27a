//go:build !js

package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
)

// tag makes the custom field of opportunities that keeps operation ids, in every
// team that has none. It is made once; the gateway finds it by its label.
func (p process) tag(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("tag", flag.ContinueOnError)
	from := addTeamFlags(set)
	teams, err := p.teams(set, args, from)
	if err != nil {
		return err
	}
	for _, team := range teams {
		client := apollo.New(apollo.Options{Base: team.Base, Key: string(team.Key), Transport: apollo.HTTP{}, Clock: time.Now})
		fields, err := client.CustomFields(ctx)
		if err != nil {
			return fmt.Errorf("team %s: %w", team.ID, err)
		}
		there := false
		for _, f := range fields {
			there = there || f.Of == "opportunity" && f.Label == gateway.TagLabel
		}
		if there {
			fmt.Fprintf(p.stdout, "team %s has the field %q already\n", team.ID, gateway.TagLabel)
			continue
		}
		if _, _, err := client.CreateField(ctx, apollo.NewField{Of: "opportunity", Label: gateway.TagLabel, Type: "string", MaxLength: 64}); err != nil {
			return fmt.Errorf("team %s: %w", team.ID, err)
		}
		fmt.Fprintf(p.stdout, "team %s has the field %q now; a running gateway finds it within an hour\n", team.ID, gateway.TagLabel)
	}
	return nil
}
