//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// hostile are texts that would be markup, a script or a trick where they are not
// shown as text.
var hostile = []string{
	`<img src=x onerror="globalThis.ran = 1">`,
	`<script>globalThis.ran = 1</script>`,
	`"><svg onload=globalThis.ran=1>`,
	`javascript:globalThis.ran=1`,
	"a\u202egpj.exe\u202c",
	"${globalThis.ran = 1} {{constructor.constructor('globalThis.ran=1')()}}",
	"</title></select></li><h1>big</h1>",
}

func TestHostileTextIsText(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) {
		for _, name := range hostile {
			o.Seed.Opportunities = append(o.Seed.Opportunities, sandbox.Opportunity{
				Name: name, Account: o.Seed.Accounts[0].ID, Stage: o.Seed.Stages[0].ID, Owner: o.Seed.Users[0].ID, Amount: "1",
			})
		}
		o.Seed.Users[1].First, o.Seed.Stages[0].Name = hostile[0], hostile[1]
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
		for _, name := range hostile {
			assert.Contains(t, names, name)
		}
		for _, name := range hostile[:3] {
			popup.eval(`[...document.querySelectorAll(".row")].find((e) => e.querySelector(".row-name").textContent === ` + quote(name) + `).click()`)
			popup.see("#form-heading", name)
			assert.Equal(t, name, popup.value("#name"))
		}
		popup.fill("#name", hostile[6])
		popup.press("Enter")
		popup.see(done, "Changed “"+hostile[2])
		popup.see("#owner", hostile[0])
		var elements []string
		popup.read(foreign, &elements)
		assert.Empty(t, elements)
		popup.until(`!("ran" in globalThis)`)
	})
}
