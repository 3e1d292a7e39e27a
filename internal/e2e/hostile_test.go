//go:build !js

package e2e_test

import (
	_ "embed"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

//go:embed testdata/shape.js
var shape string

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
	}, 3*time.Minute, 100*time.Millisecond)
	assert.Contains(t, told, "exit 0")
	assert.Contains(t, told, "--- PASS: TestHostileTexts")
	assert.NotContains(t, told, "--- SKIP")
	t.Log(told)
	require.NoError(t, release(w.ctx))
}
