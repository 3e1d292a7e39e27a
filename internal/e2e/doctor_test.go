//go:build !js

package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// needed are the rights that the options page lists.
func needed(but ...string) func(*sandbox.Options) {
	return func(o *sandbox.Options) {
		o.Keys = []sandbox.Key{{Secret: key}}
		for _, right := range []string{
			"deals/api/v1/opportunities/search", "deals/api/v1/opportunities/show", "deals/api/v1/opportunities/create",
			"deals/api/v1/opportunities/update", "deals/api/v1/opportunity_stages/index", "api/v1/accounts/search",
			"api/v1/accounts/bulk_create", "api/v1/users/search", "api/v1/contacts/search",
		} {
			missing := false
			for _, b := range but {
				missing = missing || b == right
			}
			if !missing {
				o.Keys[0].Scopes = append(o.Keys[0].Scopes, right)
			}
		}
	}
}

func TestTheKeyDoctorWritesToTheAdmin(t *testing.T) {
	w := newWorld(t, needed("deals/api/v1/opportunities/create", "api/v1/users/search"))
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.clickOn("#test")
	options.see("#say", "Something is missing: see below.")
	for _, right := range []string{"deals/api/v1/opportunities/create", "api/v1/users/search"} {
		options.until(`[...document.querySelectorAll("#checks [data-ok=false]")].some((row) => row.textContent.includes("missing") && row.textContent.includes(` + quote(right) + `))`)
	}
	var ticked int
	options.read(`document.querySelectorAll("#checks [data-ok=true]").length`, &ticked)
	assert.Equal(t, 11, ticked)
	options.until(`document.querySelector("#master").hidden`)
	options.clickOn("#letter-copy")
	options.see("#letter-say", "opied")
	letter := options.text("#letter-text")
	assert.Equal(t, 2, strings.Count(letter, "\n- "))
	assert.Contains(t, letter, "- deals/api/v1/opportunities/create")
	assert.Contains(t, letter, "- api/v1/users/search")
	assert.NotContains(t, letter, key)
	for _, entry := range w.apollo.Log() {
		assert.False(t, entry.Stored, entry.Operation)
	}
}

func TestTheKeyDoctorKnowsWhatContactsNeed(t *testing.T) {
	w := newWorld(t, needed("api/v1/contacts/search"))
	options := w.page("options.html")
	options.clickOn("#test")
	options.see("#say", "All of it works but contacts: see below.")
	options.until(`[...document.querySelectorAll("#checks [data-ok=false]")].every((row) => /missing.*api\/v1\/contacts\/search.*Only contacts need it/s.test(row.textContent))`)
	options.until(`[...document.querySelectorAll("#checks [data-ok=true]")].filter((row) => row.textContent.includes("Only contacts need it.")).length === 2`)
	options.picture("doctor-contacts")
	letter := options.text("#letter-text")
	assert.Equal(t, 1, strings.Count(letter, "\n- "))
	assert.Contains(t, letter, "Only contacts need it.")
}

func TestTheKeyDoctorKnowsAMasterKey(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.clickOn("#test")
	options.see("#say", "All of it works.")
	options.visible("#master")
	options.see("#master", "master key")
	options.until(`document.querySelector("#letter").hidden`)
}

func TestWhatLeftThisBrowserAndWhatIsLeft(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#sent-state", "Nothing left this browser yet.")
	options.see("#budget-state", "Not known yet")
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.saveNew("Canary rollout")
	popup.see(done, "Created “Canary rollout”")
	popup.close()

	options = w.page("options.html")
	options.see("#sent-state", "requests with")
	options.see("#budget-state", "Requests left of this hour: ")
	options.clickOn("#sent-all summary")
	options.see("#sent-table", "POST /opportunities")
	options.see("#sent-table", "GET /opportunity_stages")
	var sent struct {
		Requests []map[string]any `json:"requests"`
	}
	var text string
	options.read(`dealmark.readJournal('{"version":1}')`, &text)
	require.NoError(t, json.Unmarshal([]byte(text), &sent))
	assert.Equal(t, len(w.apollo.Requests()), len(sent.Requests), "each request that Apollo saw, and no other")
	for _, r := range sent.Requests {
		assert.Equal(t, "200", r["outcome"])
		assert.NotContains(t, r["route"], "65f0")
	}
	var kept string
	options.read(inArea("journal", `store.getAll()`)+`.then((all) => all.map((bytes) => new TextDecoder().decode(bytes)).join("\n"))`, &kept)
	assert.NotEmpty(t, kept)
	for _, canary := range []string{"Canary", "Acme", "acme", key, "65f0"} {
		assert.NotContains(t, kept, canary)
	}

	options.clickOn("#sent-export")
	options.see("#sent-say", "Exported.")
	options.clickOn("#sent-clear")
	options.see("#sent-state", "Nothing left this browser yet.")
	options.see("#budget-state", "Not known yet")
}

// TestThePictureOfTheSettings leaves a picture of the whole page.
func TestThePictureOfTheSettings(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("leaves pictures only: set PICTURES=1")
	}
	w := newWorld(t, needed("deals/api/v1/opportunities/update"))
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.close()
	options := w.page("options.html")
	options.clickOn("#test")
	options.visible("#letter")
	options.clickOn("#sent-all summary")
	for _, part := range []string{"connection", "rights", "letter", "budget", "sent", "saved"} {
		options.eval(`(document.querySelector("#` + part + `").scrollIntoView(), new Promise((done) => setTimeout(done, 200)))`)
		require.NoError(t, options.Screenshot(w.ctx, filepath.Join("../../build/e2e", "settings-"+part+".png")))
	}
}
