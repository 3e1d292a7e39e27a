//go:build !js

package e2e_test

import (
	"encoding/base64"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

var down = sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusServiceUnavailable}

// addWorkspace adds a workspace as a rep does, and gives it an address and a key.
func (w *world) addWorkspace(name string, of *world) {
	w.t.Helper()
	options := w.page("options.html")
	options.visible("#workspaces-list li")
	options.fill("#workspace-name", name)
	options.press("Enter")
	options.see("#workspace-current", name)
	options.see("#key-stored", "No key is stored.")
	options.fill("#key", key)
	options.fill("#base", of.apollo.Base())
	options.clickOn("#save")
	options.see("#say", "Saved.")
	options.close()
}

// switchTo chooses a workspace in a popup, which loads itself again.
func (p *page) switchTo(name string) {
	p.w.t.Helper()
	p.visible("#workspace")
	p.eval(`(performance.mark("before"), 1)`)
	p.choose("#workspace", name[:1]) // the page is loaded anew by the first key: more would be typed into its form
	p.until(`!performance.getEntriesByName("before").length && document.querySelector("#workspace").selectedOptions[0]?.label === ` + quote(name))
}

// TestTwoWorkspacesNeverMix works in two teams at once: each Apollo gets what was
// saved for it, also what was saved before switching, and nothing that is shown,
// typed or set in one is there in the other.
func TestTwoWorkspacesNeverMix(t *testing.T) {
	w := newWorld(t)
	other := newApollo(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#workspace").hidden`)
	w.apollo.SetFault(down)
	popup.saveNew("Of the first team")
	popup.fill("#name", "A draft of the first team")
	popup.kept("A draft of the first team")
	popup.close()

	w.addWorkspace("Second team", other)
	popup = site.click()
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#workspace").selectedOptions[0].label === "Second team"`)
	popup.until(`!document.querySelector(".entry")`)
	assert.NotEqual(t, "A draft of the first team", popup.value("#name"))
	popup.saveNew("Of the second team")
	popup.see(done, "Created “Of the second team”")
	popup.fill("#name", "A draft of the second team")
	popup.kept("A draft of the second team")

	popup.switchTo("Workspace 1")
	popup.see(".entry", "Create “Of the first team”")
	popup.until(`document.querySelectorAll(".entry").length === 1`)
	popup.until(`document.querySelector("#name").value === "A draft of the first team"`)
	popup.until(kept + `.then((all) => "shown/www.acme.test" in all)`)
	popup.switchTo("Second team")
	popup.until(`document.querySelector("#name").value === "A draft of the second team"`)

	// What is painted before the core is there is of one workspace as well.
	popup.until(kept + `.then((all) => Object.keys(all).filter((key) => /^(@[^/]+\/)?shown\/www\.acme\.test$/.test(key)).length === 2)`)

	// The second team is the current one: what waits is still the first one's.
	w.apollo.ClearFaults()
	popup.drain()
	w.eventually("the first team's entry is sent", func() bool { popup.drain(); return len(w.writes("opportunity.create")) == 1 })
	require.Len(t, other.writes("opportunity.create"), 1)
	assert.Equal(t, "Of the first team", w.writes("opportunity.create")[0].Request["name"])
	assert.Equal(t, "Of the second team", other.writes("opportunity.create")[0].Request["name"])
}

// TestAPageStaysWithItsWorkspace saves in a page after another one has switched.
func TestAPageStaysWithItsWorkspace(t *testing.T) {
	w := newWorld(t)
	other := newApollo(t)
	before := w.page("options.html")
	before.see("#workspace-current", "Workspace 1")
	w.addWorkspace("Second team", other)
	before.fill("#key", "another-key-1234")
	before.clickOn("#save")
	before.see("#key-stored", "It ends in …1234")
	before.close()

	options := w.page("options.html")
	options.see("#workspace-current", "Second team")
	options.see("#key-stored", "It ends in …ests")
}

func TestAWorkspaceWithUnsentEntriesIsNotRemovedUnasked(t *testing.T) {
	w := newWorld(t)
	other := newApollo(t)
	w.addWorkspace("Second team", other)
	site := w.open(acme)
	other.apollo.SetFault(down)
	popup := site.click()
	popup.until(`document.querySelector("#form").dataset.form`)
	popup.fill("#name", "Not sent yet")
	popup.press("Enter")
	popup.see(".entry", "Create “Not sent yet”")
	popup.close()

	options := w.page("options.html")
	second := `#workspaces-list li[aria-current]`
	options.see(second, "1 not sent yet")
	options.clickOn(second + ` button`)
	options.see(".asking", "1 entry of “Second team” is not sent to Apollo yet")
	options.clickOn(".asking button:last-child") // keep
	options.see(second, "1 not sent yet")
	var refusal string
	options.read(`dealmark.readWorkspaces('{"version":1}').then((text) => dealmark.removeWorkspace(JSON.stringify({ version: 1, id: JSON.parse(text).current }))).catch((error) => error.message)`, &refusal)
	assert.Contains(t, refusal, "Not removed: what was saved in “Second team” is not sent yet (1)")

	options.clickOn(second + ` button`)
	options.clickOn(".asking button")
	options.see("#workspace-current", "Workspace 1")
	var left []string
	for _, area := range []string{"settings", "drafts", "index", "outbox"} {
		options.read(inArea(area, `store.getAllKeys()`), &left)
		for _, key := range left {
			assert.NotContains(t, key, "@", area)
		}
	}
	options.read(`chrome.storage.local.get(null).then((all) => Object.keys(all))`, &left)
	for _, key := range left {
		assert.NotContains(t, key, "@")
	}
}

// TestTheVersionBeforeBecomesTheFirstWorkspace puts into the browser what a version
// without workspaces stored, in its own form.
func TestTheVersionBeforeBecomesTheFirstWorkspace(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	text := func(text string) string {
		return `Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString([]byte(text)) + `"), (c) => c.charCodeAt(0))`
	}
	popup.store("settings", "settings", text(`{"key":"`+key+`","base":"`+w.apollo.Base()+`","rep":"65f000020000000000000002"}`))
	popup.store("outbox", "entry/before", text(`{"schema":1,"id":"before","state":"queued","revision":3,"saved":1791968400000,"changed":1791968400000,`+
		`"create":{"values":{"name":"Saved by the version before","account":"65f000050000000000000001"}}}`))
	popup.eval(`(localStorage.setItem("typed acme.test ", JSON.stringify({ name: "Typed in the version before" })), 1)`)
	popup.close()

	other := newApollo(t)
	w.addWorkspace("Second team", other)
	popup = site.click()
	popup.known("Acme Corporation")
	assert.NotEqual(t, "Typed in the version before", popup.value("#name"))
	popup.switchTo("Workspace 1")
	popup.until(`document.querySelector("#name").value === "Typed in the version before"`)
	popup.see(`.entry[data-entry="before"]`, "Saved by the version before")
	options := w.page("options.html")
	options.see("#workspace-current", "Workspace 1")
	options.see("#key-stored", "It ends in …ests")
	assert.Equal(t, w.apollo.Base(), options.value("#base"))
	assert.Empty(t, other.writes("opportunity.create"))
}

// TestALostListOfWorkspacesLosesNoEntry clears the database: what was saved in the
// second workspace is in its copy only, and found there.
func TestALostListOfWorkspacesLosesNoEntry(t *testing.T) {
	w := newWorld(t)
	other := newApollo(t)
	w.addWorkspace("Second team", other)
	other.apollo.SetFault(down)
	site := w.open(acme)
	popup := site.click()
	popup.until(`document.querySelector("#form").dataset.form`)
	popup.fill("#name", "Kept in the copy")
	popup.press("Enter")
	popup.see(".entry", "Create “Kept in the copy”")
	popup.close()
	options := w.page("options.html")
	options.until(`chrome.storage.local.get(null).then((all) => Object.keys(all).some((key) => key.startsWith("mirror/@")))`)
	require.NoError(t, w.StopWorker(w.ctx))
	for _, area := range []string{"settings", "outbox"} {
		options.eval(inArea(area, `store.clear()`))
	}
	options.close()
	options = w.page("options.html")
	options.see("#workspace-current", "Workspace 1")
	options.drain()
	options.close()
	options = w.page("options.html")
	options.until(`document.querySelectorAll("#workspaces-list li").length === 2`)
	options.see("#workspaces-list", "1 not sent yet")
}
