//go:build !js

package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

var update = flag.Bool("update", false, "write the golden files anew")

var version = regexp.MustCompile(`"version": "[0-9.]+"`)

// What each browser is given, word by word: the permissions, the policy, and
// nothing that it does not know. The version is left out, so that it stays in
// one place.
func TestManifestsOfTheProduct(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(root, "extension", manifestName))
	require.NoError(t, err)
	for browser := range foreign {
		t.Run(browser, func(t *testing.T) {
			manifest, err := manifestFor(target{Browser: browser}, text)
			require.NoError(t, err)
			require.Len(t, version.FindAll(manifest, -1), 1)
			manifest = version.ReplaceAll(manifest, []byte(`"version": "VERSION"`))
			golden := filepath.Join("testdata", "manifest-"+browser+".json")
			if *update {
				require.NoError(t, os.WriteFile(golden, manifest, 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(manifest), "a change that is meant is kept by: go test ./internal/cmd/pack -update")
		})
	}
}

func TestManifestForDevelopment(t *testing.T) {
	const text = `{"version": "1.2.3", "host_permissions": ["https://api.example.com/*"], "minimum_chrome_version": "126",
		"browser_specific_settings": {"gecko": {"id": "a@b"}}, "background": {"service_worker": "w.js", "scripts": ["w.js"]}}`
	for browser, want := range map[string]string{
		"chromium": `{"version": "1.2.3", "host_permissions": ["https://api.example.com/*", "http://127.0.0.1/*"], "minimum_chrome_version": "126",
			"background": {"service_worker": "w.js"}, "key": "` + developmentKey + `"}`,
		"firefox": `{"version": "1.2.3", "host_permissions": ["https://api.example.com/*", "http://127.0.0.1/*"],
			"browser_specific_settings": {"gecko": {"id": "a@b"}}, "background": {"scripts": ["w.js"]}}`,
	} {
		manifest, err := manifestFor(target{browser, true}, []byte(text))
		require.NoError(t, err, browser)
		assert.True(t, json.Valid(manifest))
		assert.JSONEq(t, want, string(manifest), browser)
	}
}

func TestManifestForRefuses(t *testing.T) {
	for name, c := range map[string]struct{ browser, text, want string }{
		"a key":           {"chromium", `{"key": "mine"}`, "has a key"},
		"no JSON":         {"chromium", `{`, "manifest.json"},
		"another browser": {"safari", `{}`, `"safari": give chromium or firefox`},
	} {
		_, err := manifestFor(target{Browser: c.browser}, []byte(c.text))
		assert.ErrorContains(t, err, c.want, name)
	}
}
