//go:build !js

package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/words"
)

// spoken are the languages whose browsers are tried; with PICTURES all are.
func spoken() []string {
	if os.Getenv("PICTURES") != "" {
		return []string{"de", "ar", "es", "fr", "ja"}
	}
	return []string{"de", "ar"}
}

// inLanguage says a text as the catalogue of a language has it.
func inLanguage(t *testing.T, language string) func(text crm.English, parts ...string) string {
	content, err := os.ReadFile(filepath.Join("../../extension/_locales", language, "messages.json"))
	require.NoError(t, err)
	var messages map[string]struct{ Message string }
	require.NoError(t, json.Unmarshal(content, &messages))
	w := words.Words{Catalogue: func(key string) string { return messages[key].Message }}
	w.Isolated = language == "ar"
	return w.Say
}

// TestLanguages does a part of a rep's job in browsers of other languages: all
// that a rep reads is in theirs, and has room.
func TestLanguages(t *testing.T) {
	for _, language := range spoken() {
		t.Run(language, func(t *testing.T) {
			w := newApollo(t)
			started, err := rig.Start(t.Context(), rig.Options{Root: "../..", Language: language})
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, started.Close()) })
			w.Rig = started
			w.reset()
			testPopupIn(w, language)
			testOptionsIn(w, language)
		})
	}
}

// fits holds where nothing goes beyond the page.
const fits = `document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll("button, label, h1, h2, th")]
	.filter((e) => e.offsetParent && getComputedStyle(e).textOverflow !== "ellipsis" && e.scrollWidth > e.clientWidth + 1).length === 0`

func testPopupIn(w *world, language string) {
	t, say := w.t, inLanguage(w.t, language)
	popup := w.popup(acme)
	if has := popup.own("chrome.i18n.getUILanguage()"); !strings.HasPrefix(has, language) {
		t.Skipf("this Chromium speaks %s only: make setup installs its languages", has)
	}
	popup.see("#company-name", "Acme Corporation")
	popup.see("#company-status", say("In Apollo"))
	popup.until(`document.querySelector("#owner").value && document.querySelector("#rows li")`)
	popup.until(`document.documentElement.lang === ` + quote(language))
	popup.until(`getComputedStyle(document.body).direction === ` + quote(map[bool]string{true: "rtl", false: "ltr"}[language == "ar"]))
	popup.see("#list-heading", say("Opportunities"))
	popup.see("#submit", say("Create opportunity for {0}", "Acme Corporation"))
	popup.see(`label[for="close_date"]`, say("Close date"))
	assert.Equal(t, popup.own(`new Intl.NumberFormat(chrome.i18n.getUILanguage(), { style: "currency", currency: "USD", numberingSystem: "latn", trailingZeroDisplay: "stripIfInteger", currencyDisplay: document.dir === "rtl" ? "code" : "symbol" }).format(48000)`), popup.text(row("Acme rollout, phase 2")+" .row-amount"))
	if language == "de" {
		assert.Equal(t, "48.000\u00a0$", popup.text(row("Acme rollout, phase 2")+" .row-amount"))
		popup.until(`/^\d\d\.\d\d\.\d{4}$/.test(document.querySelector(".row-date").textContent)`)
	}

	popup.fill("#amount", "5 apples")
	popup.press("Tab")
	popup.see("#amount-error", "“5 apples”")
	assert.NotContains(t, popup.text("#amount-error"), "currency")
	popup.fill("#amount", "7000")
	popup.fill("#name", "Acme anvils")
	w.picture(popup, language+"-popup")
	popup.until(fits)

	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: http.StatusUnprocessableEntity, Body: `{"error":"Amount is odd"}`})
	popup.press("Control+Enter")
	refused := entry("refused")
	popup.see(refused, say("Apollo refuses the amount."))
	popup.see(refused, say(`It says: “{0}”.`, "Amount is odd"))
	title := quote(say("Create “{0}”", "Acme anvils")) // with the marks of direction, which are elements on the page
	popup.until(`(({ title, textContent }) => title === ` + title + ` && textContent === title.replace(/[\u2068\u2069]/g, ""))(document.querySelector(` + quote(refused+" .entry-title") + `))`)
	w.picture(popup, language+"-refused")
	popup.until(fits)
	popup.close()
}

func testOptionsIn(w *world, language string) {
	say := inLanguage(w.t, language)
	options, err := w.Connect(w.ctx, w.apollo.Base(), key)
	require.NoError(w.t, err)
	page := w.watch(options.Page)
	page.see("#say", say("All of it works."))
	page.see("h1", say("Dealmark settings"))
	page.see("#key-stored", say("A key is stored. It ends in …{0}", key[len(key)-4:]))
	page.see("#checks", say("Search opportunities"))
	page.see("#key-note", "dmk_") // the element within a text has kept its place
	w.picture(page, language+"-options")
	page.until(fits)
	page.close()
}

// own gives what an expression is on the page.
func (p *page) own(expression string) (text string) {
	p.w.t.Helper()
	p.read(expression, &text)
	return text
}

func (w *world) picture(p *page, name string) {
	if os.Getenv("PICTURES") != "" {
		require.NoError(w.t, p.Screenshot(w.ctx, filepath.Join("../../build/e2e", "words-"+name+".png")))
	}
}
