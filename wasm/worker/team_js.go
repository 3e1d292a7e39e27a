//go:build js

package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/index"
)

// learnTeam learns the stages and the users for the list that is read, where no
// popup has before. The list is worth reading without them as well: what fails here
// is the popup's to tell.
func learnTeam(ctx context.Context, known *index.Index, api *apollo.Client) {
	if _, team, err := known.Open(ctx, ""); err != nil || !team.Learned.IsZero() {
		return
	}
	stages, err := api.Stages(ctx)
	if err != nil {
		return
	}
	users, err := api.Users(ctx)
	if err != nil {
		return
	}
	team := index.Team{Stages: stages, Users: users}
	if rep, err := api.Profile(ctx); err == nil {
		team.Rep = rep.ID
	}
	_ = known.LearnTeam(ctx, team) // storage that is broken stops the reading itself
}
