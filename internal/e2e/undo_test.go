//go:build !js

package e2e_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAChangeIsUndone(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.change("Acme training days")
	popup.fill("#amount", "7000")
	popup.press("Enter")
	popup.see(done, "Changed “Acme training days”")
	popup.see(done, "Undo")
	if os.Getenv("PICTURES") != "" {
		require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/undo.png"))
	}
	popup.clickOn(done + ` [data-action="undo"]`)
	popup.see("#outbox", "Changed back “Acme training days”")
	updated := w.writes("opportunity.update")
	require.Len(t, updated, 2)
	assert.Equal(t, map[string]any{"amount": "6000"}, updated[1].Request)
	popup.see(row("Acme training days"), "6,000")
	popup.until(`!document.querySelector('[data-action="undo"]')`)
}

func TestADiscardedFormIsPutBack(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.fill("#name", "Anvils")
	popup.fill("#amount", "25k")
	popup.clickOn("#discard")
	popup.until(`document.querySelector("#name").value === "Acme Corporation" && document.activeElement.id === "name"`)
	popup.visible("#put-back")
	if os.Getenv("PICTURES") != "" {
		require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/discarded.png"))
	}
	popup.clickOn("#put-back")
	popup.until(`document.querySelector("#name").value === "Anvils" && document.querySelector("#amount").value === "25k"`)
	popup.press("Control+Enter")
	popup.see(done, "Created “Anvils”")
	require.Len(t, w.writes("opportunity.create"), 1)
	assert.Equal(t, "25000", w.writes("opportunity.create")[0].Request["amount"])
}
