//go:build !js

package scene

import "github.com/dealmark/dealmark/internal/e2e/rig"

const globex = "http://www.globex.test/"

// panel are the states of the side panel that the popup does not have.
var panel = []Scene{
	{Page: "panel", Name: "known", Shows: "The side panel with a company's opportunities.",
		steps: func(r *rep) { r.panel() }},
	{Page: "panel", Name: "elsewhere", Shows: "The rep has gone to another tab, which Dealmark does not see.",
		steps: func(r *rep) {
			r.panel()
			beside := r.page
			r.visit(globex)
			r.page = beside
			r.seen("#elsewhere")
		}},
	{Page: "panel", Name: "kept", Shows: "What was being written stays until the rep goes on.",
		steps: func(r *rep) {
			r.panel()
			beside, first := r.page, r.tab
			r.fill("#name", "Written for Acme")
			r.visit(globex)
			r.try(func() error { return r.tab.TriggerIcon(r.ctx) })
			r.page = beside
			r.until(`document.querySelector("#company-domain").textContent === "globex.test" && document.querySelector("#form").dataset.form`)
			r.fill("#name", "Written for Globex")
			r.try(func() error { return first.Activate(r.ctx) }) // which may be seen since the click there
			r.seen("#elsewhere-go")
		}},
}

// panel opens the side panel on a company with opportunities.
func (r *rep) panel() {
	r.options()
	r.click(`#surface [value="panel"]`)
	r.until(`chrome.action.getPopup({}).then((popup) => popup === "")`)
	options := r.page
	r.after = append(r.after, func() error { // the icon opens the popup again
		return options.Eval(forever(r.ctx), `chrome.action.setPopup({ popup: "popup.html" }).then(() => 1)`, nil)
	})
	r.visit(acme)
	r.try(func() error {
		return rig.Do(
			func() error { return r.tab.Activate(r.ctx) },
			func() error { return r.tab.TriggerIcon(r.ctx) },
			func() error {
				page, err := r.rig.FindPage(r.ctx, r.url("popup.html?panel"))
				if err == nil {
					r.opened(page)
				}
				return err
			})
	})
	r.settled()
	r.seen("#rows li")
}
