//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// over clicks on what a selector finds, and has something happen to the page while
// the button is down.
func (p *page) over(selector string, meanwhile func()) {
	p.w.t.Helper()
	release, err := p.PressOn(p.w.ctx, selector)
	require.NoError(p.w.t, err)
	meanwhile()
	require.NoError(p.w.t, release(p.w.ctx))
}

// A click is lost where what it began on is no longer in the page when it ends. What
// is shown anew therefore stays the same element as long as it stands for the same.
func TestAClickWhileThePageIsWritten(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.until(`document.querySelectorAll("#rows button").length === 4`)
	popup.until(isShown)
	popup.close()
	const third = `#rows li:nth-child(3) .row`

	w.run("on what was painted before the core came", func(t *testing.T) {
		release, err := w.Hold(w.ctx, "chrome-extension://*/core.wasm")
		require.NoError(t, err)
		popup = site.click()
		popup.see("#rows", "Acme training days")
		popup.until(`performance.now() > 300`)
		popup.over(third, func() {
			require.NoError(t, release(w.ctx))
			popup.until(`document.querySelector("#form").dataset.form`)
			popup.known("Acme Corporation")
		})
		popup.see("#form-heading", "Change “Acme training days”")
	})
	w.run("on a row that somebody else changes", func(t *testing.T) {
		popup.clickOn("#form-new")
		popup.see("#form-heading", "New opportunity")
		popup.over(third, func() {
			w.change("Acme training days", `{"amount":"6543"}`)
			popup.eval(`dealmark.listOpportunities('{"version":1}')`)
			popup.see(third, "6,543")
		})
		popup.see("#form-heading", "Change “Acme training days”")
	})
	w.run("on a stage", func(t *testing.T) {
		popup.over(`#stage-strip span:nth-child(4)`, func() {
			w.change("Acme training days", `{"amount":"6544"}`)
			popup.eval(`dealmark.listOpportunities('{"version":1}')`)
			popup.see(third, "6,544")
		})
		popup.until(`document.querySelector("#stage-strip [data-at=here]").title === "Negotiate"`)
	})
}

func TestAClickWhileTheListIsRead(t *testing.T) {
	w := newWorld(t)
	w.popup(acme).known("Acme Corporation")
	p := w.page("pipeline.html")
	p.clickOn("#fill")
	p.until(`document.querySelector("#rows").textContent.includes("Globex") && document.querySelector("#progress").hidden`)
	p.eval(`void document.addEventListener("click", (event) => { event.preventDefault(); globalThis.clicked = event.target.closest("[id^=row-], .card")?.textContent ?? ""; }, true)`)
	for _, c := range []struct{ view, rows string }{{"#as-table", "#rows .row"}, {"#as-board", "#board .card"}} {
		w.run(c.view, func(*testing.T) {
			p.eval(`document.querySelector(` + quote(c.view) + `).click()`)
			p.until(`document.querySelector(` + quote(c.rows) + `)?.checkVisibility()`)
			p.eval(`void ([...document.querySelectorAll(` + quote(c.rows) + `)].find((row) => row.textContent.includes("Initech renewal")).dataset.mine = "")`)
			p.over(c.rows+`[data-mine]`, func() {
				p.eval(`new Promise((done) => {
					new MutationObserver(() => done(1)).observe(document.body, { attributeFilter: ["data-ready"] });
					document.querySelector("#query").dispatchEvent(new Event("input")); // found and shown anew
				})`)
			})
			p.until(`globalThis.clicked?.includes("Initech renewal")`)
			p.eval(`void (globalThis.clicked = "")`)
		})
	}
}
