//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNoCompanyOnThisPage(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct{ url, says string }{
		"a page of the browser": {"chrome://version/", "There is no web page in this tab"},
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
	w.run("the rep types the domain and goes on", func(t *testing.T) {
		popup := w.popup("chrome://version/")
		popup.until(`document.activeElement.id === "domain"`)
		popup.fill("#name", "Typed before the domain")
		popup.fill("#domain", "not a domain")
		popup.press("Enter")
		popup.until(`document.querySelector("#say").textContent`)
		popup.fill("#domain", "https://www.acme.test/about")
		popup.press("Enter")
		popup.known("Acme Corporation")
		assert.Equal(t, "Typed before the domain", popup.value("#name"))
		popup.clickOn("#submit")
		popup.see(done, "Created “Typed before the domain”")
		assert.Len(t, w.writes("opportunity.create"), 1)
	})
}

func TestACompanyThatIsNotInApollo(t *testing.T) {
	w := newWorld(t)
	popup := w.popup("http://fresh.test/")
	popup.see("#company-name", "Fresh Foods")
	popup.see("#company-status", "Not in Apollo yet. Saving")
	popup.see("#list-status", "No opportunities with Fresh Foods yet.")
	popup.see("#submit", "Create opportunity for Fresh Foods")
	popup.until(`document.querySelector("#account").selectedOptions[0].label === "Fresh Foods (new account)"`)
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
	site := w.open("http://initech.test/")
	popup := site.click()
	popup.see("#company-status", "2 accounts in Apollo have this domain")
	popup.see("#rows", "Initech reporting")
	popup.see("#rows", "Initech Europe entry")
	popup.choose("#account", "Initech Europe")
	popup.see("#company-status", "In Apollo")
	popup.until(`!document.querySelector("#rows").textContent.includes("Initech reporting")`)
	popup.see("#rows", "Initech Europe entry")
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
}
