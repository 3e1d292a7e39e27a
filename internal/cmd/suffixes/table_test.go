//go:build !js

// The go command, which names the pinned module's directory, cannot be run
// under GOOS=js.

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheSitePackageHasThePinnedTable(t *testing.T) {
	want, err := pinnedTable()
	require.NoError(t, err)
	have, err := os.ReadFile("../../site/suffixes.txt")
	require.NoError(t, err)
	assert.True(t, string(want) == string(have), "internal/site/suffixes.txt is stale: run go generate ./internal/site")
	networks, err := os.ReadFile("../../site/networks.txt")
	require.NoError(t, err)
	for name, want := range map[string][]byte{"suffixes.lines": lines(want), "networks.sorted": sorted(networks)} {
		have, err := os.ReadFile("../../site/" + name)
		require.NoError(t, err)
		assert.True(t, string(want) == string(have), "internal/site/%s is stale: run go generate ./internal/site", name)
	}
}

func TestSorted(t *testing.T) {
	assert.Equal(t, "*.a.com\na.* closed\na.com\na.com.x closed\nb.com", string(sorted([]byte("# c\n\nb.com\na.com.x closed\n\n# d\na.com\n*.a.com\na.* closed\n"))))
}

func TestFormatTable(t *testing.T) {
	table, err := formatTable("v1.2.3", "list of 2026", []string{"com", "*.ck", "!www.ck", "co.uk", "ac.uk", "b.co.uk", "com"})
	require.NoError(t, err)
	assert.Equal(t, "# 6 rules of golang.org/x/net v1.2.3, which are list of 2026 (MPL 2.0)\nck * www!\nco.uk b\nuk ac co", string(table))

	for name, rule := range map[string]string{
		"upper case":    "Com",
		"not ASCII":     "公司.cn",
		"mark inside":   "a.*.b",
		"only a mark":   "*.",
		"line break":    "a\nb",
		"exclaimed two": "!!a",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := formatTable("v1.2.3", "list", []string{"com", rule})
			assert.ErrorContains(t, err, "format table: rule")
		})
	}
	_, err = formatTable("v1.2.3", "list", nil)
	assert.ErrorContains(t, err, "no rules")
}

func TestReadRules(t *testing.T) {
	for name, c := range map[string]struct{ source, err string }{
		"no file":       {"", "read rules"},
		"no variable":   {"package p\nvar other = 1\n", "no variable named rules"},
		"not a list":    {"package p\nvar rules = 1\n", "rules is not a list"},
		"not a string":  {"package p\nvar rules = []any{1}\n", "not a string"},
		"strings":       {"package p\nvar rules = [...]string{\n\"a\",\n`b`,\n}\n", ""},
		"not Go at all": {"<html>", "read rules"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "rules.go")
			if c.source != "" {
				require.NoError(t, os.WriteFile(path, []byte(c.source), 0o600))
			}
			rules, err := readRules(path)
			if c.err != "" {
				assert.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, []string{"a", "b"}, rules)
		})
	}
}
