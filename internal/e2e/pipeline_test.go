//go:build !js

package e2e_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/store"
)

// settled waits until the pipeline page has shown what was asked for, totals and
// all.
func (p *page) settled() {
	p.w.t.Helper()
	p.until(`document.querySelector("#summary").textContent && document.querySelector("#stage-chart svg")`)
}

// ask changes the page's form and waits for what is found.
func (p *page) ask(name, value string) {
	p.w.t.Helper()
	p.eval(`new Promise((done) => {
		new MutationObserver(() => done(1)).observe(document.body, { attributeFilter: ["data-ready"] });
		const input = document.querySelector("#query").elements.namedItem(` + quote(name) + `);
		input.value = ` + quote(value) + `;
		input.dispatchEvent(new Event("input", { bubbles: true }));
	})`)
}

// From the popup to all of the team's opportunities: the list is read, paused
// over a new start of the worker, resumed, searched by keyboard, put in order,
// shown as a board, and exported.
func TestThePipeline(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(1500) })
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultDelay, Delay: sandbox.Duration(150 * time.Millisecond)})
	popup := w.popup("http://nobody-knows.test/")
	popup.see("#company-status", "Not in Apollo")
	popup.clickOn("#all")
	opened, err := w.FindPage(w.ctx, w.ExtensionURL("pipeline.html"))
	require.NoError(t, err)
	p := w.watch(opened)
	p.see("#walk", "never read to its end")
	p.picture("pipeline-unread")

	w.run("paused and resumed", func(t *testing.T) {
		p.clickOn("#fill")
		p.see("#walk", "Reading the team's opportunities: ")
		p.visible("#progress")
		p.clickOn("#pause")
		p.see("#walk", "Paused at ")
		p.picture("pipeline-paused")
		require.NoError(t, w.StopWorker(w.ctx))
		before := w.requests("opportunity.search")
		p.eval(`chrome.runtime.sendMessage({ type: "fill" })`)
		assert.Equal(t, before, w.requests("opportunity.search"), "a pause outlives the worker")
		assert.Less(t, before, 15)
		w.apollo.ClearFaults()
		p.clickOn("#pause")
		p.until(`document.querySelector("#progress").hidden && document.querySelector("#pause").hidden`)
		p.see("#summary", "of 1,4")
		assert.LessOrEqual(t, w.requests("opportunity.search"), 18, "it went on where it was")
	})
	w.run("searched and filtered", func(t *testing.T) {
		p.ask("state", "")
		p.settled()
		whole := p.text("#summary")
		p.clickOn("#text")
		p.keys("acme training")
		p.until(`document.querySelectorAll("#rows .row").length === 1`)
		p.see("#rows", "Acme training days")
		p.see("#rows", "Acme Corporation")
		p.see("#summary", "1 of ")
		p.clickOn("#clear")
		p.ask("state", "")
		assert.Equal(t, whole, p.text("#summary"))
		p.ask("state", "won")
		p.until(`[...document.querySelectorAll("#rows .row")].every((row) => row.dataset.state === "won")`)
		p.ask("state", "")
	})
	w.run("by keyboard", func(t *testing.T) {
		p.eval(`(() => { document.querySelector("#table").focus(); document.addEventListener("click", (e) => { if (e.target.href) { globalThis.went = e.target.href; e.preventDefault(); } }, true); })()`)
		var rows int
		p.read(`Number(document.querySelector("#table").getAttribute("aria-rowcount"))`, &rows)
		assert.Greater(t, rows, 1400)
		active := func(at int) {
			t.Helper()
			p.until(fmt.Sprintf(`document.querySelector("#table").getAttribute("aria-activedescendant") === "row-%d"`, at))
		}
		p.press("ArrowDown")
		active(0)
		p.press("End")
		active(rows - 2)
		p.until(fmt.Sprintf(`document.querySelector(".active").getAttribute("aria-rowindex") === "%d"`, rows))
		p.press("ArrowUp")
		active(rows - 3)
		p.press("Home")
		active(0)
		p.press("PageDown", "ArrowUp", "Enter")
		p.until(`globalThis.went?.startsWith("https://app.apollo.io/#/opportunities/")`)
		var small bool
		p.read(`document.querySelectorAll("#rows .row").length < 60`, &small)
		assert.True(t, small, "of all rows those are there that are seen")
		p.press("4", "4") // the amount, the largest first
		p.until(`document.querySelector("[data-column=amount]").ariaSort === "descending"`)
	})
	w.run("as figures", func(t *testing.T) {
		var stages, months, titles []string
		p.read(`[...document.querySelectorAll("#stage-table tbody tr td:first-child")].map((cell) => cell.textContent)`, &stages)
		p.read(`[...document.querySelectorAll("#month-table tbody tr")].map((row) => row.textContent)`, &months)
		p.read(`[...document.querySelectorAll("svg[role=img]")].map((svg) => document.getElementById(svg.getAttribute("aria-labelledby")).textContent)`, &titles)
		assert.Greater(t, len(stages), 4)
		assert.Greater(t, len(months), 3)
		assert.Equal(t, []string{"Amounts by stage", "Amounts by expected month of the close"}, titles)
		p.choose("#measure", "Number")
		p.until(`document.querySelector("#stage-title").textContent === "Number of opportunities by stage"`)
	})
	w.run("as a board", func(t *testing.T) {
		p.clickOn("#as-board")
		p.until(`document.querySelectorAll("#board .stage").length > 4`)
		var most int
		p.read(`Math.max(...[...document.querySelectorAll(".cards")].map((cards) => cards.children.length))`, &most)
		assert.Equal(t, 50, most, "a column has its first cards")
		p.clickOn("#board .stage button:not([hidden])")
		p.until(`[...document.querySelectorAll(".cards")].some((cards) => cards.children.length > 50)`)
		p.picture("pipeline-board")
		p.clickOn("#as-table")
	})
	w.run("exported", func(t *testing.T) {
		p.ask("text", "acme")
		p.eval(`(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => (globalThis.file = blob, make(blob)); HTMLAnchorElement.prototype.click = () => {}; })()`)
		p.clickOn("#export")
		p.see("#say", "Exported.")
		var text string
		p.read(`file.arrayBuffer().then((bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes))`, &text)
		assert.True(t, strings.HasPrefix(text, "\ufeffName,Company,"))
		assert.Contains(t, text, "Acme training days,Acme Corporation,")
		p.ask("text", "")
	})
}

// largeIndex puts a team of 100,000 opportunities with 5,000 companies into the
// extension's index, as the index itself stores them.
func largeIndex(t *testing.T, p *page) {
	const companies, each = 5_000, 20
	records := &store.Memory{}
	now := time.Now()
	x := index.New(records, func() time.Time { return now })
	var stages []crm.Stage
	for n, name := range []string{"Discovery", "Qualification", "Proposal", "Negotiation", "Closed won", "Closed lost"} {
		stages = append(stages, crm.Stage{ID: crm.StageID(fmt.Sprintf("%024d", n+1)), Name: name, Order: n + 1, Closed: n > 3, Won: n == 4})
	}
	var users []crm.User
	for n, name := range []string{"Dana Whitfield", "Jonas Weiß", "Priya Raman", "Kenji Tanaka"} {
		users = append(users, crm.User{ID: crm.UserID(fmt.Sprintf("%024d", n+1)), Name: name})
	}
	require.NoError(t, x.LearnTeam(t.Context(), index.Team{Stages: stages, Users: users}))
	_, err := x.Fill(t.Context(), func(_ context.Context, number int) (index.Page, bool, error) {
		page := index.Page{Total: companies * each, Last: number == companies}
		account := crm.Account{ID: crm.AccountID(fmt.Sprintf("%024d", number)), Name: fmt.Sprintf("Company %d Limited", number)}
		page.Accounts = []crm.Account{account}
		for i := range each {
			n := number*each + i
			o := crm.Opportunity{ID: crm.OpportunityID(fmt.Sprintf("%024d", n)), CreatedAt: now.AddDate(0, 0, -n%700)}
			o.Name = fmt.Sprintf("Rollout of product %d, phase %d", n*7919%100_000, n%4)
			o.AccountID, o.StageID, o.OwnerID = account.ID, stages[n*31%6].ID, users[n%4].ID
			o.Amount = money(fmt.Sprint(n * 37 % 90_000))
			o.Amount.Currency = []string{"USD", "USD", "EUR"}[n%3]
			o.CloseDate = crm.DateOf(now).AddDays(n*13%500 - 150)
			page.Opportunities = append(page.Opportunities, o)
		}
		return page, true, nil
	}, func(index.Walk) {})
	require.NoError(t, err)
	list, err := records.List(t.Context(), "")
	require.NoError(t, err)
	for from := 0; from < len(list); from += 250 {
		var puts strings.Builder
		for _, record := range list[from:min(from+250, len(list))] {
			fmt.Fprintf(&puts, "store.put(Uint8Array.from(atob(%q), (c) => c.charCodeAt(0)), %q),", base64.StdEncoding.EncodeToString(record.Value), record.Key)
		}
		p.eval(inArea("index", "["+puts.String()+"].at(-1)"))
	}
}

// A hundred thousand opportunities: the figures of README are those that this
// test logs.
func TestThePipelineOfALargeTeam(t *testing.T) {
	w := newWorld(t)
	empty := w.page("pipeline.html")
	empty.see("#walk", "never read to its end")
	largeIndex(t, empty)
	empty.close()

	p := w.page("pipeline.html")
	p.see("#summary", "100,000 opportunities")
	p.ask("state", "")
	p.see("#summary", "100,000 of 100,000 opportunities")
	var took struct{ Index, Shown float64 }
	p.read(`({ index: performance.getEntriesByName("index")[0].duration, shown: performance.getEntriesByName("shown")[0].startTime })`, &took)
	t.Logf("100,000 opportunities: read from the index in %.0f ms, shown %.0f ms after the page was opened", took.Index, took.Shown)
	for _, text := range []string{"r", "company 47", "company 4711 proposal", "zebra", ""} {
		var before int
		p.read(`performance.getEntriesByName("find").length`, &before)
		p.ask("text", text)
		var find float64
		p.read(`performance.getEntriesByName("find").at(-1).duration`, &find)
		t.Logf("search %q: %.1f ms to the rows, %s", text, find, p.text("#summary"))
	}
	var rows, nodes int
	p.read(`document.querySelectorAll("#rows .row").length`, &rows)
	p.read(`document.querySelectorAll("*").length`, &nodes)
	assert.Less(t, rows, 60)
	assert.Less(t, nodes, 2000, "the page is as small as for a small team")
	p.eval(`(() => { document.querySelector("#table").focus(); })()`)
	p.press("End")
	p.until(`document.querySelector(".active")?.getAttribute("aria-rowindex") === "100001"`)
	p.press("Home")
	p.picture("pipeline-table")
	p.eval(`(() => scrollTo(0, 0))()`)
	p.picture("pipeline-large-light")
	require.NoError(t, p.SetDark(w.ctx, true))
	p.picture("pipeline-large-dark")
	require.NoError(t, p.SetDark(w.ctx, false))
	p.eval(`(() => { document.documentElement.dir = "rtl"; document.querySelector("#query").dispatchEvent(new Event("input")); })()`)
	p.ask("state", "open")
	p.eval(`(() => scrollTo(0, 0))()`)
	p.picture("pipeline-large-rtl")
	p.eval(`(() => { document.querySelector("#table").scrollIntoView({ block: "start" }); })()`)
	p.picture("pipeline-table-rtl")
	p.eval(`(() => { document.documentElement.dir = "ltr"; })()`)
	p.clickOn("#as-board")
	p.until(`document.querySelectorAll("#board .stage").length === 6`)
	p.eval(`(() => { document.querySelector("#board").scrollIntoView({ block: "start" }); })()`)
	p.picture("pipeline-large-board")
}
