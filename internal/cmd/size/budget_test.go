//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func packageOfFiles(t *testing.T, sizes map[string]int) string {
	t.Helper()
	folder := t.TempDir()
	for name, size := range sizes {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, make([]byte, size), 0o644))
	}
	return folder
}

func TestEveryFileHasABudget(t *testing.T) {
	sizes, err := weighParts(packageOfFiles(t, map[string]int{
		"core.wasm": 10, "wasm_exec.js": 3, "popup.js": 4, "worker.js": 5, "icons/icon.svg": 6, "manifest.json": 7, "_locales/de/messages.json": 8,
	}), parts())
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"core.wasm": 10, "wasm_exec.js": 3, "the popup's script": 4, "JavaScript": 5, "icons": 6, "manifest, texts": 15}, sizes)

	for _, stray := range []string{"second.wasm", "font.woff2", "deep/a.js"} {
		_, err := weighParts(packageOfFiles(t, map[string]int{stray: 1}), parts())
		assert.ErrorContains(t, err, stray+" is in no part that has a budget")
	}
}

func TestBudgets(t *testing.T) {
	var out bytes.Buffer
	over := budgets(&out, []part{{name: "core.wasm", budget: 4_000}, {name: "CSS", budget: 100}}, map[string]int{"core.wasm": 4_000, "CSS": 1_107})
	assert.Equal(t, []string{"CSS is 1,007 bytes over its budget of 100"}, over)
	assert.Equal(t, `
  bytes  budget    left  part
  4,000   4,000       0  core.wasm
  1,107     100  -1,007  CSS
`, "\n"+out.String())
}

func TestGrown(t *testing.T) {
	recorded := map[string]int{"runtime": 900, "time": 50, "strconv": 10, "gone": 7}
	now := map[string]int{"runtime": 1_000, "time": 40, "strconv": 10, "encoding/json": 310_000, "reflect": 100}
	importers := func(path string) string { return " < " + strings.ToUpper(path) }
	assert.Equal(t, []string{"+310,000 encoding/json (new) < ENCODING/JSON", "+100 reflect (new) < REFLECT", "+100 runtime < RUNTIME"},
		grown(recorded, now, importers, 5))
	assert.Len(t, grown(recorded, now, importers, 1), 1)
	assert.Empty(t, grown(now, now, importers, 5))
}

// What is recorded is of the programs that are shipped: names that went away
// would compare with nothing.
func TestRecorded(t *testing.T) {
	recorded, err := readRecorded()
	require.NoError(t, err)
	for file, pkg := range programs() {
		assert.NotZero(t, recorded[file]["github.com/dealmark/dealmark/"+strings.TrimPrefix(pkg, "./")], file)
		assert.NotZero(t, recorded[file]["runtime"], file)
		assert.NotZero(t, recorded[file][dataRow], file)
	}
	assert.Len(t, recorded, len(programs()))
}
