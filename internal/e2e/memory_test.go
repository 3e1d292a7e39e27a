//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

// TestMemoryStaysFlat opens the popup fifty times: neither the popup nor the
// worker is larger then than after twenty, when the programs have their room, heaps and WebAssembly memory
// together.
func TestMemoryStaysFlat(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	worker, err := w.Worker(w.ctx)
	require.NoError(t, err)
	defer worker.Detach() // it lives as long as somebody is attached
	measure := func(p *chromium.Page) int {
		size, err := p.Memory(w.ctx)
		require.NoError(t, err)
		return size
	}
	var early, late struct{ popup, worker int }
	for n := 1; n <= 50; n++ {
		popup, err := site.tab.ClickIcon(w.ctx)
		require.NoError(t, err)
		require.NoError(t, popup.WaitFor(w.ctx, `document.querySelector("#form").dataset.form && document.querySelector("#rows button")`))
		require.NoError(t, popup.Eval(w.ctx, `chrome.runtime.sendMessage({ type: "drain" }).then(() => 1)`, nil))
		switch n {
		case 20:
			early.popup, early.worker = measure(popup), measure(worker)
		case 50:
			late.popup, late.worker = measure(popup), measure(worker)
		}
		require.NoError(t, popup.Close(w.ctx))
	}
	t.Logf("bytes after 20 and 50 opens: popup %d and %d, worker %d and %d", early.popup, late.popup, early.worker, late.worker)
	const slack = 2 << 20
	assert.Less(t, late.popup, early.popup+slack)
	assert.Less(t, late.worker, early.worker+slack)
	assert.Greater(t, late.worker, 4<<20, "WebAssembly's memory is counted as well")
}
