//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// customField is the selector of a custom field in the popup, by its label.
func (p *page) customField(label string) string {
	p.w.t.Helper()
	var id string
	p.read(`[...document.querySelectorAll("#more-fields label, #more-fields legend")].find((l) => l.textContent.startsWith(`+quote(label)+`)).htmlFor`, &id)
	return `[name="` + id + `"]`
}

// The team's custom fields, from the settings to what Apollo stores.
func TestCustomFields(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	w.run("the settings list them", func(t *testing.T) {
		options.clickOn("#fields-read")
		options.see("#fields-say", "Choose which of them the form has")
		options.see("#fields", "Purchase order")
		options.choose(`select[aria-label^="Purchase order:"]`, "Shown")
		options.choose(`select[aria-label^="Lead source:"]`, "Required")
		options.choose(`select[aria-label^="Contract months:"]`, "Shown")
		options.choose(`select[aria-label^="Renewal:"]`, "Shown")
		options.clickOn(`#fields li:nth-child(3) summary`)
		options.fill(`[aria-label="Contract months, Propose"]`, "24")
		options.picture("custom-options")
		options.clickOn("#fields-save")
		options.see("#fields-say", "Saved. The form has Purchase order, Lead source, Contract months, Renewal.")
		options.close()
		options = w.page("options.html")
		options.until(`document.querySelector('select[aria-label^="Lead source:"]')?.value === "required"`)
		options.close()
	})
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.run("they are folded away, and nothing was asked for them", func(t *testing.T) {
		popup.see("#more", "More fields")
		popup.until(`document.querySelector("#more-fields").hidden && document.querySelector("#submit").getBoundingClientRect().bottom <= innerHeight`)
		assert.Equal(t, 1, w.requests("typed_custom_field.list"), "by the settings alone")
	})
	w.run("a required one is asked for when saving", func(t *testing.T) {
		popup.keys("Anvils")
		popup.press("Enter")
		popup.see("#more-fields .error", "Your team asks for this")
		popup.until(`document.activeElement.matches('#more-fields select[aria-required="true"]')`)
		popup.picture("custom-required")
		popup.until(`document.querySelector("#submit").getBoundingClientRect().bottom <= innerHeight`)
		popup.choose(popup.customField("Lead source"), "Referral")
		popup.fill(popup.customField("Purchase order"), "PO-99")
	})
	w.run("a stage brings its default, and all of it is kept", func(t *testing.T) {
		popup.choose("#stage", "Propose")
		popup.until(`document.querySelector(` + quote(popup.customField("Contract months")) + `).value === "24"`)
		popup.close()
		popup = w.popup(acme)
		popup.known("Acme Corporation")
		popup.clickOn("#more")
		popup.until(`document.querySelector(` + quote(popup.customField("Purchase order")) + `).value === "PO-99"`)
		popup.picture("custom-open")
		popup.clickOn("#submit")
		popup.see(done, "Created “Anvils”")
		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		var stored []any
		for _, value := range created[0].Request["typed_custom_fields"].(map[string]any) {
			stored = append(stored, value)
		}
		assert.Contains(t, stored, "PO-99")
		assert.Contains(t, stored, "24")
		assert.Len(t, stored, 3)
	})
	w.run("a change shows what Apollo has, and sends what was changed", func(t *testing.T) {
		popup.clickOn(row("Acme rollout, phase 2"))
		popup.until(`document.querySelector(` + quote(popup.customField("Purchase order")) + `).value === "PO-4711"`)
		popup.clickOn("#more")
		popup.picture("custom-change")
		popup.fill(popup.customField("Contract months"), "36")
		popup.clickOn("#submit")
		popup.see(done, "Changed “Acme rollout, phase 2”")
		changed := w.writes("opportunity.update")
		require.Len(t, changed, 1)
		assert.Equal(t, []string{"typed_custom_fields"}, changed[0].Changed)
		assert.Len(t, changed[0].Request["typed_custom_fields"], 1)
	})
}
