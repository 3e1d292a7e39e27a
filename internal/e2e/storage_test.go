//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// store writes a record as the browser's storage could give it back.
func (p *page) store(area, key, value string) {
	p.w.t.Helper()
	p.eval(inArea(area, `store.put(`+value+`, `+quote(key)+`)`))
}

// inArea is an expression that runs a request in an area of the extension's
// database and promises its result.
func inArea(area, request string) string {
	return `new Promise((done, failed) => {
		indexedDB.open("dealmark").onsuccess = ({ target: { result: db } }) => {
			const writing = db.transaction(` + quote(area) + `, "readwrite");
			const store = writing.objectStore(` + quote(area) + `);
			const asked = ` + request + `;
			writing.oncomplete = () => (db.close(), done(asked.result));
			writing.onabort = () => failed(writing.error);
		};
	})`
}

// kept waits until a draft holds a text: the browser takes some milliseconds to
// store it, in which a person cannot close a popup, but a test can.
func (p *page) kept(text string) {
	p.w.t.Helper()
	p.until(inArea("drafts", `store.getAll()`) + `.then((all) => all.some((bytes) => new TextDecoder().decode(bytes).includes(` + quote(text) + `)))`)
}

func TestADraftThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	for name, value := range map[string]string{
		"garbage":            `new Uint8Array([0, 255, 1, 2])`,
		"half of it":         `new TextEncoder().encode('{"version":1,"id":"x","fields":{"name":{"te')`,
		"not even bytes":     `{ a: 1 }`,
		"of a later version": `new TextEncoder().encode('{"version":99}')`,
		"empty":              `new Uint8Array(0)`,
	} {
		w.run(name, func(t *testing.T) {
			popup.store("drafts", "draft/acme.test/new", value)
			popup.close()
			popup = site.click()
			popup.known("Acme Corporation")
			popup.see("#form-text", "could not be read")
			assert.Equal(t, "Acme Corporation", popup.value("#name"), "the form starts anew")
		})
	}
	popup.saveNew("After the damage")
	popup.see(done, "Created “After the damage”")
	popup.close()
	popup = site.click()
	popup.known("Acme Corporation")
	assert.Empty(t, popup.text("#form-text"), "it is over")
}

func TestAnOutboxThatCannotBeReadWhole(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.store("outbox", "entry/damaged-one", `new Uint8Array([123, 34])`)
	popup.saveNew("Beside the damaged one")
	popup.see(done, "Created “Beside the damaged one”")
	popup.close()

	popup = site.click()
	popup.see(done, "Created “Beside the damaged one”")
	popup.see(entry("damaged"), "cannot be read")
	var kept []int
	popup.read(inArea("outbox", `store.get("entry/damaged-one")`)+`.then((bytes) => [...bytes])`, &kept)
	assert.Equal(t, []int{123, 34}, kept, "it is left as it is")

	popup.drain()
	popup.until(`chrome.action.getBadgeText({}).then((text) => text === "1")`)

	popup.clickOn(entry("damaged") + ` [data-action="discard"]`)
	popup.until(`!document.querySelector(".entry[data-state=damaged]")`)
	assert.Len(t, w.writes("opportunity.create"), 1)
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.store("settings", "settings", `new Uint8Array([1])`)
	popup.close()

	popup = site.click()
	popup.see("#notice", "needs your team's Apollo API key")
	popup.see("#notice-action", "Add the API key")
	popup.saveNew("Kept without settings")
	popup.see(entry("blocked"), "Create “Kept without settings”")

	options := w.page("options.html")
	options.see("#say.error", "cannot be read")
	options.fill("#key", key)
	options.fill("#base", w.apollo.Base())
	options.clickOn("#save")
	options.see("#say", "Saved.")
	options.close()
	popup = site.click()
	popup.known("Acme Corporation")
	popup.see(done, "Created “Kept without settings”")
}

func TestAnIndexThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	var keys []string
	popup.read(inArea("index", `store.getAllKeys()`), &keys)
	assert.NotEmpty(t, keys)
	for _, key := range keys {
		popup.store("index", key, `new Uint8Array([7, 7])`)
	}
	popup.close()
	popup = site.click()
	popup.known("Acme Corporation")
	popup.see("#rows", "Acme rollout, phase 2")
}
