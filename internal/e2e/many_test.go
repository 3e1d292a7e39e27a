//go:build !js

package e2e_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// Apollo does not tell the opportunities of one account apart, so the worker
// reads the whole list, and shows how far it is.
func TestManyOpportunities(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(1500) })
	popup := w.popup(acme)
	popup.eval(`(() => {
		globalThis.progress = [];
		const status = document.querySelector("#list-status");
		new MutationObserver(() => progress.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
	})()`)
	for _, o := range sandbox.DemoSeed().Opportunities[:4] { // Acme's; the oldest is on one of the last pages
		popup.see("#rows", o.Name)
	}
	popup.until(`!document.querySelector("#list-status").textContent`)
	var progress []string
	popup.read(`progress`, &progress)
	assert.Contains(t, strings.Join(progress, "\n"), "Reading the team's opportunities: ")
	assert.LessOrEqual(t, w.requests("opportunity.search"), 17, "a page has 100")
}

func TestTheListLeavesAFifthOfTheRequestsToTheReps(t *testing.T) {
	const hour = 10
	w := newWorld(t, func(o *sandbox.Options) {
		o.Seed = o.Seed.WithOpportunities(1500)
		o.Limits = &sandbox.Limits{Hour: hour}
	})
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.eventually("the walk goes as far as it may", func() bool { return w.requests("opportunity.search") >= hour/2 })
	popup.eval(`chrome.runtime.sendMessage({ type: "fill" })`) // answers when the walk has stopped
	popup.eval(`chrome.runtime.sendMessage({ type: "fill" })`)
	assert.LessOrEqual(t, w.requests("opportunity.search"), hour*8/10)
	popup.see("#list-status", "issing")

	popup.saveNew("There is room for this")
	popup.see(done, "Created “There is room for this”")
	require.Len(t, w.writes("opportunity.create"), 1)
}
