//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

var requestPath = regexp.MustCompile(`\bpath: +"(/[^"]+)"`)

// Each path of a request that is linked into a program is named where people are
// told what leaves the browser.
func TestPrivacyNamesEveryPath(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	privacy, err := os.ReadFile(filepath.Join(root, "extension", "store", "PRIVACY.md"))
	require.NoError(t, err)
	files := shipped(t, "chromium")
	linked := map[string]bool{}
	for _, folder := range []string{"apollo", "team"} {
		sources, err := filepath.Glob(filepath.Join(root, "internal", folder, "*.go"))
		require.NoError(t, err)
		for _, source := range sources {
			text, err := os.ReadFile(source)
			require.NoError(t, err)
			if strings.HasSuffix(source, "_test.go") {
				continue
			}
			for _, m := range requestPath.FindAllSubmatch(text, -1) {
				if bytes.Contains(files["core.wasm"], m[1]) || bytes.Contains(files["worker.wasm"], m[1]) {
					linked[string(m[1])] = true
				}
			}
		}
	}
	assert.Greater(t, len(linked), 10)
	assert.NotContains(t, linked, "/opportunity_pipelines", "the client has it, and the linker leaves it out")
	for path := range linked {
		if path == "/accounts" || path == "/contacts" { // what others begin with; by itself it is not asked for
			continue
		}
		assert.Contains(t, string(privacy), "`"+strings.TrimSuffix(path, "/"), "PRIVACY.md does not say what is sent to %s", path)
	}
}
