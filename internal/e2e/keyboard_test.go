//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Nothing is clicked but the icon, for which the browser has a shortcut that the
// driver cannot press.
func TestKeyboardOnly(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")

	w.run("the cursor stands in the name and typing replaces the default", func(t *testing.T) {
		popup.keys("Anvils")
		assert.Equal(t, "Anvils", popup.value("#name"))
	})
	w.run("Tab walks through the fields and Enter saves", func(t *testing.T) {
		popup.press("Tab")
		popup.keys("1.5k")
		popup.press("Tab", "Control+a")
		popup.keys("2031-06-30")
		popup.press("Tab")
		popup.keys("Meet")
		popup.press("Tab")
		popup.keys("Jonas")
		popup.press("Tab", "Tab")
		popup.until(`document.activeElement.id === "submit"`)
		popup.until(`document.activeElement.matches(":focus-visible") && getComputedStyle(document.activeElement).outlineStyle !== "none"`)
		popup.press("Enter")
		popup.see(done, "Created “Anvils”")

		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		assert.Equal(t, "1500", created[0].Request["amount"])
		assert.Equal(t, "2031-06-30", created[0].Request["closed_date"])
		popup.see(row("Anvils"), "Meet & Present")
		popup.see(row("Anvils"), "Jonas Keller")
	})
	w.run("after that the cursor is in the name again, and a second Enter is not a second opportunity", func(t *testing.T) {
		popup.until(`document.activeElement.id === "name"`)
		popup.press("Enter", "Enter")
	})
	w.run("the arrows walk through the list and Enter opens a row", func(t *testing.T) {
		popup.press("Shift+Tab") // the last row
		popup.until(`document.activeElement.matches(".row")`)
		popup.press("ArrowUp", "ArrowUp")
		var name string
		popup.read(`document.activeElement.querySelector(".row-name").textContent`, &name)
		popup.press("Enter")
		popup.see("#form-heading", "Change “"+name+"”")
		popup.until(`document.activeElement.id === "name"`)
		popup.press("End")
		popup.keys(", again")
		popup.press("Control+Enter")
		popup.see(done, "Changed “"+name+"”")
		updated := w.writes("opportunity.update")
		require.Len(t, updated, 1)
		assert.Equal(t, map[string]any{"name": name + ", again"}, updated[0].Request)
	})
	assert.Len(t, w.writes("opportunity.create"), 1)
}
