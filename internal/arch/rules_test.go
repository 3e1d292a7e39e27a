//go:build !js

package arch_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rules are the lines of a policy: what stands before and after a separator,
// and the reason.
func rules(t *testing.T, text, separator string) (list []rule) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(text)) {
		body, reason, ok := strings.Cut(strings.TrimSpace(line), ": ")
		require.True(t, ok && reason != "", "a line without a reason: %q", line)
		left, right, _ := strings.Cut(body, separator)
		list = append(list, rule{left: strings.TrimSpace(left), right: strings.TrimSpace(right), reason: reason})
	}
	require.NotEmpty(t, list)
	return list
}

type rule struct{ left, right, reason string }

func names(list string) []string {
	parts := strings.Split(list, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// in says whether a package, or one of its files, is among names.
func in(name, list string) bool {
	return slices.ContainsFunc(names(list), func(pattern string) bool {
		above, all := strings.CutSuffix(pattern, "/*")
		return name == pattern || all && (name == above || strings.HasPrefix(name, above+"/"))
	})
}

// allowed is the policy of the house: for each package a reason, and whom it may
// import.
type allowed []rule

func (a allowed) rule(importer string) (rule, bool) {
	for _, r := range a {
		if in(importer, r.right) {
			return r, true
		}
	}
	return rule{}, false
}

// may says whether importer may import ours.
func (a allowed) may(importer, ours string) bool {
	r, ok := a.rule(importer)
	if !ok || r.left == "NONE" {
		return false
	}
	if everybody, but, some := strings.Cut(r.left, " but "); everybody == "ANY" {
		return !some || !in(ours, but)
	}
	return slices.ContainsFunc(names(r.left), func(direct string) bool {
		return direct == ours || a.may(direct, ours)
	})
}

// below says whether a package is the named one or below it.
func below(imported, name string) bool {
	return imported == name || strings.HasPrefix(imported, name+"/")
}

func TestTheRulesAreRead(t *testing.T) {
	a := allowed(rules(t, "NONE < a: r1\na < b, c/*: r2\nb < d: r3\nANY but c/* < e: r4\n", "<"))
	for _, c := range []struct {
		importer, imported string
		may                bool
	}{
		{"a", "b", false}, {"b", "a", true}, {"c", "a", true}, {"c/x", "a", true}, {"c/x", "b", false}, {"b", "c", false},
		{"d", "b", true}, {"d", "a", true}, {"d", "c", false}, {"e", "d", true}, {"e", "c", false}, {"e", "c/x", false}, {"new", "a", false},
	} {
		assert.Equal(t, c.may, a.may(c.importer, c.imported), "%s importing %s", c.importer, c.imported)
	}
	for _, importer := range []string{"a", "b", "c/x", "d", "e"} {
		r, ok := a.rule(importer)
		assert.True(t, ok && r.reason != "", importer)
	}
	_, ok := a.rule("new")
	assert.False(t, ok)
}

func TestNoPackageIsNamedTwice(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rules(t, house, "<") {
		for _, name := range names(r.right) {
			assert.False(t, seen[name], "%s has two lines: which one holds?", name)
			seen[name] = true
			assert.Equal(t, path.Clean(name), name)
		}
	}
	for _, name := range names(shipped) {
		assert.True(t, seen[name], "%s is shipped and has no line in the house", name)
	}
}
