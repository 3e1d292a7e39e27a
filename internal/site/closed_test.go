//go:build !js

package site_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/site"
)

var update = flag.Bool("update", false, "write extension/closed.js anew")

// extension/closed.js knows before the core runs where nothing may be read: its
// names are those of the table.
func TestClosedNetworksInJavaScript(t *testing.T) {
	const file = "../../extension/closed.js"
	var closed []string
	for line := range strings.Lines(site.NetworksText) {
		if entry, ok := strings.CutSuffix(strings.TrimSuffix(line, "\n"), " closed"); ok && line[0] != '#' {
			closed = append(closed, entry)
		}
	}
	require.Greater(t, len(closed), 80)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(text), "const closed = \"")
	require.True(t, found)
	names, after, found := strings.Cut(rest, "\"")
	require.True(t, found)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(before+"const closed = \""+strings.Join(closed, " ")+"\""+after), 0o644))
		return
	}
	assert.Equal(t, closed, strings.Fields(names), "go test ./internal/site -run Closed -update writes them")
}
