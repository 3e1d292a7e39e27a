//go:build !js

package e2e_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

const firstCompany, secondCompany = "http://www.umbrella.test/", "http://www.wayne.test/"

// try goes into the demo as a rep does.
func (w *world) try() {
	w.t.Helper()
	welcome := w.page(rig.Welcome)
	welcome.clickOn("#try")
	welcome.see(".band", "Demo")
	welcome.see("#step-use", "The demo is on")
	welcome.close()
}

func TestTheDemo(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.fill("#name", "A real draft")
	popup.until(`!Object.keys(localStorage).some((key) => key.startsWith("typed "))`) // the core has it
	popup.close()
	before := w.storedBy(true)
	seen := len(w.apollo.Requests())
	w.try()

	w.run("the first company has opportunities", func(t *testing.T) {
		popup := w.popup(firstCompany)
		popup.see(".band", "nothing is sent")
		popup.known("Umbrella")
		popup.see("#rows", "Umbrella rollout, phase 2")
		popup.saveNew("Made in the demo")
		popup.see(done, "Created “Made in the demo”")
		popup.close()
	})
	w.run("it is all there again, and can be changed", func(t *testing.T) {
		require.NoError(t, w.StopWorker(w.ctx))
		popup := w.popup(firstCompany)
		popup.known("Umbrella")
		popup.change("Made in the demo")
		popup.fill("#amount", "26,000.50")
		popup.press("Enter")
		popup.see(done, "Changed “Made in the demo”")
		popup.clickOn(row("Made in the demo"))
		popup.until(`document.querySelector("#amount").value === "26000.5"`)
		popup.close()
	})
	w.run("the second is not in Apollo yet", func(t *testing.T) {
		popup := w.popup(secondCompany)
		popup.see("#company-status", "Not in Apollo")
		popup.until(`document.querySelector("#owner").value`)
		popup.saveNew("For a new account")
		popup.see(done, "Created “For a new account”")
		popup.fill("#name", "Half a wo")
		popup.close()
		popup = w.popup(secondCompany)
		popup.see("#company-status", "In Apollo")
		popup.until(`document.querySelector("#name").value === "Half a wo"`)
		popup.close()
	})
	w.run("the settings work, and take no key", func(t *testing.T) {
		options := w.page("options.html")
		options.see(".band", "Demo")
		options.until(`!document.querySelector("#key").checkVisibility() && !document.querySelector("#save").checkVisibility()`)
		options.clickOn("#test")
		options.see("#say", "All of it works.")
		options.close()
	})
	assert.Len(t, w.apollo.Requests(), seen, "nothing was asked of the real Apollo")
	assert.Equal(t, before, w.storedBy(true), "what was stored before is as it was")
	assert.NotEmpty(t, w.storedBy(false))

	w.run("it leaves nothing", func(t *testing.T) {
		popup := w.popup(firstCompany)
		popup.known("Umbrella")
		popup.clickOn("#leave-trial")
		popup.see("#company-status", "Not in Apollo")
		popup.until(`!document.querySelector(".band")`)
		assert.Empty(t, w.storedBy(false))
		after := w.storedBy(true)
		for _, stored := range []map[string]string{before, after} { // the popup has asked the real Apollo again
			maps.DeleteFunc(stored, func(name, _ string) bool { return strings.HasPrefix(name, "dealmark journal ") })
		}
		assert.Equal(t, before, after)
		popup.close()
		popup = w.popup(acme)
		popup.known("Acme Corporation")
		popup.until(`document.querySelector("#name").value === "A real draft"`)
	})
}

// storedBy is what is stored by the extension outside of trials, or by trials; but
// for the index, which is a copy of what Apollo has, and for alarms of the
// extension's own, which the worker takes back when nothing waits any more.
func (w *world) storedBy(own bool) map[string]string {
	w.t.Helper()
	stored := w.stored()
	maps.DeleteFunc(stored, func(name, _ string) bool {
		trial := strings.Contains(name, "-trial-") || strings.HasPrefix(name, "localStorage trial")
		return trial == own || strings.Contains(name, " index ") || own && strings.HasPrefix(name, "alarm ")
	})
	return stored
}

// stored is everything that the extension has stored, by where it is.
func (w *world) stored() (all map[string]string) {
	w.t.Helper()
	page := w.page("popup.css") // a page of the extension that runs nothing
	defer page.close()
	// What is read ahead follows the pages that were opened, and is no content.
	page.read(`(async () => {
		const all = {};
		for (const [key, value] of Object.entries(localStorage)) if (key !== "ahead") all["localStorage " + key] = value;
		for (const [key, value] of Object.entries(await chrome.storage.local.get(null))) all["storage.local " + key] = JSON.stringify(value);
		for (const { name } of await chrome.alarms.getAll()) all["alarm " + name] = "";
		for (const { name } of await indexedDB.databases()) {
			const db = await new Promise((done) => indexedDB.open(name).onsuccess = ({ target }) => done(target.result));
			for (const area of db.objectStoreNames) {
				const store = db.transaction(area).objectStore(area);
				const [keys, values] = await Promise.all(["getAllKeys", "getAll"].map((get) => new Promise((done) => store[get]().onsuccess = ({ target }) => done(target.result))));
				keys.forEach((key, i) => all[name + " " + area + " " + key] = String(values[i]));
			}
			db.close();
		}
		return all;
	})()`, &all)
	return all
}

// TestEveryPageIsMarkedInTheDemo opens each page of the package.
func TestEveryPageIsMarkedInTheDemo(t *testing.T) {
	w := newWorld(t)
	pages, err := filepath.Glob("../../" + rig.ExtensionDir + "/*.html")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(pages), 3)
	for _, path := range pages {
		page := w.page(filepath.Base(path))
		page.until(`document.readyState === "complete"`)
		var marked bool
		page.read(`!!document.querySelector(".band")`, &marked)
		assert.False(t, marked, path)
		page.close()
	}
	w.try()
	for _, path := range pages {
		page := w.page(filepath.Base(path))
		page.see(".band", "Demo: made-up data")
		page.visible("#leave-trial")
		if os.Getenv("PICTURES") != "" {
			require.NoError(t, page.Screenshot(w.ctx, "../../build/e2e/demo-"+filepath.Base(path)+".png"))
		}
	}
	page := w.page(rig.Welcome)
	page.clickOn("#leave-trial")
	page.visible("#try")
	page.until(`!document.querySelector(".band")`)
}
