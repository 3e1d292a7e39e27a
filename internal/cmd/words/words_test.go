//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/words"
)

const extension = "../../../extension"

// TestEveryLanguageHasEveryText is what the tool says, as a test.
func TestEveryLanguageHasEveryText(t *testing.T) {
	texts, err := collect(t.Context(), "../../..")
	require.NoError(t, err)
	ok, err := upToDate(extension, texts)
	require.NoError(t, err)
	assert.True(t, ok, "the English catalogue is another than the texts make: go run ./internal/cmd/words")
	complaints, err := check(extension, texts)
	require.NoError(t, err)
	for _, complaint := range complaints {
		t.Error(complaint)
	}
	folders, err := os.ReadDir(filepath.Join(extension, "_locales"))
	require.NoError(t, err)
	var there []string
	for _, folder := range folders {
		there = append(there, folder.Name())
	}
	assert.Equal(t, languages, there)
}

// TestTextsAreFound knows one text of each kind.
func TestTextsAreFound(t *testing.T) {
	texts, err := collect(t.Context(), "../../..")
	require.NoError(t, err)
	for english, one := range map[string]string{
		"Open in Apollo":                                         "", // popup.html, and Go
		"Apollo refuses the amount.":                             "", // package apollo, for the worker and the gateway
		"Ask your Apollo admin.":                                 "", // a constant that is added to others
		"Choose an owner from the list.":                         "", // in a struct
		"This needs a token of the scope {0}; this one has {1}.": "", // the gateway's own
		"{0} users.":                                             "{0} user.",
		"{0} requests with {1} bytes since {2}.":                 "{0} request with {1} bytes since {2}.",
		"Testing…":                                               "",
		"Settings":                                               "", // an attribute
	} {
		found := texts[words.Key(english)]
		assert.Equal(t, []string{english, one}, []string{found.english, found.one})
	}
}

func TestCollectJS(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.js")
	require.NoError(t, os.WriteFile(file, []byte(`
// t("a comment")
say(t("Saved \"{0}\".", name));
at("no"); list.t("no");
plural(list.length(), "{0} thing", "{0} things", t("other"));
`), 0o600))
	found, err := collectJS(file)
	require.NoError(t, err)
	assert.Equal(t, []text{
		{english: `Saved "{0}".`, where: "extension/a.js"},
		{english: "{0} things", one: "{0} thing", where: "extension/a.js"},
		{english: "other", where: "extension/a.js"},
	}, found)
	for _, wrong := range []string{"t(name)", "t(`a ${b}`)", `plural(n, "a", b)`} {
		require.NoError(t, os.WriteFile(file, []byte(wrong), 0o600))
		_, err := collectJS(file)
		assert.ErrorContains(t, err, "wants a text in double quotes", wrong)
	}
}

func TestCollectHTML(t *testing.T) {
	folder := t.TempDir()
	page := filepath.Join(folder, "a.html")
	require.NoError(t, os.WriteFile(page, []byte(`<title>Title</title><script type="module" src="a.js"></script><body>
<p>One <b>of
   two</b> and <code translate="no">x</code>.</p><input placeholder="Here"><p translate="no">no</p><div><p></p></div>`), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.js"), []byte(`import "./page-words.js";`), 0o600))
	found, err := collectHTML(page)
	require.NoError(t, err)
	var said []string
	for _, t := range found {
		said = append(said, t.english)
	}
	assert.Equal(t, []string{"Title", "One {0} and {1}.", "of two", "Here"}, said)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.js"), nil, 0o600))
	_, err = collectHTML(page)
	assert.ErrorContains(t, err, "would stay English")
}

// TestCheckComplains has a catalogue with a fault of each kind.
func TestCheckComplains(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "manifest.json"), []byte(`{"name": "__MSG_name__"}`), 0o600))
	texts := map[string]text{}
	for _, said := range []text{{english: "Saved {0}."}, {english: "It costs $5."}, {english: "Try it once more."}, {english: "Gone."}, {english: "{0} of {1} users", one: "{0} of {1} user"}} {
		texts[words.Key(said.english)] = said
	}
	key := words.Key
	catalogue := map[string]message{
		"name": {Message: "Dealmark"}, "language": {Message: "de"}, "old": {Message: "alt"},
		key("Saved {0}."):                  {Message: "Gespeichert."},
		key("It costs $5."):                {Message: "Es kostet 5 $."},
		key("Try it once more."):           {Message: "Try it once more."},
		key("{0} of {1} users") + "_one":   {Message: "ein Benutzer von {1}"},
		key("{0} of {1} users") + "_other": {Message: "{0} Benutzer"},
	}
	content, err := encode(catalogue)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "_locales", "de"), 0o700))
	require.NoError(t, os.WriteFile(catalogueFile(folder, "de"), content, 0o600))
	complaints, err := check(folder, texts)
	require.NoError(t, err)
	var german []string
	for _, c := range complaints {
		if c[:2] == "de" {
			german = append(german, c)
		}
	}
	assert.ElementsMatch(t, []string{
		"de: " + key("Gone.") + ": is missing: Gone.",
		"de: " + key("Saved {0}.") + `: has other gaps than "Saved {0}.": "Gespeichert."`,
		"de: " + key("It costs $5.") + ": holds a $, which is written $$",
		"de: " + key("Try it once more.") + ": is still English: Try it once more.",
		"de: " + key("{0} of {1} users") + `_other: has other gaps than "{0} of {1} users": "{0} Benutzer"`,
		"de: old: is used nowhere",
	}, german)
}

// TestForms asks the CLDR, which every JavaScript engine has, what forms the
// languages have for numbers below ten thousand.
func TestForms(t *testing.T) {
	for _, language := range languages {
		script := `const rules = new Intl.PluralRules("` + language + `");
			console.log([...new Set([...Array(10000).keys()].map((n) => rules.select(n)))].join(" "))`
		said, err := exec.CommandContext(t.Context(), "node", "-e", script).Output()
		require.NoError(t, err)
		assert.ElementsMatch(t, forms(language), strings.Fields(string(said)), language)
	}
}

// TestKeysInJavaScript has extension/words.js give the key of every text, which is
// what words.Key gives.
func TestKeysInJavaScript(t *testing.T) {
	texts, err := collect(t.Context(), "../../..")
	require.NoError(t, err)
	var all, keys []string
	for key, text := range texts {
		all, keys = append(all, text.english), append(keys, key)
	}
	module, err := filepath.Abs(filepath.Join(extension, "words.js"))
	require.NoError(t, err)
	said := exec.CommandContext(t.Context(), "node", "--input-type=module", "-e", `
		globalThis.chrome = { i18n: { getUILanguage: () => "de", getMessage: (key) => key } };
		const { t } = await import(process.argv[1]);
		const texts = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
		console.log(JSON.stringify(texts.map((text) => t(text))));`, module)
	input, err := json.Marshal(all)
	require.NoError(t, err)
	said.Stdin = bytes.NewReader(input)
	output, err := said.Output()
	require.NoError(t, err)
	var got []string
	require.NoError(t, json.Unmarshal(output, &got))
	assert.Equal(t, keys, got)
}
