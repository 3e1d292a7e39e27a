//go:build !js

package e2e_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// waiting has two entries wait for Apollo to answer again.
func (w *world) waiting(popup *page) {
	w.t.Helper()
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
	for _, name := range []string{"Waits one", "Waits two"} {
		popup.saveNew(name)
		popup.see(entry("queued"), "502")
	}
	popup.until(`document.querySelectorAll(".entry[data-state=queued]").length === 2`)
	popup.drain()
}

// TestOneStoreIsLost damages one of the two stores while entries wait in both:
// they are all there at the next opening, and are sent.
func TestOneStoreIsLost(t *testing.T) {
	damage := `(async () => {
		const change = (text) => text.replace('"state"', '"stale"');
		const all = await chrome.storage.local.get(null);
		for (const [key, text] of Object.entries(all)) await chrome.storage.local.set({ [key]: change(text) });
	})()`
	for name, harm := range map[string]string{
		"the outbox is empty":        inArea("outbox", `store.clear()`),
		"an entry is cut off":        inArea("outbox", `(store.openCursor().onsuccess = ({ target: { result: at } }) => { if (at?.key.startsWith("entry/")) at.update(at.value.slice(0, 20)); else at?.continue(); }, store.count())`),
		"an entry is something else": inArea("outbox", `(store.openCursor().onsuccess = ({ target: { result: at } }) => { if (at) { if (at.key.startsWith("entry/")) at.update(7); at.continue(); } }, store.count())`),
		"the copies are gone":        `chrome.storage.local.clear()`,
		"the copies are damaged":     damage,
	} {
		t.Run(name, func(t *testing.T) {
			clock := &later{}
			w := newWorld(t, clock.option)
			site := w.open(acme)
			popup := site.click()
			popup.known("Acme Corporation")
			w.waiting(popup)
			require.NoError(t, w.StopWorker(w.ctx))
			popup.eval(harm)
			popup.close()

			popup = site.click()
			popup.until(`document.querySelectorAll(".entry:is([data-state=queued], [data-state=uncertain])").length === 2`)
			w.apollo.ClearFaults()
			for _, saved := range []string{"Waits one", "Waits two"} {
				popup.see("#outbox", saved)
			}
			w.settle(popup, clock)
			w.answerAll(popup)
			popup.until(`document.querySelectorAll(".entry[data-state=done]").length === 2`)
			w.onceEach(popup, map[string]bool{"Waits one": true, "Waits two": true})
		})
	}
}

// answerAll says of whatever is asked that it is not there. Without the field for
// tags nobody but the rep can know of an entry that only a copy remembers.
func (w *world) answerAll(popup *page) {
	w.t.Helper()
	popup.until(`(async () => {
		for (const button of document.querySelectorAll(".entry[data-state=asking] [data-action=resend]")) button.click();
		await chrome.runtime.sendMessage({ type: "drain" });
		return !document.querySelector(".entry:is([data-state=asking], [data-state=queued], [data-state=uncertain])");
	})()`)
}

// TestTheDatabaseIsGone loses the settings, too: what was saved is there all the
// same, and waits for a key.
func TestTheDatabaseIsGone(t *testing.T) {
	clock := &later{}
	w := newWorld(t, clock.option)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	w.waiting(popup)
	require.NoError(t, w.StopWorker(w.ctx))
	popup.eval(`new Promise((done, failed) => { const asked = indexedDB.deleteDatabase("dealmark"); asked.onsuccess = done; asked.onerror = failed; })`)
	popup.close()
	w.apollo.ClearFaults()

	popup = site.click()
	popup.see("#outbox", "Waits one")
	popup.see("#outbox", "Waits two")
	popup.close()
	options := w.page("options.html")
	options.until(`document.querySelector("#key-stored").textContent`)
	w.connect(options, key)
	options.close()
	popup = site.click()
	popup.known("Acme Corporation")
	w.settle(popup, clock)
	w.answerAll(popup)
	w.onceEach(popup, map[string]bool{"Waits one": true, "Waits two": true})
}

func TestNoRoomToSave(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.eval(`(() => {
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (...args) {
			if (globalThis.room || this.name !== "outbox") return put.apply(this, args);
			throw new DOMException("no room", "QuotaExceededError");
		};
	})()`)
	popup.fill("#name", "Does not fit")
	popup.press("Enter")
	popup.see("#form-text", "Not saved: the browser could not store it.")
	assert.Equal(t, "Does not fit", popup.value("#name"))
	popup.until(`!document.querySelector(".entry")`)

	popup.eval(`globalThis.room = true`)
	popup.press("Enter")
	popup.see(done, "Created “Does not fit”")
	assert.Len(t, w.writes("opportunity.create"), 1)
}

// TestTheExtensionIsReloadedMidway is what an update does: every context ends,
// and the browser's start counts as another one.
func TestTheExtensionIsReloadedMidway(t *testing.T) {
	clock := &later{}
	w := newApollo(t, clock.option)
	w.launch("")
	w.setUpTag()
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.saveNew("Proves the tag")
	popup.see(done, "Created “Proves the tag”")
	w.waiting(popup)
	w.apollo.ClearFaults()
	require.NoError(t, w.LoadExtension(w.ctx))
	<-popup.Closed()

	popup = site.click()
	popup.known("Acme Corporation")
	w.settle(popup, clock)
	popup.until(`!document.querySelector(".entry:not([data-state=done])")`)
	w.onceEach(popup, map[string]bool{"Waits one": true, "Waits two": true})
}

func TestTheKeyIsRevokedMidway(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	w.waiting(popup)
	w.apollo.ClearFaults()
	w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusUnauthorized, ContentType: "text/plain", Body: "Invalid access credentials."})
	popup.clickOn(entry("queued") + ` [data-action="retry"]`)
	popup.see(entry("blocked"), "Apollo does not accept the API key.")
	seen := len(w.apollo.Requests())
	popup.drain()
	assert.LessOrEqual(t, len(w.apollo.Requests()), seen+1, "a dead key is not tried again and again")

	w.apollo.ClearFaults()
	popup.close()
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.fill("#key", key)
	options.clickOn("#save")
	options.see("#say", "Saved.")
	options.close()
	popup = site.click()
	popup.until(`chrome.runtime.sendMessage({ type: "drain" }).then(() => document.querySelectorAll(".entry[data-state=done]").length === 2)`)
	w.onceEach(popup, map[string]bool{"Waits one": true, "Waits two": true})
}

// TestTheClockJumps puts the worker's clock a year forward, and back, while
// something waits.
func TestTheClockJumps(t *testing.T) {
	const year = 365 * 24 * 3600 * 1000
	for name, ahead := range map[string]int64{"forward": year, "back": -year} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			popup := w.popup(acme)
			popup.known("Acme Corporation")
			w.waiting(popup)
			worker := w.withPoints(popup)
			defer worker.Detach()
			require.NoError(t, worker.Eval(w.ctx, `points.ahead = `+number(ahead)+`; 1`, nil))
			popup.drain()
			popup.until(`document.querySelectorAll(".entry[data-state=queued]").length === 2`)
			require.NoError(t, worker.Eval(w.ctx, `points.ahead = 0; 1`, nil))
			w.apollo.ClearFaults()
			popup.drain()
			popup.until(`(async () => {
				for (const button of document.querySelectorAll("[data-action=retry]")) button.click();
				await chrome.runtime.sendMessage({ type: "drain" });
				return document.querySelectorAll(".entry[data-state=done]").length === 2;
			})()`)
			w.onceEach(popup, map[string]bool{"Waits one": true, "Waits two": true})
		})
	}
}

// TestThePermissionIsWithheldMidway takes the extension's access to Apollo's host
// away, as the browser's own page of extensions lets anybody do.
func TestThePermissionIsWithheldMidway(t *testing.T) {
	w := newApollo(t)
	w.launch("")
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	w.waiting(popup)
	popup.close()
	extensions := w.open("chrome://extensions/")
	access := func(mode string) {
		t.Helper()
		extensions.eval(`chrome.developerPrivate.updateExtensionConfiguration({ extensionId: ` + quote(w.ExtensionID()) + `, hostAccess: "` + mode + `" })`)
	}
	access("ON_CLICK")
	w.apollo.ClearFaults()
	popup = site.click()
	popup.until(`(async () => {
		for (const button of document.querySelectorAll(".entry[data-state=queued] [data-action=retry]")) button.click();
		await chrome.runtime.sendMessage({ type: "drain" });
		return document.querySelector(".entry[data-state=blocked]");
	})()`)
	popup.see(entry("blocked"), "The browser keeps Dealmark from reaching Apollo.")
	assert.Empty(t, w.writes("opportunity.create"))
	access("ON_ALL_SITES")
	popup.until(`(async () => {
		for (const button of document.querySelectorAll("[data-action=retry]")) button.click();
		await chrome.runtime.sendMessage({ type: "drain" });
		return document.querySelectorAll(".entry[data-state=done]").length === 2;
	})()`)
	w.onceEach(popup, map[string]bool{"Waits one": true, "Waits two": true})
}
