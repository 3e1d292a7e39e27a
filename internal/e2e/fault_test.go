//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What the rep typed outlives the core. The faults come from outside: an element
// is broken under the core's hands.
func TestAFaultOfTheCoreKeepsWhatWasTyped(t *testing.T) {
	for name, breaking := range map[string]string{
		"an exported function panics": `document.querySelector("#amount").removeAttribute = () => { throw new Error("broken on purpose") }`,
		"the program ends":            `Object.defineProperty(document.querySelector("#amount-understood"), "textContent", { set() { throw new Error("broken on purpose") } })`,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			popup := w.popup(acme)
			popup.known("Acme Corporation")
			popup.expects = "broken on purpose"
			popup.fill("#name", "Typed before the fault")
			popup.eval(`(() => { ` + breaking + ` })()`)
			popup.fill("#amount", "33k")
			popup.see("#stopped", "Dealmark")
			popup.see("#stopped", "fault of its own")
			popup.see("#stopped", "What you typed is kept; reload to go on.")
			popup.fill("#close_date", "2031-01-31")

			popup.clickOn(`[data-action="reload"]`)
			popup.until(`document.querySelector("#stopped").hidden`)
			popup.known("Acme Corporation")
			assert.Equal(t, "Typed before the fault", popup.value("#name"))
			assert.Equal(t, "33k", popup.value("#amount"))
			assert.Equal(t, "2031-01-31", popup.value("#close_date"))
			popup.press("Control+Enter")
			popup.see(done, "Created “Typed before the fault”")
			assert.Equal(t, "33000", w.writes("opportunity.create")[0].Request["amount"])
		})
	}
}
