//go:build !js

package e2e_test

import (
	"crypto/rand"
	randv2 "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const jonas = "65f000020000000000000002"

// team is a gateway between the extension and Apollo.
type team struct {
	w     *world
	reps  gateway.Reps
	token string
	seen  atomic.Int32 // requests
	lose  atomic.Int32 // answers to writes that get lost on their way back
}

// behindGateway gives the extension a token in place of the key.
func (w *world) behindGateway(clock func() time.Time) *team {
	w.t.Helper()
	db, err := sqlite.Open(filepath.Join(w.t.TempDir(), "gateway.db"))
	require.NoError(w.t, err)
	w.whole.Cleanup(func() { assert.NoError(w.whole, db.Close()) })
	require.NoError(w.t, gateway.Migrate(w.ctx, db))
	handler, err := gateway.New(gateway.Config{
		DB: db, Upstream: apollo.HTTP{}, Clock: clock, Rand: randv2.Uint64,
		Teams:      []gateway.Team{{ID: "acme", Key: key, Base: w.apollo.Base()}},
		Extensions: []string{w.ExtensionID()},
	})
	require.NoError(w.t, err)
	through := &team{w: w, reps: gateway.Reps{DB: db, Clock: clock, Random: rand.Reader}}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		through.seen.Add(1)
		if r.Method != http.MethodGet && r.Method != http.MethodOptions && through.lose.Add(-1) >= 0 {
			handler.ServeHTTP(httptest.NewRecorder(), r) // done, and nobody hears of it
			panic(http.ErrAbortHandler)
		}
		handler.ServeHTTP(out, r)
	}))
	server.Config.ErrorLog = nil
	w.whole.Cleanup(server.Close)
	token, err := through.reps.Add(w.ctx, gateway.Rep{Team: "acme", Name: "jonas", UserID: jonas, Scope: gateway.ScopeWrite})
	require.NoError(w.t, err)
	through.token = string(token)

	options := w.page("options.html")
	options.see("#key-stored", "A key is stored.")
	options.fill("#key", through.token)
	options.fill("#base", server.URL)
	options.clickOn("#test")
	options.see("#say", "All of it works.")
	options.see("#key-stored", "A token is stored.")
	options.see("#checks", "jonas")
	options.until(`document.querySelector("#tag").hidden`)
	options.close()
	return through
}

func TestThroughTheGateway(t *testing.T) {
	w := newWorld(t)
	gateway := w.behindGateway(time.Now)
	site := w.open(acme)
	seen := gateway.seen.Load()
	popup := site.click()
	popup.known("Acme Corporation")
	assert.LessOrEqual(t, gateway.seen.Load()-seen, int32(2), "what the team has with the company, and who the rep is")
	popup.see("#rows", "Acme rollout, phase 2")
	assert.Equal(t, jonas, popup.value("#owner"), "the token says who the rep is")

	w.run("create", func(t *testing.T) {
		popup.saveNew("By way of the gateway")
		popup.see(done, "Created “By way of the gateway”")
		require.Len(t, w.writes("opportunity.create"), 1)
		assert.Equal(t, jonas, w.writes("opportunity.create")[0].Request["owner_id"])
	})
	w.run("update", func(t *testing.T) {
		popup.change("Acme training days")
		popup.fill("#amount", "7500")
		popup.press("Enter")
		popup.see(done, "Changed “Acme training days”")
		require.Len(t, w.writes("opportunity.update"), 1)
		assert.Equal(t, map[string]any{"amount": "7500"}, w.writes("opportunity.update")[0].Request)
	})
	w.run("an answer that is lost", func(t *testing.T) {
		gateway.lose.Store(2)
		popup.saveNew("Heard of later")
		popup.until(`(async () => {
			for (const button of document.querySelectorAll(".entry [data-action=retry]")) button.click();
			return [...document.querySelectorAll(".entry[data-state=done] .entry-title")].some((e) => e.textContent.includes("Heard of later"));
		})()`)
		assert.Len(t, w.writes("opportunity.create"), 2)
		assert.Equal(t, 2, w.requests("opportunity.create"))
	})
	w.run("a company that Apollo does not have", func(t *testing.T) {
		fresh := w.popup("http://newcomer.test/")
		fresh.see("#company-status", "Not in Apollo yet.")
		fresh.saveNew("The first with them")
		fresh.see(done, "Created “The first with them”")
		assert.Len(t, w.writes("account.create"), 1)
		fresh.close()
	})
	w.run("the key stays where it is", func(t *testing.T) {
		for _, request := range w.apollo.Requests() {
			assert.NotContains(t, request.Path+request.Query, gateway.token)
		}
		again := w.popup(acme)
		again.known("Acme Corporation")
		var stored string
		again.read(`Promise.all([chrome.storage.local.get(null), `+inArea("settings", `store.getAll()`)+`]).then(([local, settings]) => JSON.stringify(local) + settings.map((s) => new TextDecoder().decode(s)))`, &stored)
		assert.NotContains(t, stored, key)
		assert.True(t, strings.Contains(stored, gateway.token))
		popup = again
	})
	w.run("a token that is taken back", func(t *testing.T) {
		require.NoError(t, gateway.reps.Revoke(w.ctx, "acme", "jonas"))
		popup.saveNew("After the end")
		popup.see(entry("blocked"), "token")
		assert.Len(t, w.writes("opportunity.create"), 3)
	})
}

// The team's custom fields and an account's contacts, as with a key of Apollo.
func TestMoreThroughTheGateway(t *testing.T) {
	w := newWorld(t)
	gateway := w.behindGateway(time.Now)
	options := w.page("options.html")
	options.clickOn("#fields-read")
	options.see("#fields-say", "Choose which of them the form has")
	options.see("#fields", "Contract end")
	options.choose(`select[aria-label^="Purchase order:"]`, "Shown")
	options.choose(`select[aria-label^="Lead source:"]`, "Shown")
	options.clickOn("#fields-save")
	options.see("#fields-say", "Saved. The form has Purchase order, Lead source.")
	options.close()
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.run("a new one", func(t *testing.T) {
		popup.clickOn("#people")
		popup.see("#people-list", "Wilhelmina Coyote")
		popup.see("#people-list", "CFO")
		popup.choose(`[aria-label="Rhoda Runner"]`, "Champion")
		popup.clickOn(`li:has([aria-label="Wilhelmina Coyote"]) [type=checkbox]`)
		popup.clickOn("#more")
		popup.fill(popup.customField("Purchase order"), "PO-1")
		popup.choose(popup.customField("Lead source"), "Referral")
		popup.fill("#name", "Anvils")
		popup.picture("gateway-more")
		gateway.lose.Store(2) // and sent again
		popup.press("Enter")
		popup.until(`(async () => {
			for (const button of document.querySelectorAll(".entry [data-action=retry]")) button.click();
			return [...document.querySelectorAll(".entry[data-state=done] .entry-title")].some((e) => e.textContent.includes("Anvils"));
		})()`)
		w.eventually("the contacts are attached", func() bool { return len(w.writes("opportunity.update_roles")) > 0 })
		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		assert.Len(t, created[0].Request["typed_custom_fields"], 2)
		set := w.writes("opportunity.update_roles")
		require.Len(t, set, 1)
		assert.Equal(t, created[0].ID, set[0].ID)
		roles := set[0].Request["roles"].([]any)
		require.Len(t, roles, 2)
		assert.Equal(t, true, roles[0].(map[string]any)["is_primary"], "who was chosen first")
		popup.until(`![...document.querySelectorAll(".entry")].some((e) => e.textContent.includes("not attached"))`)
	})
	w.run("a change of it", func(t *testing.T) {
		popup.clickOn(row("Anvils"))
		popup.until(`document.querySelector(` + quote(popup.customField("Purchase order")) + `).value === "PO-1"`)
		popup.clickOn("#people")
		popup.until(`document.querySelectorAll("#people-list :checked").length >= 2`)
		popup.until(`document.querySelector('[aria-label="Rhoda Runner"]').selectedOptions[0].label === "Champion"`)
		popup.clickOn(`li:has([aria-label="Wilhelmina Coyote"]) [type=checkbox]`)
		popup.clickOn("#more")
		popup.fill(popup.customField("Purchase order"), "PO-2")
		popup.clickOn("#submit")
		popup.see(done, "Changed “Anvils”")
		changed := w.writes("opportunity.update")
		require.Len(t, changed, 1)
		assert.Equal(t, []string{"typed_custom_fields"}, changed[0].Changed)
		assert.Len(t, changed[0].Request["typed_custom_fields"], 1)
		set := w.writes("opportunity.update_roles")
		require.Len(t, set, 2)
		assert.Len(t, set[1].Request["roles"], 1)
	})
	w.run("somebody else's change of one is asked about", func(t *testing.T) {
		popup.clickOn(row("Acme rollout, phase 2"))
		popup.until(`document.querySelector(` + quote(popup.customField("Purchase order")) + `).value === "PO-4711"`)
		popup.clickOn("#more")
		popup.fill(popup.customField("Purchase order"), "PO-mine")
		_, id, _ := strings.Cut(strings.TrimPrefix(popup.customField("Purchase order"), `[name="custom.`), ".")
		w.change("Acme rollout, phase 2", `{"typed_custom_fields":{"`+strings.TrimSuffix(id, `"]`)+`":"PO-theirs"}}`)
		popup.clickOn("#submit")
		popup.see(entry("asking"), "Somebody changed this opportunity since you saw it.")
		popup.see(entry("asking"), "PO-theirs")
	})
}

// TestTheGatewayCannotTell is an answer that gets lost between the gateway and an
// Apollo without the field for tags: the question reaches the rep, and so does
// their word the gateway.
func TestTheGatewayCannotTell(t *testing.T) {
	for name, c := range map[string]struct {
		committed bool
		action    string
	}{"it is there": {true, "settle"}, "it is not there": {false, "resend"}} {
		t.Run(name, func(t *testing.T) {
			clock := &later{}
			w := newWorld(t, clock.option)
			w.behindGateway(clock.now)
			popup := w.popup(acme)
			popup.known("Acme Corporation")
			w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, AfterCommit: c.committed, Times: 1})
			popup.saveNew("Perhaps")
			popup.see(".entry", "The next try is")
			w.settle(popup, clock)
			popup.see(entry("asking"), "Look there and say what you find.")
			assert.Equal(t, 1, w.requests("opportunity.create"))
			popup.clickOn(entry("asking") + ` [data-action="` + c.action + `"]`)
			popup.see(done, "Created “Perhaps”")
			assert.Len(t, w.writes("opportunity.create"), 1)
		})
	}
}
