//go:build !js

package e2e_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The surface between JavaScript and Go is said in three places: core.d.ts, which
// tsc checks the callers against, the documentation of the programs, and the
// objects that they publish.
func TestTheSurfaceIsTheSameEverywhere(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	var ofPopup, ofWorker []string
	popup.read(`Object.keys(dealmark)`, &ofPopup)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.read(`Object.keys(dealmark)`, &ofWorker)

	options.eval(`import("./trial_place.js").then(({ trialProgram }) => trialProgram("trial-surface"))`)
	var ofTrial []string
	options.read(`Object.keys(dealmark)`, &ofTrial)

	pipeline := w.page("pipeline.html")
	pipeline.see("#walk", "never read")
	var ofPipeline []string
	pipeline.read(`Object.keys(dealmark)`, &ofPipeline)

	const item = `(?m)^//   - (\w+) `
	assert.ElementsMatch(t, ofPopup, names(t, "../../wasm/doc_js.go", `(?s)// The functions:.*?\npackage main`, item))
	assert.ElementsMatch(t, ofWorker, names(t, "../../wasm/worker/doc_js.go", `(?s)// Of the worker:.*?\npackage main`, item))
	assert.ElementsMatch(t, ofTrial, names(t, "../../wasm/trial/doc_js.go", `(?s)// The functions:.*?\npackage main`, item))
	assert.ElementsMatch(t, ofPipeline, names(t, "../../wasm/pipeline/doc_js.go", `(?s)// Command pipeline.*?\npackage main`, item))
	const method = `(?m)^  (\w+)\(doc: `
	assert.ElementsMatch(t, ofPopup, names(t, "../../extension/core.d.ts", `(?s)interface PopupCore \{.*?\n\}`, method))
	assert.ElementsMatch(t, ofTrial, names(t, "../../extension/core.d.ts", `(?s)interface TrialCore \{.*?\n\}`, method))
	assert.ElementsMatch(t, ofWorker, names(t, "../../extension/core.d.ts", `(?s)interface WorkerCore \{.*?\n\}`, method))
	assert.ElementsMatch(t, ofPipeline, names(t, "../../extension/core.d.ts", `(?s)interface PipelineCore \{.*?\n\}`, method))
}

// names finds names in the part of a file.
func names(t *testing.T, path, part, name string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	found := regexp.MustCompile(part).Find(text)
	require.NotEmpty(t, found, path)
	var all []string
	for _, match := range regexp.MustCompile(name).FindAllSubmatch(found, -1) {
		all = append(all, string(match[1]))
	}
	slices.Sort(all)
	return all
}

func TestTheCoreRefusesWhatItDoesNotUnderstand(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	for name, c := range map[string]struct{ call, says string }{
		"another version": {`dealmark.readSettings('{"version":2}')`, "different versions"},
		"no version":      {`dealmark.readSettings('{}')`, "different versions"},
		"no document":     {`dealmark.readSettings()`, "do not understand each other"},
		"not JSON":        {`dealmark.readSettings('{"version":1')`, "do not understand each other"},
		"not a string":    {`dealmark.readSettings({ version: 1 })`, "do not understand each other"},
	} {
		w.run(name, func(t *testing.T) {
			var refusal struct {
				Version       int
				Kind, Message string
			}
			options.read(c.call+`.then(() => ({}), (error) => JSON.parse(error.message))`, &refusal)
			assert.Equal(t, 1, refusal.Version)
			assert.Equal(t, "internal", refusal.Kind)
			assert.Contains(t, refusal.Message, c.says)
		})
	}
}
