//go:build !js

package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The pages of package site's own table, read by extension/page.js in a browser.
func TestPagesOfNetworksInTheBrowser(t *testing.T) {
	w := newWorld(t)
	files, err := filepath.Glob("../site/testdata/networks/*.html")
	require.NoError(t, err)
	require.Greater(t, len(files), 15)
	tab := w.open("about:blank")
	for _, file := range files {
		w.run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			first, _, _ := strings.Cut(string(text), "\n")
			said := strings.Split(strings.TrimSuffix(strings.TrimPrefix(first, "<!-- "), " -->"), " | ")
			require.NoError(t, tab.tab.Serve(w.ctx, map[string]string{said[0]: string(text)}))
			require.NoError(t, tab.tab.Navigate(w.ctx, said[0]))
			popup := tab.click()
			popup.until(`document.querySelector("#company-status").textContent`)
			defer popup.close()
			reason, none := strings.CutPrefix(said[1], "!")
			switch {
			case !none:
				popup.see("#company-domain", said[1])
				popup.see("#company-name", strings.TrimSpace(said[2]))
			case strings.HasPrefix(reason, "several_links"):
				popup.see("#company-status", "This page links to several sites")
				for _, domain := range strings.Fields(reason)[1:] {
					popup.see("#companies", domain)
				}
			default:
				popup.see("#company-status", "does not link to exactly one")
			}
		})
	}
}

// In webmail no script is run at all; on a company's site one is.
func TestNothingIsReadInWebmail(t *testing.T) {
	w := newWorld(t)
	ours := strings.TrimSuffix(w.ExtensionURL(""), "/")
	for _, mail := range []string{"https://mail.google.com/mail/u/0/#inbox", "https://outlook.live.com/mail/0/", "https://acme-my.sharepoint.com/personal/x", "https://www.gmx.de/mail", "https://acme.slack.com/archives/C1"} {
		w.run(mail, func(t *testing.T) {
			tab := w.open("about:blank")
			address, _, _ := strings.Cut(mail, "#")
			require.NoError(t, tab.tab.Serve(w.ctx, map[string]string{address: `<title>Offer from Acme</title><a href="http://www.acme.test/">www.acme.test</a>`}))
			require.NoError(t, tab.tab.Navigate(w.ctx, mail))
			popup := tab.click()
			popup.see("#company-name", "No company")
			popup.see("#company-status", "This site is about many companies")
			assert.NotContains(t, tab.IsolatedWorlds(), ours)
		})
	}
	w.run("on a company's site", func(t *testing.T) {
		tab := w.open(acme)
		popup := tab.click()
		popup.known("Acme Corporation")
		assert.Contains(t, tab.IsolatedWorlds(), ours, "the check sees a script that runs")
	})
}

// What closed.js says of a host is what the table of package site says.
func TestClosedHostsInTheBrowser(t *testing.T) {
	w := newWorld(t)
	page := w.page("options.html")
	var wrong []string
	page.read(`import("./closed.js").then(({ isClosed }) => Object.entries({
		"mail.google.com": true, "x.mail.google.com": true, "mail.google.com.": true, "notmail.google.com": false, "google.com": false, "www.google.com": false,
		"gmail.com": true, "agmail.com": false, "gmail.com.evil.example": false, "hotmail.de": true, "hotmail.co.uk": true, "hotmail.com.br": true, "hotmail.acme.com": false,
		"myhotmail.com": false, "acme.slack.com": true, "www.slack.com": false, "slack.com": false, "acme.sharepoint.com": true, "docs.google.com": true, "acme.com": false, "linkedin.com": false,
	}).filter(([host, closed]) => isClosed(host) !== closed).map(([host]) => host))`, &wrong)
	assert.Empty(t, wrong)
}
