//go:build !js

package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

func repository(t *testing.T) string {
	t.Helper()
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	return root
}

func read(t *testing.T, names ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{repository(t)}, names...)...))
	require.NoError(t, err)
	return string(text)
}

// documents are the texts for people, by their path.
func documents(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"README.md", ".github/*.md", "extension/store/*.md"} {
		files, err := filepath.Glob(filepath.Join(repository(t), pattern))
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			texts[file] = string(text)
		}
	}
	return texts
}

var (
	testName = regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w*)`")
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Z]\w*)\(`)
	link     = regexp.MustCompile(`(?:\]\(|src=")([^)#":]+)(?:#[^)]*)?[)"]`)
	goFolder = regexp.MustCompile(`go (?:run|test) (\./[\w./]+)`)
	target   = regexp.MustCompile("(?m)(?:^ +|`|[0-9] )make ([a-z]+)")
	backtick = regexp.MustCompile("`([\\w.-]+(?:/[\\w.-]+)+)`")
)

// A test that a document relies on is there, and so is a file, a folder and a
// target that it names.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	root := repository(t)
	tests := map[string]bool{}
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "build" || d.Name() == ".git"):
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		for _, m := range testFunc.FindAllSubmatch(source, -1) {
			tests[string(m[1])] = true
		}
		return err
	}))
	require.Greater(t, len(tests), 100)
	makefile := read(t, "Makefile")
	found := 0
	for file, text := range documents(t) {
		for _, m := range testName.FindAllStringSubmatch(text, -1) {
			found++
			assert.True(t, tests[m[1]], "%s relies on %s, which is no test", file, m[1])
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			found++
			assert.FileExists(t, filepath.Join(filepath.Dir(file), m[1]), file)
		}
		for _, m := range goFolder.FindAllStringSubmatch(text, -1) {
			found++
			assert.DirExists(t, filepath.Join(root, m[1]), file)
		}
		for _, m := range target.FindAllStringSubmatch(text, -1) {
			found++
			assert.Contains(t, makefile, "\n"+m[1]+":", "%s names make %s", file, m[1])
		}
		for _, m := range backtick.FindAllStringSubmatch(text, -1) {
			if top, _, _ := strings.Cut(m[1], "/"); top != "internal" && top != "extension" {
				continue
			}
			found++
			_, err := os.Stat(filepath.Join(root, m[1]))
			assert.NoError(t, err, file)
		}
	}
	assert.Greater(t, found, 50, "the documents were read")
}

// The listing explains each permission of the manifest and no other, and says of
// the data what the manifest says.
func TestListingIsTheManifests(t *testing.T) {
	var manifest struct {
		Permissions []string `json:"permissions"`
		Hosts       []string `json:"host_permissions"`
		Optional    []string `json:"optional_host_permissions"`
		OnRequest   []string `json:"optional_permissions"`
		Settings    struct {
			Gecko struct {
				Data struct {
					Required []string `json:"required"`
				} `json:"data_collection_permissions"`
			} `json:"gecko"`
		} `json:"browser_specific_settings"`
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "extension", manifestName)), &manifest))
	listing := read(t, "extension", "store", "LISTING.md")
	_, permissions, ok := strings.Cut(listing, "## Permissions")
	require.True(t, ok)
	permissions, _, ok = strings.Cut(permissions, "\n## ")
	require.True(t, ok)
	var explained []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+) \\|$").FindAllStringSubmatch(permissions, -1) {
		explained = append(explained, m[1])
		assert.NotEmpty(t, m[2])
	}
	all := slices.Concat(manifest.Permissions, manifest.Hosts, manifest.Optional, manifest.OnRequest)
	assert.ElementsMatch(t, all, explained)

	require.NotEmpty(t, manifest.Settings.Gecko.Data.Required)
	assert.Contains(t, listing, "In Firefox's manifest: `"+strings.Join(manifest.Settings.Gecko.Data.Required, "`, `")+"`.")

	var messages map[string]struct {
		Message string `json:"message"`
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "extension", "_locales", "en", "messages.json")), &messages))
	short := messages["description"].Message
	assert.Contains(t, listing, "\n## Short description\n\n"+short+"\n")
	assert.LessOrEqual(t, utf8.RuneCountInString(short), 132, "the stores' limit")
}

// The version's section of the changelog is there before the version is.
func TestChangelogHasTheVersion(t *testing.T) {
	version, err := readVersion(filepath.Join(repository(t), "extension"))
	require.NoError(t, err)
	assert.Regexp(t, `(?m)^## `+regexp.QuoteMeta(version)+`\b`, read(t, ".github", "CHANGELOG.md"))
}
