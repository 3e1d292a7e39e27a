//go:build !js

package e2e_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

const canary = "canary-8f2e61c0d4-tail"

func TestTheKeyIsNowhereToBeRead(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Keys[0].Secret = canary })
	options, err := w.Connect(w.ctx, w.apollo.Base(), canary)
	require.NoError(t, err)
	page := w.watch(options.Page)
	page.see("#say", "All of it works.")
	page.see("#key-stored", "A key is stored. It ends in …tail")
	assert.Empty(t, page.value("#key"))
	page.until(`document.querySelector("#key").type === "password"`)

	pipeline := w.page("pipeline.html")
	popup := w.popup(acme) // last: it closes when another page comes in front
	popup.known("Acme Corporation")
	popup.saveNew("With the canary")
	popup.see(done, "Created “With the canary”")
	w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 401, Body: `{"error":"` + canary + ` is no key"}`})
	popup.clickOn(row("Acme training days"))
	popup.visible("#notice")
	pipeline.until(`/[1-9]/.test(document.querySelector("#summary").textContent)`) // it has the list now

	for name, p := range map[string]texts{"popup": {popup}, "options": {page}, "pipeline": {pipeline}} {
		shown := p.Eval(`document.documentElement.outerHTML + [...document.querySelectorAll("input, select")].map((e) => e.value) + location.href + document.title`)
		assert.NotContains(t, shown, canary, name)
		stored := p.Eval(`Promise.all([chrome.storage.local.get(null), chrome.storage.sync?.get(null), chrome.storage.session?.get(null), chrome.alarms.getAll(), caches.keys()])
			.then((all) => JSON.stringify(all) + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie)`)
		assert.NotContains(t, stored, canary, name)
		assert.NotContains(t, p.Eval(`performance.getEntriesByType("resource").map((e) => e.name).join()`), canary, name)
	}
	for _, area := range []string{"outbox", "index", "drafts", "journal"} {
		kept := texts{popup}.Eval(inArea(area, `store.getAll()`) + `.then((all) => all.length + " " + all.map((bytes) => new TextDecoder().decode(bytes)))`)
		assert.NotContains(t, kept, canary, area)
	}
	assert.Contains(t, texts{popup}.Eval(inArea("settings", `store.getAll()`)+`.then((all) => all.map((bytes) => new TextDecoder().decode(bytes)))`), canary, "a text that is there is found")

	// All that can be taken out of the browser as a file.
	for _, out := range []struct {
		of            texts
		button, holds string
	}{
		{texts{page}, "#sent-export", "opportunities/search"},
		{texts{page}, "#export", "With the canary"},
		{texts{page}, "#aliases-export", "aliases"},
		{texts{pipeline}, "#export", "With the canary"},
	} {
		out.of.p.eval(`(() => {
			globalThis.file = undefined;
			const make = URL.createObjectURL;
			URL.createObjectURL = (blob) => ((globalThis.file = blob.text()), make.call(URL, blob));
		})()`)
		out.of.p.eval(`(() => document.querySelector(` + quote(out.button) + `).click())()`)
		out.of.p.until(`globalThis.file`)
		file := out.of.Eval(`file`)
		assert.Contains(t, file, out.holds)
		assert.NotContains(t, file, canary, out.button)
	}
	worker := w.worker(popup)
	defer worker.Detach()
	for _, output := range [][]string{popup.Console(), page.Console(), pipeline.Console(), worker.Console()} {
		assert.NotContains(t, strings.Join(output, "\n"), canary)
	}
	for _, request := range w.apollo.Requests() {
		assert.NotContains(t, request.Path+"?"+request.Query, canary)
	}
}

// texts reads texts from a page.
type texts struct{ p *page }

func (t texts) Eval(expression string) (text string) {
	t.p.w.t.Helper()
	t.p.read("Promise.resolve("+expression+").then(String)", &text)
	return text
}

func TestTheOptionsSayWhatWorksAndWhatDoesNot(t *testing.T) {
	w := newWorld(t, scoped("deals/api/v1/opportunities/update"))
	options, err := w.Connect(w.ctx, w.apollo.Base(), key)
	require.NoError(t, err)
	page := w.watch(options.Page)
	page.see("#say", "Something is missing: see below.")
	page.see(`#checks [data-ok="false"]`, "Update opportunities")
	page.see(`#checks [data-ok="false"]`, `lacks the right “deals/api/v1/opportunities/update”`)
	var failed int
	page.read(`document.querySelectorAll("#checks [data-ok=false]").length`, &failed)
	assert.Equal(t, 1, failed)
	page.see(`#checks [data-ok="true"]`, "Read stages")
	assert.Empty(t, w.writes("opportunity.update"), "the test changes nothing")

	page.choose("#rep", "Priya")
	page.see("#say", "Saved.")
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#owner").selectedOptions[0].label === "Priya Raman"`)
}

func TestTheOptionsRefuseAnAddressThatWouldGiveTheKeyAway(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	was := options.value("#base")
	for _, address := range []string{"http://example.com/api/v1", "https://user:word@api.apollo.io/", "ftp://api.apollo.io/"} {
		options.fill("#key", "another-key-to-keep")
		options.fill("#base", address)
		options.clickOn("#save")
		options.see("#say.error", "The address must")
		assert.Equal(t, "another-key-to-keep", options.value("#key"), "a refusal loses nothing")
	}
	options.close()
	options = w.page("options.html")
	options.see("#key-stored", "…ests")
	assert.Equal(t, was, options.value("#base"), "nothing of it was stored")
}
