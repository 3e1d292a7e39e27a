//go:build !js

package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/dealmark/dealmark/internal/gateway"
)

const (
	keysVariable = "APOLLO_API_KEY"
	defaultTeam  = "team"
)

// teamFlags are the flags that say where the teams' keys are.
type teamFlags struct {
	file, base *string
}

func addTeamFlags(set *flag.FlagSet) teamFlags {
	return teamFlags{
		set.String("keys", "", "`file` with the team's API key, or with a line NAME KEY for each of several teams; without it "+keysVariable+" holds the same"),
		set.String("upstream", "", "`address` of Apollo's API, or of a sandbox; Apollo itself by default"),
	}
}

// teams reads a command's arguments, and the teams that they name.
func (p process) teams(set *flag.FlagSet, args []string, from teamFlags) ([]gateway.Team, error) {
	if err := p.parse(set, args); err != nil {
		return nil, err
	}
	return from.read(p.env)
}

// read gives the teams with their keys. What it refuses it does not show.
func (f teamFlags) read(env func(string) string) ([]gateway.Team, error) {
	text := env(keysVariable)
	if *f.file != "" {
		content, err := os.ReadFile(*f.file)
		if err != nil {
			return nil, err
		}
		text = string(content)
	}
	var teams []gateway.Team
	for number, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
			continue
		case len(words) == 1:
			words = []string{defaultTeam, words[0]}
		case len(words) > 2:
			return nil, fmt.Errorf("%w: line %d of the keys has more than a team's name and its key", errUsage, number+1)
		}
		teams = append(teams, gateway.Team{ID: words[0], Key: gateway.Secret(words[1]), Base: *f.base})
	}
	if len(teams) == 0 {
		return nil, fmt.Errorf("%w: there is no API key: set %s, or give a file with -keys", errUsage, keysVariable)
	}
	return teams, nil
}
