//go:build !js

package e2e_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// kept are the last Views that are kept, by their keys, as a promise for a page.
const kept = `new Promise((done) => (indexedDB.open("dealmark").onsuccess = ({ target: { result: db } }) => {
	const within = db.transaction("index").objectStore("index");
	const keys = within.getAllKeys(), values = within.getAll();
	within.transaction.oncomplete = () => (db.close(), done(Object.fromEntries(keys.result
		.map((key, i) => [key, values.result[i]]).filter(([key]) => key.includes("shown/")).map(([key, value]) => { try { return [key, JSON.parse(new TextDecoder().decode(value))]; } catch { return [key]; } }))));
}))`

const isShown = kept + `.then((all) => JSON.stringify(all["shown/www.acme.test"] ?? "").includes("Acme training days"))`

func TestTheLastViewIsThereBeforeTheCore(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.until(`document.querySelectorAll("#rows button").length === 4`)
	popup.until(isShown)
	name := popup.value("#name")
	popup.close()

	release, err := w.Hold(w.ctx, "chrome-extension://*/core.wasm")
	require.NoError(t, err)
	popup = site.click()
	popup.see("#company-status", "In Apollo")
	popup.until(`document.querySelectorAll("#rows button").length === 4`)
	popup.until(`["close_date", "stage", "owner", "account"].every((id) => document.getElementById(id).value)`)
	assert.Equal(t, name, popup.value("#name"))
	popup.until(`!document.querySelector("#form").dataset.form`)
	popup.keys("Typed over what was painted")
	require.NoError(t, release(w.ctx))
	popup.until(`document.querySelector("#form").dataset.form`)
	assert.Equal(t, "Typed over what was painted", popup.value("#name"), "the core writes over no key")
	popup.until(`document.querySelectorAll("#rows button").length === 4`)
	popup.clickOn("#discard")
	popup.until(`document.querySelector("#name").value === ` + quote(name))
	popup.close()

	release, err = w.Hold(w.ctx, "chrome-extension://*/core.wasm")
	require.NoError(t, err)
	popup = site.click()
	popup.see("#rows", "Acme training days")
	popup.clickOn("#rows button")
	require.NoError(t, release(w.ctx))
	popup.see("#form-heading", "Change") // a click on what was painted waits for the core
}

func TestNothingIsPaintedOfAnotherTeam(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(isShown)
	popup.close()
	options := w.page("options.html")
	options.until(`globalThis.dealmark`)
	w.connect(options, "another-key-of-another-team")
	options.until(isShown + `.then((shown) => !shown)`)
}

// What an opening reads of storage is read beside the start of the core, and all
// at once: the core itself has nothing left to wait for.
func TestAnOpeningReadsAhead(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	for range 2 {
		popup := site.click()
		popup.known("Acme Corporation")
		popup.until(`localStorage.getItem("ahead")?.includes("www.acme.test")`)
		popup.close()
	}
	popup := site.click()
	popup.until(`document.querySelector("#form").dataset.form`)
	var missed, taken int
	popup.read(`ahead.missed`, &missed)
	popup.read(`ahead.taken`, &taken)
	assert.Zero(t, missed, "reads that the core had to wait for")
	assert.Greater(t, taken, 5)
}

// The first popup of a browser paints what the last one has left.
func TestTheLastViewOutlivesTheBrowser(t *testing.T) {
	w := newApollo(t)
	profile := filepath.Join(t.TempDir(), "profile")
	w.launch(profile)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(isShown)
	popup.close()
	require.NoError(t, w.Browser.Close())

	w.relaunch(profile)
	release, err := w.Hold(w.ctx, "chrome-extension://*/core.wasm")
	require.NoError(t, err)
	popup = w.popup(acme)
	popup.see("#company-status", "In Apollo")
	popup.until(`document.querySelectorAll("#rows button").length === 4`)
	popup.until(`!document.querySelector("#form").dataset.form`)
	require.NoError(t, release(w.ctx))
	popup.until(`document.querySelector("#form").dataset.form`)
}

// A host that was not visited for long is forgotten.
func TestNoMoreViewsAreKeptThanFortyHosts(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(isShown)
	popup.store("index", "shown", `new TextEncoder().encode(JSON.stringify(Array.from({ length: 40 }, (_, i) => "shown/" + i + ".test")))`)
	popup.store("index", "shown/38.test", `new TextEncoder().encode("{}")`)
	popup.store("index", "shown/39.test", `new TextEncoder().encode("{}")`)
	popup.close()
	popup = w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(kept + `.then((all) => !("shown/39.test" in all) && "shown/38.test" in all && "shown/www.acme.test" in all)`)
}

func TestAViewThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(isShown)
	popup.store("index", "shown", `new Uint8Array([123])`)
	popup.store("index", "shown/www.acme.test", `new Uint8Array([123])`)
	popup.close()
	popup = w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(isShown) // it is kept anew
	popup.until(`document.querySelector("#stopped").hidden`)
}
