//go:build !js

package e2e_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A whole opportunity by the keyboard: one line, one key that takes it, Enter.
func TestOneLine(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")

	w.run("what the name says of other fields is offered, and nothing happens by itself", func(t *testing.T) {
		popup.keys("Acme rollout 25k propose end of Q3 @jonas")
		popup.see("#line", "$25,000 · Propose")
		popup.see("#line", "Jonas Keller")
		assert.Equal(t, "Acme rollout 25k propose end of Q3 @jonas", popup.value("#name"))
		assert.Empty(t, popup.value("#amount"))
	})
	if os.Getenv("PICTURES") != "" {
		require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/line.png"))
	}
	w.run("Down fills it in, and the cursor stays", func(t *testing.T) {
		popup.press("ArrowDown")
		popup.until(`document.querySelector("#name").value === "Acme rollout"`)
		popup.see("#amount-understood", "$25,000")
		popup.see("#line", "25k propose end of Q3 @jonas")
		popup.until(`document.activeElement.id === "name"`)
	})
	w.run("Up puts it back", func(t *testing.T) {
		popup.press("ArrowUp")
		popup.until(`document.querySelector("#name").value === "Acme rollout 25k propose end of Q3 @jonas"`)
		assert.Empty(t, popup.value("#amount"))
		popup.press("ArrowDown")
		popup.until(`document.querySelector("#name").value === "Acme rollout"`)
	})
	w.run("Enter creates it", func(t *testing.T) {
		popup.press("Enter")
		popup.see(done, "Created “Acme rollout”")
		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		assert.Equal(t, "Acme rollout", created[0].Request["name"])
		assert.Equal(t, "25000", created[0].Request["amount"])
		popup.see(row("Acme rollout"), "Propose")
		popup.see(row("Acme rollout"), "Jonas Keller")
		popup.see(row("Acme rollout"), "09/30/")
	})
	w.run("a name that only looks like it is kept as it is", func(t *testing.T) {
		popup.until(`document.activeElement.id === "name"`)
		popup.keys("Renewal Q3")
		popup.see("#line", "9/30/")
		popup.press("Enter")
		popup.see(done, "Created “Renewal Q3”")
		popup.until(`document.activeElement.id === "name"`)
		popup.keys("5k run")
		popup.until(`document.querySelector("#line").hidden`)
	})
	w.run("a click does the same", func(t *testing.T) {
		popup.fill("#name", "Anvils 12,500 fri")
		popup.see("#line", "$12,500")
		popup.clickOn("#line")
		popup.until(`document.querySelector("#amount").value === "12,500" && document.activeElement.id === "name"`)
		var scrolls bool
		popup.read(`document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`, &scrolls)
		assert.False(t, scrolls)
	})
}
