//go:build !js

package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNoCompanyOnThisPage(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct{ url, says string }{
		"a page of the browser": {"chrome://version/", "There is no web page in this tab"},
		"an empty page":         {"about:blank", "There is no web page in this tab"},
		"a page in its address": {"data:text/html,<title>acme.com</title>", "There is no web page in this tab"},
		"a page's source":       {"view-source:http://www.acme.test/", "There is no web page in this tab"},
		"an IP address":         {"http://" + w.SiteAddr() + "/", "This address is a number"},
		"localhost":             {"http://localhost/", "This name belongs to a local network"},
		"a network":             {"http://www.linkedin.com/feed/", ""},
	} {
		w.run(name, func(t *testing.T) {
			popup := w.popup(c.url)
			if c.says == "" { // a network's page that links to one company's own site is about that company
				popup.known("Acme Corporation")
				return
			}
			popup.see("#company-name", "No company")
			popup.see("#company-status", c.says)
			popup.see("#company-status", "domain, for example acme.com")
			popup.visible("#domain-form")
		})
	}
	w.run("a document that is no page is its company's all the same", func(t *testing.T) {
		popup := w.popup("http://www.acme.test/brochure.pdf")
		popup.known("Acme")
		assert.Equal(t, "acme.test", popup.text("#company-domain"))
	})
	w.run("the rep types the domain and goes on", func(t *testing.T) {
		popup := w.popup("chrome://version/")
		popup.until(`document.activeElement.id === "domain"`)
		popup.fill("#name", "Typed before the domain")
		popup.fill("#domain", "not a domain")
		popup.press("Enter")
		popup.see("#choice-text", "No company of this name is known")
		popup.fill("#domain", "https://www.acme.test/about")
		popup.press("Enter")
		popup.known("Acme Corporation")
		assert.Equal(t, "Typed before the domain", popup.value("#name"))
		popup.clickOn("#submit")
		popup.see(done, "Created “Typed before the domain”")
		assert.Len(t, w.writes("opportunity.create"), 1)
	})
}

// In a mailbox an account without a domain is chosen for one message: the next
// opening knows nothing of it, nor does what is painted before the core is there.
func TestAnAccountForOneMessage(t *testing.T) {
	w := newWorld(t)
	const mail = "https://mail.google.com/mail/u/0/"
	mailbox := w.open("about:blank")
	require.NoError(t, mailbox.tab.Serve(w.ctx, map[string]string{mail: "<title>Offer</title>"}))
	require.NoError(t, mailbox.tab.Navigate(w.ctx, mail))
	popup := mailbox.click()
	popup.see("#company-name", "No company")
	popup.fill("#name", "Arc reactors")
	popup.fill("#domain", "stark")
	popup.press("Enter")
	popup.see("#companies .row", "no domain in Apollo")
	popup.until(`document.activeElement.matches("#companies .row")`)
	popup.press("Enter")
	popup.known("Stark & Daughters")
	popup.see("#company-alias", "Not remembered for this page")
	popup.see("#rows", "Stark workshop")
	assert.Equal(t, "Arc reactors", popup.value("#name"))
	time.Sleep(300 * time.Millisecond) // what is shown is kept a tenth of a second later
	popup.picture("account-for-one-message")
	popup.clickOn("#submit")
	popup.see(done, "Created “Arc reactors”")
	created := w.writes("opportunity.create")
	require.Len(t, created, 1)
	assert.Equal(t, "Stark & Daughters", created[0].Fields["account"].(map[string]any)["name"])
	var hosts []string
	popup.read(kept+`.then(Object.keys)`, &hosts)
	assert.Empty(t, hosts)
	popup.close()

	popup = mailbox.click()
	popup.see("#company-status", "This site is about many companies")
	popup.see("#company-name", "No company")
	popup.visible("#domain-form")
}

func TestTheNameThatAPageHasForPrograms(t *testing.T) {
	w := newWorld(t)
	popup := w.popup("http://structured.test/")
	popup.see("#company-name", "Structured Goods Ltd")
	popup.until(`document.querySelector("#account_name").value === "Structured Goods Ltd"`)
}

func TestACompanyThatIsNotInApollo(t *testing.T) {
	w := newWorld(t)
	popup := w.popup("http://fresh.test/")
	popup.see("#company-name", "Fresh Foods")
	popup.see("#company-status", "Not in Apollo yet. Saving")
	popup.see("#list-status", "No opportunities with Fresh Foods yet.")
	popup.see("#submit", "Create opportunity for Fresh Foods")
	popup.until(`document.querySelector("#account_name").value === "Fresh Foods"`)
	popup.visible("#account_name")
	assert.Empty(t, w.writes("account.create"), "nothing is made by looking")

	popup.fill("#name", "First greens")
	popup.press("Enter")
	popup.see(done, "Created “First greens”")
	popup.see("#company-status", "In Apollo")
	popup.see(row("First greens"), "Qualify")
	assert.Equal(t, 1, w.requests("account.bulk_create"))
	created := w.writes("opportunity.create")
	require.Len(t, created, 1)
	account := created[0].Fields["account"].(map[string]any)
	assert.Equal(t, "fresh.test", account["domain"])
	assert.Equal(t, "Fresh Foods", account["name"])
}

func TestSeveralAccountsOnOneDomain(t *testing.T) {
	w := newWorld(t)
	site := w.open("http://www.initech.test/")
	popup := site.click()
	popup.see("#company-status", "2 accounts in Apollo have this domain")
	popup.see("#companies", "Initech Europe")
	popup.see("#companies", "Priya Raman · 2 open · last activity")
	w.run("by the keyboard", func(t *testing.T) {
		popup.until(`document.querySelector("#list").hidden && document.querySelector("#owner").value`)
		popup.picture("company-several")
		popup.press("Shift+Tab")
		popup.until(`document.activeElement.matches("#companies .row")`)
		popup.press("ArrowUp", "ArrowDown", "ArrowUp")
		popup.until(`document.activeElement.textContent.startsWith("Initech Europe")`)
		popup.press("Enter")
		popup.see("#company-status", "In Apollo")
		popup.until(`document.activeElement.id === "name" && document.querySelector("#choice").hidden`)
		popup.see("#rows", "Initech Europe entry")
		popup.until(`!document.querySelector("#rows").textContent.includes("Initech reporting")`)
	})
	popup.close()

	popup = site.click()
	popup.known("Initech Europe")
	popup.until(`document.querySelector("#account").selectedOptions[0].label === "Initech Europe"`)
	popup.fill("#name", "For Europe")
	popup.press("Enter")
	popup.see(done, "Created “For Europe”")
	created := w.writes("opportunity.create")
	require.Len(t, created, 1)
	assert.Equal(t, "Initech Europe", created[0].Fields["account"].(map[string]any)["name"])

	w.run("another one later, for a host of its own", func(t *testing.T) {
		popup := w.popup("http://us.initech.test/")
		popup.known("Initech Europe")
		popup.clickOn("#company-change")
		popup.see(`#companies [aria-current="true"]`, "Initech Europe")
		popup.clickOn(`#companies .row:not([aria-current])`)
		popup.until(`document.querySelector("#company-name").textContent === "Initech"`)
		popup.close()
		popup = w.popup("http://us.initech.test/")
		popup.until(`document.querySelector("#company-name").textContent === "Initech"`)
		popup.close()
		site.click().known("Initech Europe")
	})
}

func TestTheRepCorrectsTheCompany(t *testing.T) {
	w := newWorld(t)
	site := w.open("http://app.acme-cloud.test/")
	popup := site.click()
	popup.see("#company-domain", "acme-cloud.test")
	popup.fill("#amount", "25k")
	w.run("Escape leaves the choice, not the popup", func(t *testing.T) {
		popup.clickOn("#company-change")
		popup.until(`document.activeElement.id === "domain" && document.querySelector("#company-change").ariaExpanded === "true"`)
		popup.see("#choice-text", "What you choose is remembered for app.acme-cloud.test.")
		popup.press("Escape")
		popup.until(`document.activeElement.id === "company-change" && document.querySelector("#choice").hidden`)
	})
	w.run("found by name", func(t *testing.T) {
		popup.press("Enter")
		popup.until(`document.activeElement.id === "domain"`)
		popup.keys("corporation")
		popup.press("Enter")
		popup.see("#companies", "Acme Corporation")
		popup.see("#companies", "acme.test")
		popup.picture("company-found")
		popup.until(`document.activeElement.matches("#companies .row")`)
		popup.press("Enter")
		popup.known("Acme Corporation")
		popup.see("#company-alias", "Remembered for app.acme-cloud.test")
		popup.until(`document.activeElement.id === "name"`)
		assert.Equal(t, "25k", popup.value("#amount"))
	})
	popup.close()
	w.run("known at once at the next opening, before Apollo answers", func(t *testing.T) {
		before := len(w.apollo.Requests())
		popup = site.click()
		popup.known("Acme Corporation")
		popup.see("#company-alias", "Remembered for app.acme-cloud.test")
		popup.picture("company-remembered")
		assert.Len(t, w.apollo.Requests(), before)
	})
	w.run("taken back", func(t *testing.T) {
		popup.clickOn("#company-change")
		popup.picture("company-forget")
		popup.clickOn("#forget-alias")
		popup.see("#company-domain", "acme-cloud.test")
		popup.close()
		popup = site.click()
		popup.see("#company-domain", "acme-cloud.test")
		popup.until(`!document.querySelector("#company-alias").textContent`)
	})
}

// An account that Apollo knows without a domain: the host points to it, also after
// its alias was exported and imported again.
func TestAnAccountWithoutADomain(t *testing.T) {
	w := newWorld(t)
	site := w.open("http://app.acme-cloud.test/")
	popup := site.click()
	popup.see("#company-domain", "acme-cloud.test")
	w.run("found and chosen", func(t *testing.T) {
		popup.keys("Arc reactors")
		popup.clickOn("#company-change")
		popup.fill("#domain", "stark")
		popup.press("Enter")
		popup.see("#companies", "Stark & Daughters")
		popup.see("#companies", "no domain in Apollo")
		popup.picture("company-without-domain")
		popup.until(`document.activeElement.matches("#companies .row")`)
		popup.press("Enter")
		popup.known("Stark & Daughters")
		popup.see("#company-alias", "Remembered for app.acme-cloud.test")
		popup.see("#rows", "Stark workshop")
		popup.until(`document.activeElement.id === "name"`)
		popup.press("Enter")
		popup.see(done, "Created “Arc reactors”")
		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		assert.Equal(t, "65f000050000000000000009", created[0].Fields["account_id"])
		assert.Empty(t, w.writes("account.create"))
		popup.close()
	})
	w.run("kept by the settings, whatever is done to it", func(t *testing.T) {
		tab := w.open(w.ExtensionURL("options.html"))
		options := tab.page
		options.until(`[...document.querySelectorAll("#aliases li input")].map((i) => i.value).join() === "app.acme-cloud.test,Stark & Daughters"`)
		options.eval(`(() => { globalThis.exported = ""; URL.createObjectURL = (blob) => (blob.text().then((text) => (exported = text)), "about:blank"); HTMLAnchorElement.prototype.click = () => {}; })()`)
		options.clickOn("#aliases-export")
		options.until(`exported.includes('"account": "65f000050000000000000009"')`)
		options.fill("#aliases li input", "acme-cloud.test")
		options.press("Tab")
		options.see("#aliases-say", "Saved.")
		popup := w.popup("http://www.acme-cloud.test/")
		popup.known("Stark & Daughters")
		popup.close()
		options.clickOn("#aliases li button")
		options.see("#aliases-none", "No page is known")
		options.eval(`(() => {
			const given = new DataTransfer();
			given.items.add(new File([exported], "aliases.json"));
			const file = document.querySelector("#aliases-file");
			file.files = given.files;
			file.dispatchEvent(new Event("change"));
		})()`)
		options.see("#aliases-say", "1 host was added.")
		require.NoError(t, tab.tab.Activate(w.ctx)) // what is behind is not drawn
		options.eval(`(() => document.querySelector("#aliases-section").scrollIntoView())()`)
		options.picture("company-alias-of-account")
		options.close()
	})
	w.run("known at the next opening", func(t *testing.T) {
		popup = site.click()
		popup.known("Stark & Daughters")
		popup.see("#rows", "Arc reactors")
		popup.clickOn("#company-change")
		popup.clickOn("#forget-alias")
		popup.until(`document.querySelector("#rows").children.length === 0 && !document.querySelector("#company-alias").textContent`)
	})
}

func TestTheNewAccountsNameIsTheReps(t *testing.T) {
	w := newWorld(t)
	site := w.open("http://fresh.test/")
	popup := site.click()
	popup.until(`document.querySelector("#account_name").value === "Fresh Foods"`)
	popup.picture("company-new-account")
	popup.fill("#account_name", "")
	popup.press("Enter")
	popup.see("#account_name-error", "Give the new account a name.")
	popup.until(`document.activeElement.id === "account_name"`)
	popup.fill("#account_name", "Fresh Foods GmbH")
	popup.see("#submit", "Create opportunity for Fresh Foods GmbH")
	popup.close()
	popup = site.click()
	popup.until(`document.querySelector("#account_name").value === "Fresh Foods GmbH"`)
	popup.fill("#name", "First greens")
	popup.press("Enter")
	popup.see(done, "Created “First greens”")
	created := w.writes("opportunity.create")
	require.Len(t, created, 1)
	assert.Equal(t, "Fresh Foods GmbH", created[0].Fields["account"].(map[string]any)["name"])
	popup.until(`!document.querySelector("#account-field").hasAttribute("data-new")`)
}
