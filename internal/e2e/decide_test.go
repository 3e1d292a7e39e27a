//go:build !js

package e2e_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Of what somebody else changed meanwhile the rep takes the one field and keeps
// the other, by the keyboard.
func TestChoosingFieldByField(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.change("Acme training days")
	popup.fill("#amount", "7000")
	popup.fill("#close_date", "2031-06-30")
	w.change("Acme training days", `{"amount":"6500","closed_date":"2031-07-31"}`)
	popup.press("Control+Enter")
	popup.see(entry("asking"), "Somebody changed this opportunity since you saw it.")
	radio := func(field, decision string) string {
		return entry("asking") + ` [data-field="` + field + `"][value="` + decision + `"]`
	}
	checked := func(field, decision string) string {
		return `document.querySelector('` + radio(field, decision) + `').checked`
	}

	w.run("the rep's own stands chosen, and all of it is in sight", func(t *testing.T) {
		popup.until(checked("amount", "ours") + " && " + checked("close_date", "ours"))
		var hidden, scrolls bool
		popup.read(`(() => { const e = document.querySelector(".events"); return e.scrollHeight > e.clientHeight; })()`, &hidden)
		assert.False(t, hidden, "a part of the question is out of sight")
		popup.read(`document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`, &scrolls)
		assert.False(t, scrolls)
	})
	if os.Getenv("PICTURES") != "" {
		require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/conflict-fields.png"))
	}
	w.run("the arrows choose", func(t *testing.T) {
		popup.eval(`document.querySelector('` + radio("close_date", "ours") + `').focus()`)
		popup.press("ArrowLeft")
		popup.until(checked("close_date", "theirs") + " && " + checked("amount", "ours"))
	})
	w.run("what is chosen outlives what is shown anew", func(t *testing.T) {
		popup.eval(`dealmark.refresh('{"version":1}')`)
		popup.until(checked("close_date", "theirs") + " && " + checked("amount", "ours"))
	})
	w.run("only the field that is mine is written", func(t *testing.T) {
		assert.Len(t, w.writes("opportunity.update"), 1, "the colleague's")
		popup.clickOn(entry("asking") + ` [data-action="decide"]`)
		popup.see(done, "Changed “Acme training days”")
		updated := w.writes("opportunity.update")
		require.Len(t, updated, 2)
		assert.Equal(t, map[string]any{"amount": "7000"}, updated[1].Request)
	})
}
