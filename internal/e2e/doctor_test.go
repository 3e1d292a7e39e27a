//go:build !js

package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
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

// master gives the key everything.
func master(o *sandbox.Options) { o.Keys[0] = sandbox.Key{Secret: key, Master: true} }

func TestTheKeyDoctorKnowsAMasterKey(t *testing.T) {
	w := newWorld(t, master)
	options := w.page("options.html")
	options.clickOn("#test")
	options.see("#say", "All of it works.")
	options.visible("#master")
	options.see("#master", "master key")
	options.until(`document.querySelector("#letter").hidden`)
	options.until(`document.querySelector("#consent").hidden`) // it was agreed to
}

// Nothing of a master key is stored before the rep has agreed to it.
func TestAMasterKeyIsAgreedTo(t *testing.T) {
	w := newWorld(t, master)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.clickOn("#remove")
	options.see("#key-stored", "No key is stored.")
	options.fill("#key", key)
	options.clickOn("#save")
	options.see("#say.error", "Nothing is saved yet: this is a master key.")
	options.visible("#consent")
	options.until(`document.activeElement.id === "consent-given"`)
	options.picture("master-asked")
	options.see("#key-stored", "No key is stored.")
	stored := func() (text string) {
		options.read(`new Promise((done) => indexedDB.open("dealmark").onsuccess = ({ target: { result: db } }) => {
			const all = db.transaction("settings").objectStore("settings").getAll();
			all.onsuccess = () => done(all.result.map((v) => new TextDecoder().decode(v)).join());
		})`, &text)
		return text
	}
	require.NotEmpty(t, stored())
	assert.NotContains(t, stored(), key)
	w.run("another key is another question", func(t *testing.T) {
		options.clickOn("#consent-given")
		options.fill("#key", key)
		options.until(`document.querySelector("#consent").hidden && !document.querySelector("#consent-given").checked`)
		options.clickOn("#save")
		options.visible("#consent")
		assert.NotContains(t, stored(), key)
	})
	w.run("with the rep's word it is stored, and not asked about again", func(t *testing.T) {
		options.clickOn("#consent-given")
		options.clickOn("#save")
		options.see("#say", "Saved.")
		assert.Contains(t, stored(), key)
		options.until(`document.querySelector("#consent").hidden`)
		options.clickOn("#test")
		options.see("#say", "All of it works.")
		options.until(`document.querySelector("#consent").hidden`)
	})
	w.run("on the first page as well", func(t *testing.T) {
		options.clickOn("#remove")
		options.see("#key-stored", "No key is stored.")
		welcome := w.page(rig.Welcome)
		welcome.until(`!document.body.inert`)
		welcome.eval(`document.querySelector("#base").closest("details").open = true`)
		welcome.fill("#base", w.apollo.Base())
		welcome.fill("#key", key)
		welcome.press("Enter")
		welcome.see("#say.error", "this is a master key")
		assert.NotContains(t, stored(), key)
		welcome.clickOn("#consent-given")
		welcome.clickOn("#connect [type=submit]")
		welcome.see("#say", "Connected. All of it works.")
	})
	w.run("where Apollo does not answer soon it is asked later", func(t *testing.T) {
		options := w.page("options.html") // which knows what the other one has stored
		options.see("#key-stored", "A key is stored")
		options.clickOn("#remove")
		options.see("#key-stored", "No key is stored.")
		w.apollo.SetFault(sandbox.Fault{Endpoint: "usage.view", Kind: sandbox.FaultDelay, Delay: sandbox.Duration(time.Minute)})
		options.fill("#key", key)
		options.clickOn("#save")
		options.see("#say", "Saved.")
		w.apollo.ClearFaults()
		options.clickOn("#test")
		options.visible("#consent")
		options.clickOn("#consent-given")
		options.clickOn("#save")
		options.see("#say", "Saved.")
		options.until(`document.querySelector("#consent").hidden`)
	})
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
