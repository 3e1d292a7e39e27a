//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

func testSource(t *testing.T) source {
	t.Helper()
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	const folder = "internal/cmd/pack/testdata"
	return source{Root: root, Extension: folder + "/extension", Programs: map[string]string{"core.wasm": "./" + folder + "/core"}}
}

func packed(t *testing.T, development bool) (folder, said string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "out")
	var stdout bytes.Buffer
	require.NoError(t, pack(t.Context(), testSource(t), target{"chromium", development}, folder, &stdout))
	return folder, stdout.String()
}

func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	require.NoError(t, fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		assert.True(t, info.ModTime().Equal(packedAt), "the time of %s", name)
		content, err := os.ReadFile(filepath.Join(folder, name))
		files[name] = string(content)
		return err
	}))
	return files
}

func TestPack(t *testing.T) {
	folder, _ := packed(t, false)
	files := contents(t, folder)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	assert.ElementsMatch(t, []string{
		"_locales/en/messages.json", "core.wasm", "icons/icon.svg", "manifest.json",
		"popup.css", "popup.html", "popup.js", "theme.css",
		"options.html", "options.js", "worker.js", "words.js", "wasm_exec.js",
	}, names, "what only the popup loads is in its joined file")
	assert.Equal(t, "\x00asm", files["core.wasm"][:4])
	assert.Contains(t, files["wasm_exec.js"], "globalThis.Go = class")
	again, _ := packed(t, false)
	assert.Equal(t, files, contents(t, again), "the same source gives the same bytes")
}

func TestTheFilesOfThePopupAreJoined(t *testing.T) {
	folder, _ := packed(t, false)
	files := contents(t, folder)
	loaded := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(files["popup.html"], -1)
	require.Len(t, loaded, 2, "a script and a sheet, in place of six modules and two sheets")
	for _, text := range []string{`word = "word"`, "globalThis.Go = class", `shared("start")`, "document.title = shared(text)", "document.title = word"} {
		assert.Equal(t, 1, strings.Count(files["popup.js"], text), text)
	}
	assert.Less(t, strings.Index(files["popup.js"], "globalThis.Go = class"), strings.Index(files["popup.js"], "document.title = shared(text)"), "in the order of the modules")
	assert.Equal(t, files["theme.css"]+"body { margin: 0; }\n", files["popup.css"])

	folder, _ = packed(t, true)
	assert.Contains(t, contents(t, folder), "shared.js", "tests ask modules alone")
}

func TestJoiningRefuses(t *testing.T) {
	const page = `<script type="module" src="popup.js"></script>`
	for name, c := range map[string]struct{ page, script, says string }{
		"a module that is not there": {page, `import "./gone.js";`, "./gone.js is not in the package"},
		"what is no JavaScript":      {page, `let let;`, "popup.js:1:4"},
		"a second script":            {page + page, ``, "popup.html names 2 scripts"},
		"a sheet that is not there": {"<link rel=\"stylesheet\" href=\"gone.css\">\n<link rel=\"stylesheet\" href=\"popup.css\">\n" + page, ``,
			"popup.html names gone.css, which is not in the package"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string][]byte{"popup.html": []byte(c.page), "popup.js": []byte(c.script), "popup.css": nil}
			assert.ErrorContains(t, errors.Join(joinSheets(files), joinModules(files, false)), c.says)
		})
	}
}

func TestPackForDevelopment(t *testing.T) {
	folder, said := packed(t, true)
	var manifest struct {
		Key             string   `json:"key"`
		Version         string   `json:"version"`
		HostPermissions []string `json:"host_permissions"`
	}
	require.NoError(t, json.Unmarshal([]byte(contents(t, folder)["manifest.json"]), &manifest))
	assert.Equal(t, "1.2.3", manifest.Version)
	assert.Equal(t, []string{"https://api.example.com/*", "http://127.0.0.1/*"}, manifest.HostPermissions)
	assert.Contains(t, said, "id kkflmhlmfeleanikkiephoamdmohlilm")

	id, err := extensionID(manifest.Key)
	require.NoError(t, err)
	assert.Equal(t, "kkflmhlmfeleanikkiephoamdmohlilm", id)
}

func TestPackReplacesOnlyItsOwn(t *testing.T) {
	s := testSource(t)
	folder, _ := packed(t, false)
	stale := filepath.Join(folder, "stale.js")
	require.NoError(t, os.WriteFile(stale, nil, 0o644))
	require.NoError(t, pack(t.Context(), s, target{Browser: "chromium"}, folder, &bytes.Buffer{}))
	assert.NoFileExists(t, stale)

	foreign := t.TempDir()
	letter := filepath.Join(foreign, "letter.txt")
	require.NoError(t, os.WriteFile(letter, nil, 0o644))
	assert.ErrorContains(t, pack(t.Context(), s, target{Browser: "chromium"}, foreign, &bytes.Buffer{}), "holds no packed extension")
	assert.FileExists(t, letter)
}

func TestPackThatFailsKeepsThePrevious(t *testing.T) {
	s := testSource(t)
	folder, _ := packed(t, false)
	before := contents(t, folder)
	s.Programs["core.wasm"] = "./internal/cmd/pack/testdata/nothing"
	assert.ErrorContains(t, pack(t.Context(), s, target{Browser: "chromium"}, folder, &bytes.Buffer{}), "compile")
	assert.Equal(t, before, contents(t, folder))
	left, err := os.ReadDir(filepath.Dir(folder))
	require.NoError(t, err)
	assert.Len(t, left, 1, "no half-made folder stays")
}

func TestShippedFilesRefuses(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"an unknown kind":         {"notes.txt", "notes.txt is of no kind that is shipped"},
		"a hidden file":           {".secret.js", ".secret.js is of no kind"},
		"JSON that is no locale":  {"data.json", "data.json is of no kind"},
		"a manifest in a folder":  {"sub/manifest.json", "manifest.json is of no kind"},
		"WebAssembly in the tree": {"core.wasm", "core.wasm is of no kind"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(folder, manifestName), []byte("{}"), 0o644))
			path := filepath.Join(folder, c.file)
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, nil, 0o644))
			_, err := shippedFiles(folder)
			assert.ErrorContains(t, err, c.want)
		})
	}
	t.Run("a link", func(t *testing.T) {
		folder := t.TempDir()
		require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(folder, "users.js")))
		_, err := shippedFiles(folder)
		assert.ErrorContains(t, err, "not a regular file")
	})
	t.Run("no manifest", func(t *testing.T) {
		_, err := shippedFiles(t.TempDir())
		assert.ErrorContains(t, err, "has no manifest.json")
	})
}

func TestRunRefuses(t *testing.T) {
	assert.ErrorContains(t, run(t.Context(), []string{"extra"}, &bytes.Buffer{}, &bytes.Buffer{}), `unexpected argument "extra"`)
	assert.ErrorContains(t, run(t.Context(), []string{"-browser", "safari", "-out", t.TempDir()}, &bytes.Buffer{}, &bytes.Buffer{}), `the browser "safari": give chromium or firefox`)
	assert.Error(t, run(t.Context(), []string{"-nothing"}, &bytes.Buffer{}, &bytes.Buffer{}))
}
