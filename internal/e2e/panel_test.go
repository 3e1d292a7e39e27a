//go:build !js

package e2e_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const globex = "http://www.globex.test/"

// The side panel is the popup that stays: what it shows follows a click on the
// icon, and what is being written stays with its company.
func TestTheSidePanel(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.clickOn(`#surface [value="panel"]`)
	options.see("#surface-say", "Saved.")
	t.Cleanup(func() { // also after a failure: the tests share the browser
		w.ctx = context.Background()
		options.eval(`chrome.action.setPopup({ popup: "popup.html" })`)
	})

	first := w.open(acme)
	require.NoError(t, first.tab.Activate(w.ctx))
	require.NoError(t, first.tab.TriggerIcon(w.ctx))
	opened, err := w.FindPage(w.ctx, w.ExtensionURL("popup.html?panel"))
	require.NoError(t, err)
	panel := w.watch(opened)
	panel.known("Acme Corporation")
	panel.picture("panel")

	w.run("another tab is not seen, and that is said", func(t *testing.T) {
		panel.fill("#name", "Written for Acme")
		second := w.open(globex)
		panel.see("#elsewhere", "which Dealmark does not see")
		assert.Equal(t, "Written for Acme", panel.value("#name"))
		panel.see("#company-name", "Acme Corporation")
		panel.picture("panel-elsewhere")

		require.NoError(t, first.tab.Activate(w.ctx))
		panel.until(`document.querySelector("#elsewhere").hidden`)
		require.NoError(t, second.tab.Activate(w.ctx))
		panel.visible("#elsewhere")
	})
	w.run("a click there shows it, and keeps the draft", func(t *testing.T) {
		second := w.open(globex)
		require.NoError(t, second.tab.TriggerIcon(w.ctx))
		panel.see("#company-domain", "globex.test")
		panel.see("#elsewhere", "What you wrote for Acme Corporation is kept")
		assert.NotEqual(t, "Written for Acme", panel.value("#name"))
		require.NoError(t, first.tab.Activate(w.ctx))
		panel.until(`document.querySelector("#company-name").textContent === "Acme Corporation" && document.querySelector("#name").value === "Written for Acme"`)
	})
	w.run("what is being written stays while it is", func(t *testing.T) {
		third := w.open(globex + "about")
		panel.visible("#elsewhere")
		panel.fill("#name", "Written for Acme, and more")
		require.NoError(t, third.tab.TriggerIcon(w.ctx)) // the rep's own click goes on
		panel.see("#elsewhere", "is kept")
		panel.fill("#name", "Written for Globex")
		require.NoError(t, first.tab.Activate(w.ctx)) // which may be seen since the click there
		panel.see("#elsewhere", "What you are writing stays here until you go on")
		assert.Equal(t, "Written for Globex", panel.value("#name"))
		panel.picture("panel-kept")
		panel.clickOn("#elsewhere-go")
		panel.until(`document.querySelector("#name").value === "Written for Acme, and more"`)
		require.NoError(t, first.tab.Navigate(w.ctx, "http://www.initech.test/"))
		panel.see("#elsewhere", "which Dealmark does not see")
		require.NoError(t, first.tab.Navigate(w.ctx, acme))
	})
	w.run("and the popup again", func(t *testing.T) {
		panel.close()
		options.clickOn(`#surface [value="popup"]`)
		options.see("#surface-say", "Saved.")
		first.click().known("Acme Corporation")
	})
}
