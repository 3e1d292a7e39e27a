package main

import (
	"errors"
	"strings"

	"github.com/dealmark/dealmark/internal/gateway"
)

// defaultTeam is the team of a key without a name, as the command gateway has it.
const defaultTeam = "team"

// teams reads the teams from the bindings. What it refuses it does not show.
func teams(get func(binding string) string) ([]gateway.Team, error) {
	keys, err := named(get("APOLLO_API_KEY"))
	if err != nil {
		return nil, errors.New("the secret APOLLO_API_KEY has a line that is neither a key nor a team's name and its key")
	}
	bases, err := named(get("APOLLO_BASE"))
	if err != nil {
		return nil, errors.New("the variable APOLLO_BASE has a line that is neither an address nor a team's name and its address")
	}
	var list []gateway.Team
	for _, key := range keys {
		team := gateway.Team{ID: key.name, Key: gateway.Secret(key.value)}
		for _, base := range bases {
			if base.name == key.name {
				team.Base = base.value
			}
		}
		list = append(list, team)
	}
	return list, nil
}

// setting is what a line gives to a team.
type setting struct{ name, value string }

var errLine = errors.New("a line has too many words")

// named reads a value, or lines with a team's name and its value.
func named(text string) (list []setting, err error) {
	for line := range strings.SplitSeq(text, "\n") {
		switch words := strings.Fields(line); len(words) {
		case 0:
		case 1:
			list = append(list, setting{defaultTeam, words[0]})
		case 2:
			list = append(list, setting{words[0], words[1]})
		default:
			return nil, errLine
		}
	}
	return list, nil
}
