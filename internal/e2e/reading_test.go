//go:build !js

package e2e_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// What hinders the reading is said once, with a way on, and the form stays
// usable.

func TestWithoutAKey(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.clickOn("#remove")
	options.see("#key-stored", "No key is stored")
	options.close()

	popup := w.popup(acme)
	popup.see("#notice", "Dealmark needs your team's Apollo API key.")
	popup.see("#notice-action", "Add the API key")
	popup.fill("#name", "Saved without a key")
	popup.press("Enter")
	popup.see(`.entry[data-state="blocked"]`, "Create “Saved without a key”")
	assert.Empty(t, w.apollo.Requests())

	popup.clickOn("#notice-action")
	opened, err := w.FindPage(w.ctx, w.ExtensionURL("options.html"))
	require.NoError(t, err)
	again := w.watch(opened)
	again.see("#key-stored", "No key is stored")
	again.fill("#key", key)
	again.clickOn("#save")
	again.see("#say", "Saved.")
	w.eventually("what waited for the key is sent", func() bool { return len(w.writes("opportunity.create")) == 1 })
}

func TestAWrongKey(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Keys[0].Secret = "another-key-than-the-rep-has" })
	popup := w.popup(acme)
	popup.see("#notice", "Apollo does not accept the API key.")
	popup.see("#notice-action", "Open the settings")
	popup.see("#company-name", "Acme Corporation")
	popup.fill("#name", "Kept for a better key")
	popup.press("Enter")
	popup.see(`.entry[data-state="blocked"]`, "Apollo does not accept the API key.")
	assert.Zero(t, w.requests("opportunity.create"))
}

func TestAKeyWithoutARight(t *testing.T) {
	t.Run("to read accounts", func(t *testing.T) {
		w := newWorld(t, scoped("api/v1/accounts/search"))
		popup := w.popup(acme)
		popup.see("#notice", `The API key lacks the right “api/v1/accounts/search”.`)
		popup.see("#notice-action", "Open the settings")
	})
	t.Run("to create opportunities", func(t *testing.T) {
		w := newWorld(t, scoped("deals/api/v1/opportunities/create"))
		popup := w.popup(acme)
		popup.known("Acme Corporation")
		popup.fill("#name", "Not allowed yet")
		popup.press("Enter")
		popup.see(`.entry[data-state="blocked"]`, `The API key lacks the right “deals/api/v1/opportunities/create”.`)
		popup.see(`.entry[data-state="blocked"]`, "Open the settings")
		popup.see(`.entry[data-state="blocked"]`, "Try now")
	})
}

// scoped gives the key every right but one.
func scoped(without string) func(*sandbox.Options) {
	return func(o *sandbox.Options) {
		o.Keys[0].Scopes = nil
		for _, scope := range sandbox.Scopes() {
			if scope != without {
				o.Keys[0].Scopes = append(o.Keys[0].Scopes, scope)
			}
		}
	}
}

func TestRateLimited(t *testing.T) {
	w := newWorld(t)
	w.apollo.SetFault(sandbox.Fault{Endpoint: "account.search", Kind: sandbox.FaultRateLimit, RetryAfter: 120})
	popup := w.popup(acme)
	popup.see("#notice", "The team has used up Apollo's requests")
	popup.see("#notice", "It goes on in 2 minutes")
	popup.see("#notice-action", "Try again")
	popup.fill("#name", "While limited")
	popup.press("Enter")
	popup.see(done, "Created “While limited”")
}

func TestApolloIsDown(t *testing.T) {
	w := newWorld(t)
	w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusServiceUnavailable})
	popup := w.popup(acme)
	popup.see("#notice", "Apollo answered with a fault (503)")
	popup.see("#notice", "what you save is kept and sent later")
	popup.fill("#name", "While down")
	popup.press("Enter")
	popup.see(`.entry[data-state="queued"]`, "Saved on this computer")
	assert.Empty(t, w.writes("opportunity.create"))

	w.apollo.ClearFaults()
	popup.clickOn("#notice-action")
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#notice").hidden`)
	popup.see(done, "Created “While down”") // by the worker's alarm, or by its next try
	assert.Len(t, w.writes("opportunity.create"), 1)
}
