//go:build !js

package e2e_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// TestWithoutWebAssembly types in a browser that has none, closes the popup, and
// finds the text there and, when there is WebAssembly again, in the form.
func TestWithoutWebAssembly(t *testing.T) {
	w := newApollo(t)
	profile := filepath.Join(t.TempDir(), "profile")
	w.launch(profile)
	require.NoError(t, w.Close())

	bare, err := rig.Start(w.ctx, rig.Options{Root: "../..", UserDataDir: profile, NoWebAssembly: true, Welcome: true})
	require.NoError(t, err)
	w.Rig = bare
	site := w.open(acme)
	for range 2 { // the second time it is there
		popup := site.click()
		popup.see("#stopped-text", "does not run WebAssembly")
		popup.see("#stopped-text", "What you typed is kept")
		if popup.value("#name") == "" {
			popup.fill("#name", "Typed without it")
		}
		assert.Equal(t, "Typed without it", popup.value("#name"))
		popup.close()
	}
	require.NoError(t, w.Close())

	w.relaunch(profile)
	w.whole.Cleanup(func() { assert.NoError(w.whole, w.Close()) })
	site = w.open(acme)
	for range 2 { // the second time it is a draft
		popup := site.click()
		popup.known("Acme Corporation")
		popup.until(`document.querySelector("#name").value === "Typed without it"`)
		popup.until(`!Object.keys(localStorage).some((key) => key.includes("early"))`)
		popup.close()
	}
}

// TestWhatWasTypedEarlyIsTakenUp finds what a popup left that never got its core.
func TestWhatWasTypedEarlyIsTakenUp(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.eval(`(async () => { localStorage.setItem("early www.acme.test", JSON.stringify({ name: "From a popup without a database" })); })()`)
	popup.close()
	popup = site.click()
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#name").value === "From a popup without a database"`)
	popup.until(`!Object.keys(localStorage).some((key) => key.includes("early"))`)
}
