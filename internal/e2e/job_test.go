//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const done = `.entry[data-state="done"]`

// row is the selector of an opportunity in the list, by its name.
func row(name string) string { return `.row:has([title=` + quote(name) + `])` }

func TestTheMainJob(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")

	w.run("the company's opportunities are listed, open ones first", func(t *testing.T) {
		var names []string
		popup.read(`[...document.querySelectorAll(".row-name")].map((e) => e.textContent)`, &names)
		assert.Equal(t, []string{"Acme rollout, phase 2", "Acme support renewal", "Acme training days", "Acme rollout, phase 1"}, names)
		popup.see(row("Acme rollout, phase 1"), "Won")
		popup.see(row("Acme support renewal"), "12,500.50")
		popup.see(row("Acme support renewal"), "Propose")
		popup.see(row("Acme support renewal"), "Jonas Keller")
	})
	w.run("the form is prefilled", func(t *testing.T) {
		assert.Equal(t, "Acme Corporation", popup.value("#name"))
		popup.until(`["stage", "owner", "account"].map((id) => document.getElementById(id).selectedOptions[0].label).join() === "Qualify,Dana Whitfield,Acme Corporation"`)
		assert.Regexp(t, `^\d{4}-(03-31|06-30|09-30|12-31)$`, popup.value("#close_date"), "the end of a quarter")
	})
	w.run("an opportunity is created as typed", func(t *testing.T) {
		popup.fill("#name", "Rocket skates")
		popup.fill("#amount", "25k")
		popup.fill("#close_date", "31.12.2031")
		popup.clickOn("#submit")
		popup.see(done, "Created “Rocket skates”")
		popup.see(row("Rocket skates"), "25,000")

		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		assert.Equal(t, map[string]any{
			"name": "Rocket skates", "amount": "25000", "closed_date": "2031-12-31",
			"opportunity_stage_id": popup.value("#stage"), "owner_id": popup.value("#owner"), "account_id": popup.value("#account"),
		}, created[0].Request)
	})
	w.run("it is viewed and updated, and only what changed is sent", func(t *testing.T) {
		popup.change("Rocket skates")
		assert.Equal(t, 1, w.requests("opportunity.view"))
		popup.fill("#amount", "26,000.50")
		popup.choose("#stage", "Propose")
		stage := popup.value("#stage")
		popup.clickOn("#submit")
		popup.see(done, "Changed “Rocket skates”")
		popup.see(row("Rocket skates"), "26,000.50")
		popup.see(row("Rocket skates"), "Propose")

		updated := w.writes("opportunity.update")
		require.Len(t, updated, 1)
		assert.Equal(t, w.writes("opportunity.create")[0].ID, updated[0].ID)
		assert.Equal(t, map[string]any{"amount": "26000.5", "opportunity_stage_id": stage}, updated[0].Request)
	})
}
