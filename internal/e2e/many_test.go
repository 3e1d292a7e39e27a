//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func TestManyOpportunities(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(1500) })
	popup := w.popup(acme)
	popup.eval(`(() => {
		globalThis.progress = [];
		const status = document.querySelector("#list-status");
		new MutationObserver(() => progress.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
	})()`)
	for _, o := range sandbox.DemoSeed().Opportunities[:4] { // Acme's, the oldest of them months ago
		popup.see("#rows", o.Name)
	}
	popup.until(`!document.querySelector("#list-status").textContent`)
	var progress []string
	popup.read(`progress`, &progress)
	t.Log(progress)
	t.Log(w.requests("opportunity.search"))
	assert.LessOrEqual(t, w.requests("opportunity.search"), 400*8/10)
}
