//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/firefox"
	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// foxWorld is a Firefox with a key, and the Apollo that it reaches.
type foxWorld struct {
	*world
	browser *firefox.Browser
}

func newFoxWorld(t *testing.T, o firefox.Options) *foxWorld {
	t.Helper()
	w := &foxWorld{newApollo(t), newFirefox(t, o)}
	options := w.open(t, w.browser.ExtensionURL("options.html"))
	options.until(`document.querySelector("#key-stored").textContent`)
	options.set("#key", key)
	options.set("#base", w.apollo.Base())
	options.click("#test")
	options.until(`document.querySelector("#checks li")`)
	require.NoError(t, options.Close(t.Context()))
	return w
}

func (w *foxWorld) open(t *testing.T, url string) fox {
	t.Helper()
	page, err := w.browser.Open(t.Context(), url)
	require.NoError(t, err)
	return fox{page, t}
}

// popup opens the popup at a company with opportunities.
func (w *foxWorld) popup(t *testing.T) fox {
	t.Helper()
	page, err := w.browser.ClickIcon(t.Context())
	require.NoError(t, err)
	popup := fox{page, t}
	popup.see("#company-name", "Acme Corporation")
	popup.until(`document.querySelector("#form").dataset.form && document.querySelector("#owner").value && document.querySelector("#rows li")`)
	return popup
}

// TestOtherJobsInFirefox does what the Chromium tests of the same jobs do, each in
// short.
func TestOtherJobsInFirefox(t *testing.T) {
	w := newFoxWorld(t, firefox.Options{})
	w.open(t, acme)
	creates := func() int { return len(w.writes("opportunity.create")) }
	run := func(name string, part func(t *testing.T, popup fox)) {
		ok := t.Run(name, func(t *testing.T) {
			popup := w.popup(t)
			part(t, popup)
			require.NoError(t, popup.Close(t.Context()))
		})
		require.True(t, ok)
	}
	run("without a network it waits, may be taken back, and is sent", func(t *testing.T, popup fox) {
		require.NoError(t, w.browser.SetOffline(t.Context(), true))
		popup.set("#name", "Saved without a network")
		popup.click("#submit")
		popup.see(entry("queued"), "Create “Saved without a network”")
		popup.see(entry("queued"), "network")
		popup.click(entry("queued") + ` [data-action="discard"]`)
		popup.see(entry("discarded"), "Saved without a network")
		popup.click(entry("discarded") + ` [data-action="restore"]`)
		popup.see(entry("queued"), "Create “Saved without a network”")
		assert.Zero(t, creates())
		require.NoError(t, w.browser.SetOffline(t.Context(), false))
		popup.click(entry("queued") + ` [data-action="retry"]`)
		popup.see(done, "Created “Saved without a network”")
		assert.Equal(t, 1, creates())
	})
	run("the stages are a strip", func(t *testing.T, popup fox) {
		popup.until(`document.querySelectorAll("#stage-strip span").length === 6`)
		popup.click(`#stage-strip span:nth-child(4)`)
		popup.until(`document.querySelector("#stage-strip [data-at=here]").title === "Negotiate"`)
		var stage string
		require.NoError(t, popup.Eval(t.Context(), `document.querySelector("#stage").value`, &stage))
		popup.set("#name", "At its stage")
		popup.click("#submit")
		popup.see(done, "Created “At its stage”")
		created := w.writes("opportunity.create")
		assert.Equal(t, stage, created[len(created)-1].Request["opportunity_stage_id"])
	})
	run("one line fills the form", func(t *testing.T, popup fox) {
		popup.set("#name", "Acme pilot 25k propose end of Q3 @jonas")
		popup.see("#line", "$25,000 · Propose")
		popup.click("#line")
		popup.until(`document.querySelector("#name").value === "Acme pilot"`)
		popup.click("#submit")
		popup.see(done, "Created “Acme pilot”")
		created := w.writes("opportunity.create")
		assert.Equal(t, "25000", created[len(created)-1].Request["amount"])
		popup.see(row("Acme pilot"), "Jonas Keller")
	})
	run("what is there already is changed instead", func(t *testing.T, popup fox) {
		before := creates()
		popup.set("#name", "Training days")
		popup.see("#similar", "Already open: “Acme training days”")
		popup.set("#amount", "7k")
		popup.click("#instead")
		popup.see("#form-heading", "Change “Acme training days”")
		popup.until(`document.querySelector("#amount").value === "7k"`)
		popup.click("#submit")
		popup.see(done, "Changed “Acme training days”")
		updated := w.writes("opportunity.update")
		require.Len(t, updated, 1)
		assert.Equal(t, map[string]any{"amount": "7000"}, updated[0].Request)
		assert.Equal(t, before, creates())
	})
	run("a conflict is chosen field by field", func(t *testing.T, popup fox) {
		popup.click(row("Acme training days"))
		popup.see("#form-heading", "Change “Acme training days”")
		popup.set("#amount", "7500")
		popup.set("#close_date", "2031-06-30")
		w.change("Acme training days", `{"amount":"6500","closed_date":"2031-07-31"}`)
		popup.click("#submit")
		popup.see(entry("asking"), "Somebody changed this opportunity since you saw it.")
		popup.click(entry("asking") + ` [data-field="close_date"][value="theirs"]`)
		popup.click(entry("asking") + ` [data-action="decide"]`)
		popup.until(`!document.querySelector('` + entry("asking") + `')`)
		popup.see(row("Acme training days"), "$7,500")
		updated := w.writes("opportunity.update")
		assert.Equal(t, map[string]any{"amount": "7500"}, updated[len(updated)-1].Request)
	})
	t.Run("the pipeline's page is a table and a board", func(t *testing.T) {
		page := w.open(t, w.browser.ExtensionURL("pipeline.html"))
		page.click("#fill")
		page.until(`document.querySelector("#stage-chart svg") && !document.querySelector("#walk").textContent.includes("never")`)
		page.see("#table", "Acme rollout, phase 2")
		page.click("#as-board")
		page.until(`document.querySelector("#board") && document.querySelector("#board").checkVisibility() && document.querySelector("#board").textContent.includes("Acme rollout, phase 2")`)
		require.NoError(t, page.Close(t.Context()))
	})
}

// TestFirefoxFromRightToLeft is in Arabic, from the settings to what is saved.
func TestFirefoxFromRightToLeft(t *testing.T) {
	w := newFoxWorld(t, firefox.Options{Language: "ar"})
	welcome := w.open(t, w.browser.ExtensionURL(rig.Welcome))
	welcome.until(`document.documentElement.dir === "rtl" && document.documentElement.lang === "ar"`)
	w.open(t, acme)
	popup := w.popup(t)
	popup.until(`document.documentElement.lang === "ar" && document.defaultView.getComputedStyle(document.body).direction === "rtl"`)
	popup.set("#name", "من فايرفوكس")
	popup.set("#amount", "٢٥٠٠٠")
	popup.until(`document.querySelector("#amount-understood").textContent !== ""`)
	popup.click("#submit")
	popup.see(done, "من فايرفوكس")
	require.Len(t, w.writes("opportunity.create"), 1)
	assert.Equal(t, "25000", w.writes("opportunity.create")[0].Request["amount"])
	popup.until(`document.documentElement.scrollWidth <= document.defaultView.innerWidth`)
}

// TestTheEventPageNeverStarts has Firefox's place for the worker fail before it
// listens.
func TestTheEventPageNeverStarts(t *testing.T) {
	w := newFoxWorld(t, firefox.Options{ExtensionDir: copyOf(t, rig.FirefoxDir, map[string]func(string) string{
		"worker.js": func(text string) string { return "throw new Error('broken on purpose');\n" + text },
	})})
	w.open(t, acme)
	popup := w.popup(t)
	popup.set("#name", "Saved without an event page")
	popup.click("#submit")
	popup.see(entry("queued"), "Saved without an event page")
	popup.see("#unsent-text", "the browser does not start Dealmark's background program")
	popup.until(`document.querySelector("#unsent").checkVisibility()`)
	assert.Empty(t, w.writes("opportunity.create"))
}
