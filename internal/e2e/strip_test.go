//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The stages are a strip to click; the select behind it is what keys and the core
// know.
func TestStagesAsAStrip(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(`document.querySelectorAll("#stage-strip span").length === 6`)
	popup.see(`#stage-strip [data-at=here]`, "Qualify")

	popup.clickOn(`#stage-strip span:nth-child(4)`)
	popup.until(`document.querySelector("#stage-strip [data-at=here]").title === "Negotiate"`)
	popup.until(`document.activeElement.id === "stage"`)
	popup.press("ArrowUp")
	popup.until(`document.querySelector("#stage-strip [data-at=here]").title === "Propose"`)
	stage := popup.value("#stage")
	popup.clickOn("#submit")
	popup.see(done, "Created")
	created := w.writes("opportunity.create")
	require.Len(t, created, 1)
	assert.Equal(t, stage, created[0].Request["opportunity_stage_id"])
	popup.until(`document.querySelector("#stage-strip [data-at=here]").title === "Qualify"`) // a new form
}
