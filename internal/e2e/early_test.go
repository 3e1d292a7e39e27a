//go:build !js

package e2e_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// TestNoFormLeavesItsPage has every form of every page submitted before a script
// of it ran, as a rep's Enter may be faster: what was typed stands, and the page
// is the same. All but the popup can neither be seen nor used until then.
func TestNoFormLeavesItsPage(t *testing.T) {
	w := newWorld(t)
	pages, err := filepath.Glob("../../" + rig.ExtensionDir + "/*.html")
	require.NoError(t, err)
	forms := 0
	for _, path := range pages {
		name := filepath.Base(path)
		w.run(name, func(t *testing.T) {
			tab := w.open("about:blank")
			require.NoError(t, tab.SetScripts(w.ctx, false))
			require.NoError(t, tab.tab.Navigate(w.ctx, w.ExtensionURL(name)))
			var hidden bool
			tab.read(`getComputedStyle(document.querySelector("main")).visibility === "hidden" && document.body.inert`, &hidden)
			assert.Equal(t, name != "popup.html", hidden)
			tab.eval(`(() => { document.body.inert = false; document.querySelectorAll("[hidden]").forEach((e) => (e.hidden = false)); })()`)
			var ids []string
			tab.read(`[...document.forms].map(({ id }) => id)`, &ids)
			for _, id := range ids {
				forms++
				tab.eval(`document.querySelector("#` + id + ` input:not([type=hidden])").focus()`)
				tab.press("x", "Enter")
				tab.eval(`document.forms["` + id + `"].requestSubmit()`)
			}
			time.Sleep(300 * time.Millisecond) // a page that is left is left by then
			var typed int
			tab.read(`[...document.querySelectorAll("form input")].filter(({ value }) => value === "x").length`, &typed)
			assert.Equal(t, len(ids), typed)
			var at string
			tab.read(`location.href`, &at)
			assert.Equal(t, w.ExtensionURL(name), at)
		})
	}
	assert.Equal(t, 10, forms)
}

// TestTypedBeforeTheScripts types into a popup that has no script yet.
func TestTypedBeforeTheScripts(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	for _, again := range []bool{false, true} { // the second time the last View is painted around it
		release, err := w.Hold(w.ctx, "chrome-extension://*/popup.js")
		require.NoError(t, err)
		require.NoError(t, site.tab.Activate(w.ctx))
		require.NoError(t, site.tab.TriggerIcon(w.ctx))
		early, err := w.FindPage(w.ctx, w.ExtensionURL("popup.html"))
		require.NoError(t, err)
		popup := w.watch(early)
		text := "Typed before the scripts"
		if again {
			text = "And once more"
		}
		popup.fill("#name", text)
		popup.press("Enter")
		require.NoError(t, release(w.ctx))
		popup.until(`document.querySelector("#form").dataset.form && document.querySelector("#name[data-touched]")`)
		popup.known("Acme Corporation")
		popup.until(`document.querySelector("#name").value === ` + quote(text))
		popup.until(`!Object.keys(localStorage).some((key) => key.includes("early") || key.startsWith("typed "))`) // the core has it
		popup.close()
		popup = site.click()
		popup.known("Acme Corporation")
		popup.until(`document.querySelector("#name").value === ` + quote(text))
		popup.clickOn("#discard")
		popup.visible("#put-back")
		popup.until(`!document.querySelector("#form [data-touched]")`)
		time.Sleep(300 * time.Millisecond) // what is shown is kept a moment later, see shown.js
		popup.close()
	}
}

// TestStorageThatIsClosed opens each page in a browser that lets it read nothing.
func TestStorageThatIsClosed(t *testing.T) {
	w := newWorld(t)
	for name, says := range map[string]string{"welcome.html": "#say", "options.html": "#say", "pipeline.html": "#say", "popup.html": "#stopped-text"} {
		tab := w.open("about:blank")
		require.NoError(t, tab.Before(w.ctx, `for (const name of ["localStorage", "sessionStorage"])
			Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied", "SecurityError"); } })`))
		require.NoError(t, tab.tab.Navigate(w.ctx, w.ExtensionURL(name)))
		tab.see(says, "does not let Dealmark read what it has stored")
		tab.visible(":is(#name, #key, #text)")
	}
}

// TestAScriptThatDoesNotRun breaks one, and finds the page there with the reason.
func TestAScriptThatDoesNotRun(t *testing.T) {
	w := newWorld(t)
	tab := w.open("about:blank")
	tab.expects = "BroadcastChannel"
	require.NoError(t, tab.Before(w.ctx, `delete window.BroadcastChannel`))
	require.NoError(t, tab.tab.Navigate(w.ctx, w.ExtensionURL("options.html")))
	tab.see(".fault", "Dealmark stopped because of a fault of its own.")
	tab.see(".fault", "BroadcastChannel is not defined")
	tab.visible("#connection")
}
