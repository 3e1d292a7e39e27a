package site_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/publicsuffix"

	"github.com/dealmark/dealmark/internal/site"
)

// assertSound is what holds for every answer of the package.
func assertSound(t *testing.T, c site.Company) {
	t.Helper()
	require.NotEqual(t, c.Domain == "", c.Reason == "", "exactly one of domain and reason: %+v", c)
	if c.Domain == "" {
		require.True(t, slices.Contains(reasons, c.Reason), c.Reason)
		require.Equal(t, site.Company{Reason: c.Reason, Host: c.Host, Candidates: c.Candidates}, c)
		require.Equal(t, c.Reason == site.SeveralLinks, len(c.Candidates) > 0)
		require.LessOrEqual(t, len(c.Candidates), 6)
		for _, candidate := range c.Candidates {
			require.Equal(t, candidate, site.ParseDomain(string(candidate), nil).Domain)
		}
		return
	}
	domain := string(c.Domain)
	require.Empty(t, strings.Trim(domain, "abcdefghijklmnopqrstuvwxyz0123456789-_."), "lower case ASCII")
	require.LessOrEqual(t, len(domain), 253)
	suffix, _ := publicsuffix.PublicSuffix(domain)
	require.NotEqual(t, suffix, domain, "a public suffix")
	registrable, err := publicsuffix.EffectiveTLDPlusOne(domain)
	require.NoError(t, err)
	require.Equal(t, registrable, domain)
	if !c.FromLink {
		require.True(t, c.Host == domain || strings.HasSuffix(c.Host, "."+domain), "%q of %q", domain, c.Host)
	}

	again := site.ParseDomain(domain, nil)
	require.Equal(t, c.Domain, again.Domain, "not idempotent")
	require.Equal(t, c.Unicode, again.Unicode)

	for _, text := range []string{c.Unicode, c.Name} {
		require.NotEmpty(t, text)
		require.True(t, utf8.ValidString(text))
		require.False(t, strings.ContainsFunc(text, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}), "%q", text)
	}
	require.False(t, strings.ContainsFunc(c.Unicode, func(r rune) bool {
		return !unicode.IsPrint(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r)
	}), "%q", c.Unicode)
	require.LessOrEqual(t, utf8.RuneCountInString(c.Name), 120)
}

func FuzzRecognize(f *testing.F) {
	for _, r := range append(readRows(f, "testdata/pages.txt"), readRows(f, "testdata/typed.txt")...) {
		f.Add(r.text, "Acme", "https://acme.com")
	}
	f.Add("https://www.linkedin.com/company/acme", "\u202eLinkedIn\x00", "https://www.google.com/url?q=https%3A%2F%2Fb%C3%BCcher.de")
	f.Fuzz(func(t *testing.T, address, name, link string) {
		page := site.Page{URL: address, Title: name, SiteName: name, Links: []site.Link{{URL: link, Text: name}, {URL: address, Text: link}}}
		assertSound(t, site.Recognize(page, toASCII))
		assertSound(t, site.Recognize(page, nil))
		assertSound(t, site.ParseDomain(address, toASCII))
	})
}

// Whatever a page says of itself, the name stays a name: short, of one line, and
// nothing in it that turns the text around it.
func FuzzPageName(f *testing.F) {
	f.Add(`{"@type":"Organization","name":"Acme","url":"https://acme.com"}`, "Acme | Rockets", "Acme")
	f.Add(`[{"@graph":[{"@type":["WebSite"],"name":["x",1]},{"@type":"LocalBusiness","name":"\u202eemcA"}]}`, "(3) Acme: x", "")
	f.Add(`{"__proto__":{"@type":"Organization","name":"x"},"constructor":1`, "constructor", "__proto__")
	f.Add(strings.Repeat("[", 2000), "\u0000", "<b>")
	f.Fuzz(func(t *testing.T, data, title, name string) {
		page := site.Page{URL: "https://acme.com/", Title: title, SiteName: name, Data: []string{data, title}}
		assertSound(t, site.Recognize(page, toASCII))
		page.URL = "https://www.linkedin.com/company/acme"
		page.Links = []site.Link{{URL: "https://acme.com", Text: title}, {URL: "https://globex.com", Text: name}}
		assertSound(t, site.Recognize(page, toASCII))
	})
}
