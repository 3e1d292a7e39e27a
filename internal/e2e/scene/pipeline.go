//go:build !js

package scene

import "github.com/dealmark/dealmark/internal/sandbox"

// pipeline are the states of the pipeline page.
var pipeline = []Scene{
	{Page: "pipeline", Name: "unread", Shows: "The team's list was never read.",
		steps: func(r *rep) {
			r.visit(r.url("pipeline.html"))
			r.seen("#none")
		}},
	{Page: "pipeline", Name: "table", Shows: "All of the team's opportunities as a table, under their totals.",
		steps: func(r *rep) {
			r.pipeline()
			r.readAll()
		}},
	{Page: "pipeline", Name: "searched", Shows: "What was searched for, and the figures behind the charts.",
		steps: func(r *rep) {
			r.pipeline()
			r.readAll()
			r.fill("#text", "acme")
			r.until(`document.querySelector("#rows").textContent.includes("Acme") && !document.querySelector("#rows").textContent.includes("Globex")`)
			r.click("figure summary")
		}},
	{Page: "pipeline", Name: "filtered", Shows: "One owner's opportunities, open and closed, from the highest amount.",
		steps: func(r *rep) {
			r.pipeline()
			r.readAll()
			r.pick("#state", "")
			r.choose("#owner", "Dana")
			r.click("[data-column=amount] button")
			r.click("[data-column=amount] button")
			r.until(`document.querySelector("[aria-sort=descending]") && document.querySelector("#rows .row[data-state=won]")`)
		}},
	{Page: "pipeline", Name: "nothing-found", Shows: "Nothing is like what was searched for.",
		steps: func(r *rep) {
			r.pipeline()
			r.readAll()
			r.fill("#text", "zebra")
			r.seen("#none")
		}},
	{Page: "pipeline", Name: "charts", Shows: "How many there are by stage and by month, with the figures behind it.",
		steps: func(r *rep) {
			r.pipeline()
			r.readAll()
			r.does(`document.querySelectorAll("figure details").forEach((details) => (details.open = true))`)
			r.pick("#measure", "count")
			r.until(`document.querySelector("#measure").value === "count" && document.querySelector("#month-table td")`)
		}},
	{Page: "pipeline", Name: "reading", Shows: "The team's list is being read: how far it is, and the way to pause.",
		apollo: func(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(400) },
		steps: func(r *rep) {
			r.pipeline()
			r.fault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultDelay, Delay: long, Skip: 1})
			r.click("#fill")
			r.until(`document.querySelector("#progress").value > 0`)
			r.seen("#pause")
		}},
	{Page: "pipeline", Name: "refused", Shows: "The key may not read the team's list.",
		apollo: without("api/v1/opportunities/search"),
		steps: func(r *rep) {
			r.pipeline()
			r.click("#fill")
			r.until(`!document.querySelector("#fill").hidden && document.querySelector("#walk").textContent.length > 60`)
		}},
	{Page: "pipeline", Name: "board", Shows: "The same as a board by stage.",
		steps: func(r *rep) {
			r.pipeline()
			r.readAll()
			r.click("#as-board")
			r.seen("#board .card")
		}},
	{Page: "pipeline", Name: "paused", Shows: "The reading of the list is paused.",
		steps: func(r *rep) {
			r.pipeline()
			r.until(`chrome.runtime.sendMessage({ type: "pause" }).then(() => true)`)
			r.until(`document.querySelector("#pause").dataset.paused === "true"`)
		}},
}

// pipeline opens the pipeline page, after a popup by which the team is known.
func (r *rep) pipeline() {
	r.atAcme()
	r.visit(r.url("pipeline.html"))
	r.seen("#stage-chart svg")
}

// readAll has the team's list read to its end.
func (r *rep) readAll() {
	r.click("#fill")
	r.until(`document.querySelector("#rows").textContent.includes("Globex") && document.querySelector("#progress").hidden`)
}

// pick chooses by a value, whose label has the page's language.
func (r *rep) pick(selector, value string) {
	r.does(`(() => {
		const select = document.querySelector(` + quote(selector) + `);
		select.value = ` + quote(value) + `;
		for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
	})()`)
}
