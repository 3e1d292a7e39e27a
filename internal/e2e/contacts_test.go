//go:build !js

package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/scene"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Contacts of the account, attached to a new opportunity by the worker.
func TestContacts(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.run("nothing is asked before the rep unfolds them", func(t *testing.T) {
		assert.Zero(t, w.requests("contact.search"))
		popup.clickOn("#people")
		popup.see("#people-list", "Wilhelmina Coyote")
		popup.see("#people-list", "CFO")
		assert.Equal(t, 1, w.requests("contact.search"))
		popup.until(`document.querySelector("#submit").getBoundingClientRect().bottom <= innerHeight`)
	})
	w.run("a role chosen is a contact chosen", func(t *testing.T) {
		popup.choose(`[aria-label="Rhoda Runner"]`, "Champion")
		popup.until(`document.querySelector('[aria-label="Rhoda Runner"]').closest("li").querySelector("[type=checkbox]").checked`)
		popup.clickOn(`li:has([aria-label="Wilhelmina Coyote"]) [type=checkbox]`)
		popup.picture("contacts-chosen")
		popup.fill("#name", "Anvils")
	})
	w.run("they survive the popup, and a lost answer", func(t *testing.T) {
		popup.close()
		w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.update_roles", Kind: sandbox.FaultReset})
		popup = w.popup(acme)
		popup.known("Acme Corporation")
		popup.press("Enter")
		popup.see(done, "Created “Anvils”")
		popup.see("#outbox", "Contacts not attached yet: “Anvils”")
		popup.picture("contacts-waiting")
		w.apollo.ClearFaults()
		popup.clickOn(`.entry[data-state="queued"] [data-action="retry"]`)
		require.Eventually(t, func() bool { return len(w.writes("opportunity.update_roles")) > 0 }, 10*time.Second, 20*time.Millisecond)
		popup.until(`![...document.querySelectorAll(".entry")].some((e) => e.textContent.includes("not attached"))`)
		set := w.writes("opportunity.update_roles")
		require.NotEmpty(t, set)
		roles := set[len(set)-1].Request["roles"].([]any)
		require.Len(t, roles, 2)
		assert.Equal(t, true, roles[0].(map[string]any)["is_primary"], "who was chosen first")
		assert.Len(t, w.writes("opportunity.create"), 1)
	})
	w.run("a change shows who is attached", func(t *testing.T) {
		popup.clickOn(row("Anvils"))
		popup.until(`document.querySelector("#form-heading").textContent.includes("Anvils")`)
		popup.clickOn("#people")
		popup.until(`document.querySelectorAll("#people-list :checked").length >= 2`)
		popup.until(`document.querySelector('[aria-label="Rhoda Runner"]').selectedOptions[0].label === "Champion"`)
		popup.picture("contacts-change")
	})
}

// Where an account has more contacts than Apollo lists at once, they are searched:
// once the rep pauses, not at every key.
func TestContactsSearched(t *testing.T) {
	w := newWorld(t, scene.ManyContacts)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.clickOn("#people")
	popup.visible("#people-search")
	popup.see("#people-status", "These may not be all")
	popup.clickOn("#people-search")
	popup.keys("runner")
	popup.see("#people-list", "Rhoda Runner")
	popup.until(`document.querySelectorAll("#people-list li").length === 1`)
	assert.Equal(t, 2, w.requests("contact.search"), "the first page, and one search")
	popup.clickOn("#people-list [type=checkbox]")
	popup.clickOn("#people-search")
	popup.fill("#people-search", "coyote")
	popup.press("Enter")
	popup.see("#people-list", "Wilhelmina Coyote")
	popup.see("#people-list", "Rhoda Runner")
	assert.Empty(t, w.writes("opportunity.create"), "Enter looks, and saves nothing")
	popup.picture("contacts-searched")
	popup.clickOn(`li:has([aria-label="Wilhelmina Coyote"]) [type=checkbox]`)
	popup.fill("#name", "Anvils")
	popup.press("Control+Enter")
	popup.see(done, "Created “Anvils”")
	require.Eventually(t, func() bool { return len(w.writes("opportunity.update_roles")) > 0 }, 10*time.Second, 20*time.Millisecond)
	assert.Len(t, w.writes("opportunity.update_roles")[0].Request["roles"], 2)
}
