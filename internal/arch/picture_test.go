//go:build !js

package arch_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "draw house.svg anew")

// The picture is drawn from the policy, so it cannot show another house.
func TestPictureOfTheHouse(t *testing.T) {
	drawn := draw(plan(rules(t, house, "<")))
	if *update {
		require.NoError(t, os.WriteFile("house.svg", []byte(drawn), 0o644))
	}
	kept, err := os.ReadFile("house.svg")
	require.NoError(t, err)
	assert.Equal(t, string(kept), drawn, "the house was changed: go test -run Picture ./internal/arch -update")
}

func TestPlan(t *testing.T) {
	rows := plan(rules(t, "NONE < a, z: r1\na, b < c: r3\na < b: r2\nANY < m: r4\n", "<"))
	said := ""
	for _, row := range rows {
		for _, r := range row {
			said += r.name + "(" + strings.Join(r.on, " ") + ") "
		}
		said += "| "
	}
	assert.Equal(t, "a() z() | b(a) | c(b) | m() | ", said, "c stands on a by way of b")
}

// A room of the picture: a package, or several of one rule.
type room struct {
	name, reason string
	on           []string // what it stands on, without what that stands on
}

// plan puts each package a row above the highest that it may import. Whoever may
// import everybody comes last.
func plan(list []rule) (rows [][]room) {
	policy := allowed(list)
	var mains []room
	for _, r := range list {
		for _, name := range names(r.right) {
			if base, all := strings.CutSuffix(name, "/*"); all && in(base, r.right) && base != "cmd" && base != "e2e" {
				continue // wasm stands for wasm/*
			}
			if strings.HasPrefix(r.left, "ANY") {
				mains = append(mains, room{name: name, reason: r.reason})
				continue
			}
			here := room{name: name, reason: r.reason}
			if r.left != "NONE" {
				here.on = reduced(policy, names(r.left))
			}
			level := policy.level(name)
			for len(rows) <= level {
				rows = append(rows, nil)
			}
			rows[level] = append(rows[level], here)
		}
	}
	return append(rows, mains)
}

// level is the number of rows below a package.
func (a allowed) level(name string) (level int) {
	if r, ok := a.rule(name); ok && r.left != "NONE" {
		for _, below := range names(r.left) {
			level = max(level, a.level(below)+1)
		}
	}
	return level
}

// reduced leaves out what another of the same list may import.
func reduced(policy allowed, direct []string) (list []string) {
	for _, name := range direct {
		covered := false
		for _, other := range direct {
			covered = covered || other != name && policy.may(other, name)
		}
		if !covered {
			list = append(list, name)
		}
	}
	return list
}
