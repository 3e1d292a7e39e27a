//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// focused says where the focus is, and fails where it is lost or cannot be seen.
func (p *page) focused() string {
	p.w.t.Helper()
	var at struct{ Name, Wrong string }
	p.read(`(() => {
		const e = document.activeElement;
		const of = (e) => [e.id && "#" + e.id, ...e.classList].filter(Boolean).join(".") || e.textContent;
		const at = { name: of(e), wrong: "" };
		if (e === document.body || e === document.documentElement) at.wrong = "the focus is lost";
		else if (!e.matches(":focus-visible")) at.wrong = "the focus is not shown";
		else if ((e.nextElementSibling?.matches(".strip:not([hidden])") ? [e, e.nextElementSibling] : [e]).every((s) => getComputedStyle(s).outlineStyle === "none")) at.wrong = "the focus has no ring";
		else {
			const box = e.getBoundingClientRect();
			if (box.bottom < 0 || box.top > innerHeight) at.wrong = "the focus is out of sight";
		}
		return at;
	})()`, &at)
	require.Empty(p.w.t, at.Wrong, at.Name)
	return at.Name
}

// tabTo presses Tab, or Shift+Tab, until an element has the focus, and looks at
// the focus at each stop.
func (p *page) tabTo(key, selector string) {
	p.w.t.Helper()
	var way []string
	for range 60 {
		p.press(key)
		way = append(way, p.focused())
		var there bool
		p.read(`document.activeElement.matches(`+quote(selector)+`)`, &there)
		if there {
			return
		}
	}
	require.Fail(p.w.t, "no way to it by "+key, "%s; by way of %q", selector, way)
}

// said waits until a live region, which a screen reader reads out by itself, has a
// text.
func (p *page) said(selector, text string) {
	p.w.t.Helper()
	p.see(selector, text)
	p.until(`document.querySelector(` + quote(selector) + `).closest("[role=status], [role=alert], [aria-live=polite]")`)
}

// Nothing is clicked but the icon, for which the browser has a shortcut that the
// driver cannot press. The focus is looked at after each step: it is never lost,
// and always seen.
func TestKeyboardOnly(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")

	w.run("a key opens it", func(t *testing.T) {
		var shortcut string
		popup.read(`chrome.commands.getAll().then((all) => all.find(({ name }) => name === "_execute_action").shortcut)`, &shortcut)
		assert.NotEmpty(t, shortcut)
	})
	w.run("the cursor stands in the name and typing replaces the default", func(t *testing.T) {
		popup.keys("Anvils")
		assert.Equal(t, "Anvils", popup.value("#name"))
		popup.focused()
	})
	w.run("Tab walks through the fields and Enter saves", func(t *testing.T) {
		popup.tabTo("Tab", "#amount")
		popup.keys("1.5k")
		popup.tabTo("Tab", "#close_date")
		popup.press("Control+a")
		popup.keys("2031-06-30")
		popup.tabTo("Tab", "#stage")
		popup.keys("Meet")
		popup.tabTo("Tab", "#owner")
		popup.keys("Jonas")
		popup.tabTo("Tab", "#submit")
		popup.press("Enter")
		popup.said(done, "Created “Anvils”")

		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		assert.Equal(t, "1500", created[0].Request["amount"])
		assert.Equal(t, "2031-06-30", created[0].Request["closed_date"])
		popup.see(row("Anvils"), "Meet & Present")
		popup.see(row("Anvils"), "Jonas Keller")
	})
	w.run("after that the cursor is in the name again, and a second Enter is not a second opportunity", func(*testing.T) {
		popup.until(`document.activeElement.id === "name"`)
		popup.press("Enter", "Enter")
		popup.focused()
	})
	w.run("what cannot be read is said, at the field and aloud", func(t *testing.T) {
		popup.tabTo("Tab", "#amount")
		popup.keys("a lot")
		popup.press("Control+Enter")
		popup.said(".remarks [role=status]", "Not saved yet")
		popup.see("#amount-error", "is not an amount")
		popup.until(`document.activeElement.id === "amount" && document.activeElement.getAttribute("aria-invalid") === "true"`)
		popup.until(`document.activeElement.getAttribute("aria-describedby").includes("amount-error")`)
		popup.focused()
		popup.press("Control+a")
		popup.keys("2k")
	})
	w.run("one line and Control+Enter", func(t *testing.T) {
		popup.tabTo("Shift+Tab", "#name")
		popup.press("Control+a")
		popup.keys("Springs 25k propose @priya")
		popup.see("#line", "25,000")
		popup.press("ArrowDown")
		popup.until(`document.querySelector("#name").value === "Springs"`)
		popup.focused()
		popup.press("Control+Enter")
		popup.said("#outbox", "Created “Springs”")
		popup.see(row("Springs"), "Priya Raman")
		popup.until(`document.activeElement.matches(".entry")`) // from where O opens it
		popup.focused()
	})
	var name string
	w.run("the arrows walk through the list and Enter opens a row", func(t *testing.T) {
		popup.tabTo("Shift+Tab", ".row") // the last row
		popup.press("ArrowUp")
		popup.focused()
		popup.press("ArrowUp")
		popup.focused()
		popup.read(`document.activeElement.querySelector(".row-name").textContent`, &name)
		popup.press("Enter")
		popup.see("#form-heading", "Change “"+name+"”")
		popup.until(`document.activeElement.id === "name"`)
		popup.focused()
		popup.press("End")
		popup.keys(", again")
		popup.press("Control+Enter")
		popup.said("#outbox", "Changed “"+name+"”")
		updated := w.writes("opportunity.update")
		require.Len(t, updated, 1)
		assert.Equal(t, map[string]any{"name": name + ", again"}, updated[0].Request)
	})
	w.run("undo", func(t *testing.T) {
		popup.tabTo("Tab", `[data-action="undo"]`)
		popup.press("Enter")
		popup.said("#outbox", "Changed back “"+name)
		popup.focused()
		assert.Len(t, w.writes("opportunity.update"), 2)
	})
	w.run("a colleague's change is decided", func(t *testing.T) {
		popup.close()
		popup = site.click()
		popup.known("Acme Corporation")
		popup.until(`document.activeElement.id === "name"`)
		popup.tabTo("Shift+Tab", ".row")
		for range 8 {
			var there bool
			popup.read(`document.activeElement.title === "Acme training days" || document.activeElement.querySelector('[title="Acme training days"]') !== null`, &there)
			if there {
				break
			}
			popup.press("ArrowUp")
		}
		popup.press("Enter")
		popup.see("#form-heading", "Change “Acme training days”")
		popup.until(`document.activeElement.id === "name"`)
		popup.tabTo("Tab", "#amount")
		popup.press("Control+a")
		popup.keys("7000")
		popup.tabTo("Tab", "#close_date")
		popup.press("Control+a")
		popup.keys("2031-06-30")
		w.change("Acme training days", `{"amount":"6500","closed_date":"2031-07-31"}`)
		popup.press("Control+Enter")
		popup.said(entry("asking"), "Somebody changed this opportunity")
		popup.focused()
		popup.tabTo("Tab", entry("asking")+` [data-field="close_date"]`)
		popup.press("ArrowLeft")
		popup.focused()
		popup.tabTo("Tab", entry("asking")+` [data-action="decide"]`)
		before := len(w.writes("opportunity.update"))
		popup.press("Enter")
		popup.until(`!document.querySelector('.entry[data-state="asking"]')`)
		popup.focused()
		w.eventually("the rep's part is written", func() bool { return len(w.writes("opportunity.update")) == before+1 })
		assert.Equal(t, map[string]any{"amount": "7000"}, w.writes("opportunity.update")[before].Request)
	})
	w.run("discard, and put back", func(*testing.T) {
		popup.tabTo("Tab", "#name")
		popup.press("Control+a")
		popup.keys("Half a thought")
		popup.tabTo("Tab", "#discard")
		popup.press("Enter")
		popup.visible("#put-back")
		popup.until(`document.activeElement.id === "name"`)
		popup.focused()
		popup.tabTo("Tab", "#put-back")
		popup.press("Enter")
		popup.until(`document.querySelector("#name").value === "Half a thought" && document.activeElement.id === "name"`)
		popup.focused()
	})
	assert.Len(t, w.writes("opportunity.create"), 2)
}

// The settings are a page of forms: each control has its turn, and what became of
// a button is said aloud.
func TestKeyboardOnlyInTheSettings(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.tabTo("Tab", "#key")
	options.keys(key)
	options.press("Enter")
	options.said("#say", "Saved.")
	options.focused()
	options.tabTo("Tab", "#test")
	options.press("Space")
	options.said("#say", "All of it works.")
	options.focused()
	options.tabTo("Tab", "#rep")
	options.keys("Priya")
	options.see("#rep", "Priya")
	options.focused()
	options.tabTo("Tab", "#export")
	options.press("Enter")
	options.said("#kept-say", "Exported.")
	options.focused()
	options.tabTo("Shift+Tab", "#base")
	options.press("Control+a")
	options.keys("http://example.com/")
	options.press("Enter")
	options.said("#say", "The address must")
	options.focused()
	options.tabTo("Shift+Tab", "#remove")
	options.press("Enter")
	options.said("#say", "The key is removed from this browser.")
	options.focused()
}
