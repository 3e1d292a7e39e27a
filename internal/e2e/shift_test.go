//go:build !js

package e2e_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// shifts are what the browser has seen move since the first paint, by its own
// measure of layout shifts, with what moved. It keeps them for whoever asks later.
const shifts = `new Promise((told) => {
	new PerformanceObserver((list) => told(list.getEntries().map((e) => e.value.toFixed(4) + " after " + Math.round(e.startTime) + " ms: " +
		e.sources.map(({ node, previousRect: a, currentRect: b }) => (node?.id ? "#" + node.id : node?.className || node?.nodeName) + " from " + [a.x, a.y, a.width, a.height] + " to " + [b.x, b.y, b.width, b.height]).join(", "))))
		.observe({ type: "layout-shift", buffered: true });
	setTimeout(told, 200, []);
})`

// Nothing moves once the popup is painted: not when the core comes, not when
// Apollo answers, not when an answer is bad.
func TestNothingMovesAfterTheFirstPaint(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	still := func(popup *page) {
		t.Helper()
		var seen []string
		popup.read(shifts, &seen)
		assert.Empty(t, seen)
		popup.close()
	}
	open := func() *page {
		t.Helper()
		popup := site.click()
		popup.known("Acme Corporation")
		return popup
	}
	w.run("the browser does measure it", func(*testing.T) {
		popup := open()
		popup.eval(`(() => { document.querySelector(".company").style.minHeight = "120px"; })()`)
		popup.until(shifts + `.then((seen) => seen.length > 0)`)
		popup.close()
	})
	w.reset()
	w.run("first", func(*testing.T) { still(open()) })
	w.run("again", func(*testing.T) { still(open()) })
	w.run("the worker stopped", func(t *testing.T) {
		require.NoError(t, w.StopWorker(w.ctx))
		still(open())
	})
	w.run("nothing known yet, and Apollo is down", func(*testing.T) {
		w.reset()
		w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
		popup := site.click()
		popup.visible("#notice")
		still(popup)
		w.apollo.ClearFaults()
	})
	w.run("several accounts", func(*testing.T) {
		popup := w.open("http://initech.test/").click()
		popup.until(`document.querySelectorAll("#rows li").length > 1 && document.querySelector("#owner").value`)
		still(popup)
	})
	w.run("a company that is new", func(*testing.T) {
		popup := w.open("http://fresh.test/").click()
		popup.see("#company-status", "Not in Apollo yet")
		popup.until(`document.querySelector("#owner").value`)
		still(popup)
	})
	w.run("no company", func(*testing.T) {
		popup := w.open("chrome://version/").click()
		popup.visible("#domain-form")
		still(popup)
	})
}
