package main

import (
	"strings"

	"github.com/dealmark/dealmark/internal/gateway"
)

// teams reads the teams from the bindings.
func teams(get func(name string) string) (list []gateway.Team) {
	names := split(get("TEAMS"))
	if len(names) == 0 {
		names = []string{"team"}
	}
	for _, name := range names {
		suffix := "_" + strings.ReplaceAll(strings.ToUpper(name), "-", "_")
		team := gateway.Team{
			ID: name, Key: gateway.Secret(get("APOLLO_API_KEY" + suffix)),
			Base: get("APOLLO_BASE" + suffix), Tag: get("APOLLO_TAG" + suffix),
		}
		if team.Key == "" && len(names) == 1 {
			team.Key = gateway.Secret(get("APOLLO_API_KEY"))
		}
		list = append(list, team)
	}
	return list
}

func split(text string) (list []string) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
