//go:build !js

package e2e_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTheKeyIsLockedAfterAnHour plays the hour without Dealmark: with the clock that
// lock.js is given, with an alarm that comes, and with one that never came.
func TestTheKeyIsLockedAfterAnHour(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.clickOn("#lock summary")
	options.visible("#new-passphrase")
	options.fill("#key", key)
	options.fill("#new-passphrase", "correct horse battery")
	options.fill("#new-passphrase-again", "correct horse battery")
	options.clickOn("#save")
	options.see("#say", "Saved.")
	// usedBefore has Dealmark used last so long ago; by the alarm's clock too, if there
	// is one.
	usedBefore := func(ago time.Duration, alarm bool) {
		t.Helper()
		then := fmt.Sprintf("Date.now() - %d", ago.Milliseconds())
		if alarm {
			options.eval(`import("./lock.js").then(({ used }) => used(` + then + `))`)
			return
		}
		options.eval(`chrome.storage.session.set({ used: String(` + then + `) })`)
	}
	open := `chrome.storage.session.get(null).then((all) => Object.keys(all).some((name) => name.startsWith("key@")))`
	site := w.open(acme)
	unlock := func(popup *page) {
		t.Helper()
		popup.clickOn("#notice-action")
		popup.fill("#passphrase", "correct horse battery")
		popup.press("Enter")
		popup.until(`document.querySelector("#notice").hidden && document.querySelector("#form").dataset.form`)
		popup.close()
	}

	w.run("used within the hour it stays open, and the hour begins anew", func(t *testing.T) {
		usedBefore(59*time.Minute, true)
		popup := site.click()
		popup.known("Acme Corporation")
		popup.until(`document.querySelector("#notice").hidden`)
		options.until(`chrome.alarms.get("lock").then(({ scheduledTime }) => scheduledTime - Date.now() > 59 * 60 * 1000)`)
		popup.close()
	})
	w.run("the alarm locks it, and a page that was left open", func(t *testing.T) {
		popup := site.click()
		popup.known("Acme Corporation")
		popup.fill("#name", "Half a wo")
		popup.eval(`(() => { globalThis.before = true; })()`)
		options.until(open)
		usedBefore(time.Hour-500*time.Millisecond, true)
		options.until(open + `.then((open) => !open)`)
		popup.see("#notice", "The key is locked.")
		popup.until(`!globalThis.before && document.querySelector("#name").value === "Half a wo"`)
		unlock(popup)
	})
	w.run("without the alarm, as after a long sleep, it is locked all the same", func(t *testing.T) {
		options.eval(`chrome.alarms.clear("lock")`)
		usedBefore(61*time.Minute, false)
		seen := len(w.apollo.Requests())
		popup := site.click()
		popup.see("#notice", "The key is locked.")
		popup.drain()
		require.Len(t, w.apollo.Requests(), seen, "nobody has used the key")
		unlock(popup)
	})
}
