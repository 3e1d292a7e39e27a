//go:build !js

package scene

// pipeline are the states of the pipeline page.
var pipeline = []Scene{
	{Page: "pipeline", Name: "unread", Shows: "The team's list was never read.",
		steps: func(r *rep) { r.pipeline() }},
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

// pipeline opens the pipeline page.
func (r *rep) pipeline() {
	r.visit(r.url("pipeline.html"))
	r.seen("#stage-chart svg")
}

// readAll has the team's list read to its end.
func (r *rep) readAll() {
	r.click("#fill")
	r.seen("#rows .row")
	r.until(`document.querySelector("#progress").hidden`)
}
