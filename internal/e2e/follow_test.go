//go:build !js

package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// TestThePanelFollowsEveryTab is with a rep who has allowed it, and asks one who has
// not. No test can answer the browser's question without a window, so the permission
// comes from an earlier version of the extension, which had it from its installation:
// an update takes it along.
func TestThePanelFollowsEveryTab(t *testing.T) {
	w := newApollo(t)
	folder := copyOfTheBuild(t, map[string]func(string) string{"manifest.json": func(text string) string {
		return strings.Replace(text, `"activeTab"`, `"activeTab", "tabs"`, 1)
	}})
	w.start(rig.Options{Extension: folder})
	manifest, err := os.ReadFile(filepath.Join("../..", rig.ExtensionDir, "manifest.json"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "manifest.json"), manifest, 0o644))
	require.NoError(t, w.LoadExtension(w.ctx))

	options := w.page("options.html")
	options.until(`document.querySelector("#key-stored").textContent`)
	w.connect(options, key)
	const allowed = `chrome.permissions.contains({ permissions: ["tabs"] })`
	options.until(allowed)
	options.clickOn(`#surface [value="panel"]`)
	options.see("#surface-say", "Saved.")
	first := w.open(acme)
	require.NoError(t, first.tab.TriggerIcon(w.ctx))
	opened, err := w.FindPage(w.ctx, w.ExtensionURL("popup.html?panel"))
	require.NoError(t, err)
	panel := w.watch(opened)
	panel.known("Acme Corporation")

	second := w.open(globex)
	panel.see("#company-domain", "globex.test") // with no click on the icon there
	require.NoError(t, second.tab.Navigate(w.ctx, "http://www.initech.test/"))
	panel.see("#company-domain", "initech.test")
	panel.until(`document.querySelector("#form").dataset.form && document.querySelector("#elsewhere").hidden`)

	panel.fill("#name", "Written for Initech")
	require.NoError(t, first.tab.Activate(w.ctx))
	panel.see("#elsewhere", "What you are writing stays here until you go on")
	assert.Equal(t, "Written for Initech", panel.value("#name"))
	panel.see("#company-domain", "initech.test")
	panel.clickOn("#elsewhere-go")
	panel.see("#company-name", "Acme Corporation")
	panel.see("#elsewhere", "is kept")
	require.NoError(t, second.tab.Activate(w.ctx))
	panel.until(`document.querySelector("#company-domain").textContent === "initech.test" && document.querySelector("#name").value === "Written for Initech"`)

	options.eval(`chrome.permissions.remove({ permissions: ["tabs"] })`)
	options.until(allowed + `.then((yes) => !yes)`)
	panel.fill("#name", "Written while it asks")
	w.open("http://www.umbrella.test/")
	panel.see("#elsewhere", "which Dealmark does not see")
	panel.eval(`(() => {
		const ask = chrome.permissions.request;
		chrome.permissions.request = (wanted) => {
			globalThis.asked = JSON.stringify(wanted);
			const answer = ask(wanted);
			answer.then((yes) => (globalThis.answered = yes), (error) => (globalThis.answered = error.message));
			return answer;
		};
	})()`)
	panel.visible("#elsewhere-follow")
	panel.clickOn("#elsewhere-follow")
	panel.until(`globalThis.asked === '{"permissions":["tabs"]}'`)
	time.Sleep(time.Second)                          // a refusal, as without a click of the rep's own, would come at once
	panel.until(`globalThis.answered === undefined`) // the browser asks the rep
	assert.Equal(t, "Written while it asks", panel.value("#name"))
	panel.see("#elsewhere", "which Dealmark does not see")
}
