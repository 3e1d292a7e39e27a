//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTypingBeforeTheCoreIsThereLosesNothing(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	release, err := w.Hold(w.ctx, "chrome-extension://*/core.wasm")
	require.NoError(t, err)
	popup := site.click()
	popup.until(`document.activeElement.id === "name" && !document.querySelector("#form").dataset.form`)
	popup.keys("Typed early")
	popup.press("Tab")
	popup.keys("12")
	popup.press("Enter")
	popup.see("#say", "one moment")
	assert.Empty(t, w.apollo.Requests())

	require.NoError(t, release(w.ctx))
	popup.known("Acme Corporation")
	popup.keys("k")
	popup.see("#amount-understood", "12,000")
	assert.Equal(t, "Typed early", popup.value("#name"), "what the rep typed wins over the default")
	assert.Equal(t, "12k", popup.value("#amount"))
	popup.press("Enter")
	popup.see(done, "Created “Typed early”")
	require.Len(t, w.writes("opportunity.create"), 1)
	assert.Equal(t, "12000", w.writes("opportunity.create")[0].Request["amount"])
}

// A popup may close in the very turn in which keys arrive, long before storage
// has answered for all of them.
func TestTheLastKeysBeforeClosingAreKept(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	for _, last := range []string{"1", "12", "125", "1250"} {
		_ = popup.Eval(w.ctx, `(() => {
			for (const id of ["name", "amount", "close_date"]) {
				const input = document.getElementById(id);
				input.value = "`+last+`";
				input.dispatchEvent(new Event("input", { bubbles: true }));
			}
			window.close();
		})()`, nil) // the page is gone before it can answer
		popup = site.click()
		popup.known("Acme Corporation")
		for _, id := range []string{"name", "amount", "close_date"} {
			popup.until(`document.getElementById("` + id + `").value === "` + last + `"`)
		}
	}
	popup.until(`!Object.keys(localStorage).some((key) => key.startsWith("typed "))`)
}

func TestEveryFieldIsKeptAsTypedOverClosing(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.fill("#name", "  Grüße & <b>bold</b> ")
	popup.fill("#amount", "€ 12.500,5")
	popup.fill("#close_date", "next fri")
	popup.choose("#stage", "Negotiate")
	popup.choose("#owner", "Priya")
	popup.choose("#account", "Acme")
	typed := popup.values()
	popup.until(`document.querySelectorAll("#form [data-touched]").length >= 5`)
	popup.see("#close_date-understood", "Fri, ")
	popup.kept(typed["owner"])
	popup.close()

	popup = site.click()
	popup.until(`document.querySelector("#form").dataset.form && document.querySelector("#owner").value`)
	assert.Equal(t, typed, popup.values())

	w.run("a change of an opportunity has a draft of its own", func(t *testing.T) {
		popup.change("Acme training days")
		popup.fill("#amount", "7,5k")
		popup.kept("7,5k")
		popup.close()
		popup = site.click()
		popup.see("#form-heading", "Change “Acme training days”")
		assert.Equal(t, "7,5k", popup.value("#amount"))
		popup.clickOn("#form-new")
		popup.see("#form-heading", "New opportunity")
		assert.Equal(t, typed, popup.values())
	})
	w.run("discarded, it is gone", func(t *testing.T) {
		popup.clickOn("#discard")
		popup.until(`document.querySelector("#name").value === "Acme Corporation"`)
		popup.close()
		popup = site.click()
		popup.known("Acme Corporation")
		assert.Equal(t, "Acme Corporation", popup.value("#name"))
		assert.Empty(t, popup.value("#amount"))
	})
	w.run("another company has another draft", func(t *testing.T) {
		popup.fill("#name", "Only Acme's")
		popup.close()
		globex := w.popup("http://globex.test/")
		globex.known("Globex")
		assert.Equal(t, "Globex", globex.value("#name"))
	})
	assert.Empty(t, w.writes("opportunity.create"), "a draft is no save")
}
