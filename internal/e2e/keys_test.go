//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// From the shortcut to a look at the opportunity in Apollo, without a mouse.
func TestOOpensInApollo(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	w.run("nothing to open yet, and o in a text is a letter", func(t *testing.T) {
		popup.keys("Oboe")
		assert.Equal(t, "Oboe", popup.value("#name"))
		popup.press("Shift+Tab")
		popup.until(`document.activeElement.matches(".row")`)
		popup.press("o")
		popup.see("#say", "Nothing was saved or opened yet")
	})
	opened := func(link string) {
		t.Helper()
		page, err := w.FindPage(w.ctx, link)
		require.NoError(t, err)
		require.NoError(t, page.Close(w.ctx))
	}
	var link string
	w.run("saved with Control and Enter, it has the focus and says so", func(t *testing.T) {
		popup.press("Tab")
		popup.until(`document.activeElement.id === "name"`)
		popup.press("Control+Enter")
		popup.until(`document.activeElement.matches(".entry")`)
		popup.see("#say", "Saved. O opens it in Apollo.")
		popup.until(`document.activeElement.matches(":focus-visible") && getComputedStyle(document.activeElement).outlineStyle !== "none"`)
		popup.picture("company-saved")
		popup.see(done, "Created “Oboe”")
		popup.read(`document.querySelector(".entry a[href]").href`, &link)
	})
	w.run("O opens it in a tab", func(t *testing.T) {
		popup.press("o")
		opened(link)
	})
	w.run("and the one that is shown", func(t *testing.T) {
		popup = site.click()
		popup.known("Acme Corporation")
		popup.change("Acme training days")
		popup.read(`document.querySelector("#form-link").href`, &link)
		popup.clickOn("#form-heading") // out of the text
		popup.eval(`(() => document.activeElement.blur())()`)
		popup.press("o")
		opened(link)
	})
	w.run("one that is under way opens when it is there", func(t *testing.T) {
		popup = site.click()
		popup.see("#form-heading", "")
		popup.until(`document.querySelector("#form").dataset.form`)
		popup.eval(`(() => document.querySelector("#form-new").hidden || document.querySelector("#form-new").click())()`)
		popup.see("#form-heading", "New opportunity")
		popup.fill("#name", "Bassoon")
		popup.press("Control+Enter")
		popup.until(`document.activeElement.matches(".entry")`)
		popup.press("o")
		opened("https://app.apollo.io/")
	})
	assert.Len(t, w.writes("opportunity.create"), 2)
}

// The dot is of the tab: another tab has none, and the page that follows has none.
func TestADotWhereADraftWaits(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	options := w.page("options.html")
	tabs := `(async () => (await Promise.all((await chrome.tabs.query({})).map(({ id: tabId }) => chrome.action.getBadgeText({ tabId })))).filter((text) => text.includes("•")).length)()`
	dots := func(n string) {
		t.Helper()
		options.until(tabs + ".then((n) => n === " + n + ")")
	}
	popup := site.click()
	popup.known("Acme Corporation")
	dots("0")
	popup.fill("#amount", "25k")
	popup.until(`!document.querySelector("#discard").hidden`)
	popup.close()
	dots("1")

	w.run("discarded, it is gone; put back, it is there", func(t *testing.T) {
		popup := site.click()
		popup.clickOn("#discard")
		dots("0")
		popup.clickOn("#put-back")
		dots("1")
		popup.close()
		dots("1")
	})
	w.run("the next page of the tab has none, until the icon is clicked there", func(t *testing.T) {
		require.NoError(t, site.tab.Activate(w.ctx))
		require.NoError(t, site.tab.Navigate(w.ctx, "http://www.globex.test/"))
		dots("0")
		require.NoError(t, site.tab.Navigate(w.ctx, acme))
		dots("0")
		popup := site.click()
		dots("1")
		popup.known("Acme Corporation")
		popup.press("Control+Enter")
		popup.see(done, "Created")
		dots("0")
	})
}

func TestTheOptionsListTheKeys(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#commands", "Open Dealmark on the page that you are on")
	var shortcut string
	options.read(`chrome.commands.getAll().then(([{ shortcut }]) => shortcut)`, &shortcut)
	require.NotEmpty(t, shortcut)
	options.see("#commands kbd", shortcut)
	options.clickOn("#commands-change")
	page, err := w.FindPage(w.ctx, "chrome://extensions/")
	require.NoError(t, err)
	require.NoError(t, page.Close(w.ctx))
}

func TestTheOptionsKeepAliases(t *testing.T) {
	w := newWorld(t)
	tab := w.open(w.ExtensionURL("options.html"))
	options := tab.page
	options.see("#aliases-none", "No page is known to be another company's.")
	w.run("added", func(t *testing.T) {
		options.fill(`#alias-add [name=host]`, "https://app.acme-cloud.test/x")
		options.fill(`#alias-add [name=domain]`, "nonsense")
		options.press("Enter")
		options.see("#aliases-say.error", "“nonsense” is no company's domain.")
		assert.Equal(t, "nonsense", options.value(`#alias-add [name=domain]`), "a refusal loses nothing")
		options.fill(`#alias-add [name=domain]`, "acme.test")
		options.press("Enter")
		options.until(`document.querySelector("#aliases li input")?.value === "app.acme-cloud.test"`)
		popup := w.popup("http://app.acme-cloud.test/")
		popup.known("Acme Corporation")
		popup.close()
	})
	w.run("changed where it stands", func(t *testing.T) {
		options.fill("#aliases li input", "acme-cloud.test")
		options.press("Tab")
		options.see("#aliases-say", "Saved.")
		options.until(`document.querySelectorAll("#aliases li").length === 1 && document.querySelector("#aliases li input").value === "acme-cloud.test"`)
		popup := w.popup("http://www.acme-cloud.test/")
		popup.known("Acme Corporation")
		popup.close()
	})
	w.run("imported: a bad file loses nothing, a good one merges", func(t *testing.T) {
		give := func(text string) {
			options.eval(`(() => {
				const given = new DataTransfer();
				given.items.add(new File([` + quote(text) + `], "aliases.json"));
				const file = document.querySelector("#aliases-file");
				file.files = given.files;
				file.dispatchEvent(new Event("change"));
			})()`)
		}
		give("{\"aliases\":[\n{\"host\":\"b.example\",\"domain\":\"acme.test\"},\n{\"host\":\"c.example\"}]}")
		options.see("#aliases-say.error", "Nothing was imported. Line 3: this alias has no “domain”.")
		options.until(`document.querySelectorAll("#aliases li").length === 1`)
		give(`{"version":1,"aliases":[{"host":"b.example","domain":"acme.test"},{"host":"acme-cloud.test","domain":"globex.test"}]}`)
		options.see("#aliases-say", "1 host was added. 1 host was changed.")
		options.until(`document.querySelectorAll("#aliases li").length === 2`)
		require.NoError(t, tab.tab.Activate(w.ctx)) // what is behind is not drawn
		options.eval(`(() => document.querySelector("#aliases-section").scrollIntoView())()`)
		options.picture("company-aliases")
		options.eval(`(() => document.querySelector("#commands-section").scrollIntoView())()`)
		options.picture("company-keys")
	})
	w.run("removed", func(t *testing.T) {
		options.clickOn("#aliases li button")
		options.see("#aliases-say", "acme-cloud.test is its own company's page again.")
		popup := w.popup("http://www.acme-cloud.test/")
		popup.see("#company-domain", "acme-cloud.test")
	})
}
