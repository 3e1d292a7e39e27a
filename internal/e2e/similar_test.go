//go:build !js

package e2e_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An opportunity that is there already is seen before it is made twice, and
// changed instead.
func TestAlreadyThere(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	submit := func() (top float64) {
		popup.read(`document.querySelector("#submit").getBoundingClientRect().top`, &top)
		return top
	}
	before := submit()

	w.run("a warning that moves nothing", func(t *testing.T) {
		popup.fill("#name", "Training days")
		popup.see("#similar", "Already open: “Acme training days”")
		popup.visible("#instead")
		assert.Equal(t, before, submit(), "the button does not move under the pointer")
		if os.Getenv("PICTURES") != "" {
			require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/similar.png"))
		}
	})
	w.run("is changed instead, with what was typed", func(t *testing.T) {
		popup.fill("#amount", "7k")
		popup.clickOn("#instead")
		popup.see("#form-heading", "Change “Acme training days”")
		popup.until(`document.querySelector("#amount").value === "7k"`)
		popup.press("Control+Enter")
		popup.see(done, "Changed “Acme training days”")
		updated := w.writes("opportunity.update")
		require.Len(t, updated, 1)
		assert.Equal(t, map[string]any{"amount": "7000"}, updated[0].Request)
		assert.Empty(t, w.writes("opportunity.create"))
	})
	w.run("it is no hindrance", func(t *testing.T) {
		popup.fill("#name", "Anvils")
		popup.fill("#amount", "48,000")
		popup.see("#similar", "Same amount: “Acme rollout, phase 2”")
		popup.press("Enter")
		popup.see(done, "Created “Anvils”")
		assert.Len(t, w.writes("opportunity.create"), 1)
	})
}
