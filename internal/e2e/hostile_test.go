//go:build !js

package e2e_test

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/hostile"
	"github.com/dealmark/dealmark/internal/sandbox"
)

//go:embed testdata/shape.js
var shape string

func TestHostileTextIsText(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) {
		for _, name := range hostile.Markup {
			o.Seed.Opportunities = append(o.Seed.Opportunities, sandbox.Opportunity{
				Name: name, Account: o.Seed.Accounts[0].ID, Stage: o.Seed.Stages[0].ID, Owner: o.Seed.Users[0].ID, Amount: "1",
			})
		}
		o.Seed.Users[1].First, o.Seed.Stages[0].Name = hostile.Markup[0], hostile.Markup[1]
	})
	// Every element that the popup has beyond its template is one that it makes
	// for a row, an entry or an option.
	const foreign = `[...document.querySelectorAll("body *")].filter((e) => !e.matches(
		"main, #choice, #choice *, header, header *, .events, .events section, .events section *, #outbox, #list, #list > *, form, form *, #rows li, #rows li *, .entry, .entry *")
		|| e.matches("img, script, iframe, object, h1:not(#company-name), svg:not(.icon svg), [onerror], [onload]")).map((e) => e.outerHTML)`

	w.run("in the page", func(t *testing.T) {
		popup := w.popup("http://hostile.test/")
		popup.see("#company-status", "Not in Apollo yet")
		popup.see("#company-name", "<img src=x onerror=alert(1)>")
		popup.until(`document.querySelector("#company-name").children.length === 0`)
		popup.see("#submit", "<img src=x onerror=alert(1)>")
		var elements []string
		popup.read(foreign, &elements)
		assert.Empty(t, elements)
	})
	w.run("in what Apollo answers", func(t *testing.T) {
		popup := w.popup(acme)
		popup.known("Acme Corporation")
		var names []string
		popup.read(`[...document.querySelectorAll(".row-name")].map((e) => e.textContent)`, &names)
		for _, name := range hostile.Markup {
			assert.Contains(t, names, name)
		}
		for _, name := range hostile.Markup[:3] {
			popup.eval(`[...document.querySelectorAll(".row")].find((e) => e.querySelector(".row-name").textContent === ` + quote(name) + `).click()`)
			popup.see("#form-heading", name)
			assert.Equal(t, name, popup.value("#name"))
		}
		popup.fill("#name", hostile.Markup[5])
		popup.press("Enter")
		popup.see(done, "Changed “"+hostile.Markup[2])
		popup.see("#owner", hostile.Markup[0])
		var elements []string
		popup.read(foreign, &elements)
		assert.Empty(t, elements)
		popup.until(`!("ran" in globalThis)`)
	})
	w.run("in what the rep types: half of a pair, an accent by itself, signs that turn the text around", func(t *testing.T) {
		popup := w.popup(acme)
		popup.known("Acme Corporation")
		popup.eval(`(() => {
			const name = document.querySelector("#name");
			name.value = "Caf" + "e\u0301 \ud83d \u202egnp.exe\u202c \u0000" + "a\u001b[31m ";
			name.dispatchEvent(new Event("input", { bubbles: true }));
		})()`)
		popup.press("Enter")
		popup.see(done, "Created “Café")
		made := w.writes("opportunity.create")
		require.Len(t, made, 1)
		assert.Equal(t, "Café \ufffd gnp.exe a [31m", made[0].Request["name"])
	})
}

// TestHostileAnswersLeaveEveryPageItsShape has Apollo call everything by a hostile
// name, and then by a plain one: every page has the same elements, what is painted
// before the core included.
func TestHostileAnswersLeaveEveryPageItsShape(t *testing.T) {
	plain := func() string { return "Plain" }
	shapes := shapesOf(t, plain)
	for name, got := range shapesOf(t, hostile.Texts(7)) {
		assert.Equal(t, shapes[name], got, name)
		assert.NotContains(t, got, "DOES", name)
	}
}

// shapesOf goes through the pages with an Apollo whose every name is a text.
func shapesOf(t *testing.T, text func() string) map[string]string {
	const rows = 150
	w := newWorld(t, func(o *sandbox.Options) {
		named := func(name *string, n int) { *name = fmt.Sprint(text(), " ", n) } // each another one
		seed := &o.Seed
		for i := range rows {
			opportunity := seed.Opportunities[i%4] // Acme's
			opportunity.ID = ""
			seed.Opportunities = append(seed.Opportunities, opportunity)
		}
		for i := range seed.Opportunities {
			named(&seed.Opportunities[i].Name, i)
		}
		for i := range seed.Users {
			named(&seed.Users[i].First, i)
			named(&seed.Users[i].Last, i)
		}
		for i := range seed.Stages {
			named(&seed.Stages[i].Name, i)
		}
		for i := range seed.Accounts {
			seed.Accounts[i].Name += " " + text() // by the front of which it is found
		}
		for i := range seed.Contacts {
			named(&seed.Contacts[i].First, i)
			named(&seed.Contacts[i].Title, i)
		}
		for i := range seed.RoleTypes {
			named(&seed.RoleTypes[i].Name, i)
		}
		for i := range seed.Fields {
			named(&seed.Fields[i].Label, i)
			for n := range seed.Fields[i].Options {
				named(&seed.Fields[i].Options[n].Name, n)
			}
		}
	})
	w.answers(func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte("\ufffd"), []byte(`\ud83d`)) // half of a pair
	})
	shapes := map[string]string{}
	see := func(name string, p *page) {
		t.Helper()
		var seen string
		p.read(shape+"; globalThis.shape()", &seen)
		p.until(`!("ran" in globalThis)`)
		shapes[name] = seen
	}
	options := w.page("options.html")
	options.clickOn("#fields-read")
	options.until(`document.querySelector("#fields li")`)
	options.eval(`(() => {
		for (const use of document.querySelectorAll("#fields li > select")) {
			use.value = "shown";
			use.dispatchEvent(new Event("change"));
		}
	})()`)
	see("custom fields", options)
	options.clickOn("#fields-save")
	options.see("#fields-say", "Saved.")
	options.close()

	site := w.open(acme)
	popup := site.click()
	popup.until(`document.querySelectorAll("#rows li").length === ` + fmt.Sprint(rows+4) + ` && document.querySelector("#owner").value && !document.querySelector("#list").ariaBusy`)
	popup.fill("#name", "Zeppelin") // no name that may be there already
	popup.until(`document.querySelector("#similar").hidden`)
	popup.eval(`(() => document.querySelector("#more").click())()`)
	popup.eval(`(() => document.querySelector("#people").click())()`)
	popup.until(`document.querySelectorAll("#people-list li").length === 2`)
	see("popup", popup)
	popup.visible("#discard")
	popup.eval(`(() => document.querySelector("#discard").click())()`) // of what is typed no default is kept
	popup.until(kept + `.then((all) => all["shown/www.acme.test"]?.parts.rows.children.length === ` + fmt.Sprint(rows+4) + ` && all["shown/www.acme.test"].parts.owner?.children.length > 1)`)
	popup.close()
	release, err := w.Hold(w.ctx, "chrome-extension://*/core.wasm")
	require.NoError(t, err)
	popup = site.click()
	popup.until(`document.querySelectorAll("#rows li").length === ` + fmt.Sprint(rows+4))
	see("painted", popup)
	require.NoError(t, release(w.ctx))
	popup.close()

	pipeline := w.page("pipeline.html")
	pipeline.settled()
	pipeline.until(`document.querySelectorAll("#rows .row").length > 10`)
	see("table", pipeline)
	pipeline.clickOn("#as-board")
	pipeline.until(`document.querySelectorAll("#board .card").length > 10`)
	see("board", pipeline)
	return shapes
}

// TestAHundredThousandHostileTexts runs the test of package screen in the popup as
// it is before its core has come: its page, its policy, its modules.
func TestAHundredThousandHostileTexts(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir(testProgram(t, "../screen"))))
	t.Cleanup(server.Close)
	w := newWorld(t)
	release, err := w.Hold(w.ctx, "chrome-extension://*/core.wasm")
	require.NoError(t, err)
	popup := w.popup(acme)
	popup.until(`globalThis.Go && document.readyState === "complete"`)
	popup.read(shape, nil)
	popup.eval(`(() => {
		globalThis.told = "";
		console.log = (line) => (told += line + "\n");
	})()`)
	popup.eval(`(async () => {
		const program = new Go();
		program.argv = ["test", "-test.v"];
		program.exit = (code) => (told += "exit " + code);
		const { instance } = await WebAssembly.instantiateStreaming(fetch(` + quote(server.URL+"/test.wasm") + `), program.importObject);
		program.run(instance);
	})()`)
	var told string
	require.Eventually(t, func() bool {
		popup.read(`told`, &told)
		return strings.Contains(told, "exit ")
	}, 5*time.Minute, 100*time.Millisecond)
	assert.Contains(t, told, "exit 0")
	assert.Contains(t, told, "--- PASS: TestHostileTexts")
	assert.Contains(t, told, "--- PASS: TestWhatStaysIsTheSameElement")
	assert.NotContains(t, told, "--- SKIP")
	t.Log(told)
	require.NoError(t, release(w.ctx))
}
