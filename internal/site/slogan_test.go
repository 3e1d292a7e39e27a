package site_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/site"
)

// What a page calls its company. Without a name on the page it is the domain's
// label.
func TestNameOfThePage(t *testing.T) {
	org := func(members string) []string { return []string{`{"@context":"https://schema.org",` + members + `}`} }
	for name, c := range map[string]struct {
		page site.Page
		want string
	}{
		// JSON-LD
		"organization":               {site.Page{Data: org(`"@type":"Organization","name":"ACME Inc."`)}, "ACME Inc."},
		"before the site's name":     {site.Page{SiteName: "Acme Blog", Data: org(`"@type":"Organization","name":"ACME Inc."`)}, "ACME Inc."},
		"name before type":           {site.Page{Data: org(`"name":"ACME Inc.","@type":"Organization"`)}, "ACME Inc."},
		"kind of organization":       {site.Page{Data: org(`"@type":"LocalBusiness","name":"ACME Inc."`)}, "ACME Inc."},
		"kind by address":            {site.Page{Data: org(`"@type":"http://schema.org/Corporation","name":"ACME Inc."`)}, "ACME Inc."},
		"several kinds":              {site.Page{Data: org(`"@type":["Brand","OnlineStore"],"name":"ACME Inc."`)}, "ACME Inc."},
		"in a graph":                 {site.Page{Data: org(`"@graph":[{"@type":"WebPage","name":"Home"},{"@type":"Organization","name":"ACME Inc."}]`)}, "ACME Inc."},
		"in a list":                  {site.Page{Data: []string{`[{"@type":"BreadcrumbList"},{"@type":"Organization","name":"ACME Inc."}]`}}, "ACME Inc."},
		"second document":            {site.Page{Data: []string{`{"@type":"Product","name":"Anvil"}`, `{"@type":"Organization","name":"ACME Inc."}`}}, "ACME Inc."},
		"publisher of an article":    {site.Page{Data: org(`"@type":"NewsArticle","name":"News","publisher":{"@type":"Organization","name":"ACME Inc."}`)}, "ACME Inc."},
		"its own address":            {site.Page{Data: org(`"@type":"Organization","name":"ACME Inc.","url":"https://www.acme.com/"`)}, "ACME Inc."},
		"own address first":          {site.Page{Data: []string{`[{"@type":"Organization","name":"Partner"},{"@type":"Organization","name":"ACME Inc.","url":"https://acme.com"}]`}}, "ACME Inc."},
		"another's address":          {site.Page{Data: org(`"@type":"Organization","name":"Evil","url":"https://evil.example"`)}, "Acme"},
		"the maker of what is sold":  {site.Page{Data: org(`"@type":"Product","name":"Anvil","manufacturer":{"@type":"Organization","name":"Evil"}`)}, "Acme"},
		"what is reviewed":           {site.Page{Data: org(`"@type":"Review","itemReviewed":{"@type":"Organization","name":"Evil"}`)}, "Acme"},
		"a person":                   {site.Page{Data: org(`"@type":"Person","name":"Jo"`)}, "Acme"},
		"web site":                   {site.Page{Data: org(`"@type":"WebSite","name":"Acme Rockets"`)}, "Acme Rockets"},
		"organization over web site": {site.Page{Data: []string{`[{"@type":"WebSite","name":"Acme Rockets"},{"@type":"Organization","name":"ACME Inc."}]`}}, "ACME Inc."},
		"character references":       {site.Page{Data: org(`"@type":"Organization","name":"Acme &amp; Sons&#039;"`)}, "Acme & Sons'"},
		"template's name":            {site.Page{Data: org(`"@type":"Organization","name":"My Website"`)}, "Acme"},
		"empty name":                 {site.Page{Data: org(`"@type":"Organization","name":""`), SiteName: "Acme Rockets"}, "Acme Rockets"},

		// hostile JSON-LD
		"cut off":             {site.Page{Data: []string{`{"@graph":[{"@type":"Organization","name":"ACME Inc."},{"@type":"Arti`}}, "ACME Inc."},
		"cut off in the name": {site.Page{Data: []string{`{"@type":"Organization","name":"ACME In`}}, "Acme"},
		"not JSON":            {site.Page{Data: []string{"<!-- x -->", "", "null", "7", `"Organization"`, "\xff"}}, "Acme"},
		"other types":         {site.Page{Data: org(`"@type":"Organization","name":{"@value":"x"},"url":7,"name":null,"name":["ACME Inc.",9]`)}, "ACME Inc."},
		"a megabyte":          {site.Page{Data: org(`"@type":"Organization","name":"` + strings.Repeat("x", 1<<20) + `"`)}, strings.Repeat("x", 120)},
		"deep":                {site.Page{Data: []string{strings.Repeat(`[`, 1<<20)}}, "Acme"},
		"deep publisher":      {site.Page{Data: []string{strings.Repeat(`{"publisher":`, 900) + `{"@type":"Organization","name":"Evil"}` + strings.Repeat(`}`, 900)}}, "Acme"},
		"prototype":           {site.Page{Data: org(`"__proto__":{"@type":"Organization","name":"Evil"},"constructor":{"prototype":{"name":"Evil"}}`)}, "Acme"},
		"named prototype":     {site.Page{Data: org(`"@type":"Organization","name":"__proto__"`)}, "__proto__"},
		"markup":              {site.Page{Data: org(`"@type":"Organization","name":"<img src=x onerror=alert(1)>"`)}, "<img src=x onerror=alert(1)>"},
		"bidi controls":       {site.Page{Data: org(`"@type":"Organization","name":"\u202eemcA\u2066\u200b"`)}, "emcA"},
		"controls and lines":  {site.Page{Data: org(`"@type":"Organization","name":"\n\tACME\u0000\r\nInc.  "`)}, "ACME Inc."},
		"an address":          {site.Page{Data: org(`"@type":"Organization","name":"https://evil.example"`)}, "Acme"},

		// the site's name
		"site name":             {site.Page{SiteName: " Acme\nRockets "}, "Acme Rockets"},
		"site name and slogan":  {site.Page{SiteName: "Acme Rockets | Fly higher"}, "Acme Rockets"},
		"site name, other name": {site.Page{SiteName: "Coyote | Fly higher"}, "Coyote | Fly higher"},
		"template's site name":  {site.Page{SiteName: "Home", Title: "ACME - Rockets"}, "ACME"},

		// the title
		"name and slogan":       {site.Page{Title: "ACME — Rockets and anvils since 1949"}, "ACME"},
		"slogan and name":       {site.Page{Title: "Rockets for everybody | Acme Corporation"}, "Acme Corporation"},
		"page, name and slogan": {site.Page{Title: "About us · ACME · Rockets"}, "ACME"},
		"colon":                 {site.Page{Title: "ACME: industrial scale"}, "ACME"},
		"hyphen in a name":      {site.Page{Title: "ACME-Corp - Rockets"}, "ACME-Corp"},
		"initials":              {site.Page{URL: "https://ibm.com", Title: "International Business Machines - United States"}, "International Business Machines"},
		"the name is in it":     {site.Page{Title: "Welcome to ACME, the rocket people"}, "ACME"},
		"two words":             {site.Page{URL: "https://brightside.com", Title: "Welcome to Bright Side, your baker"}, "Bright Side"},
		"get before the name":   {site.Page{URL: "https://getacme.com", Title: "ACME | Rockets"}, "ACME"},
		"umlauts":               {site.Page{URL: "https://baeckerei-mueller.de", Title: "Brot | Bäckerei Müller"}, "Bäckerei Müller"},
		"news first":            {site.Page{Title: "(12) ACME | Inbox"}, "ACME"},
		"all slogan":            {site.Page{Title: "Rockets and anvils for every canyon"}, "Acme"},
		"home":                  {site.Page{Title: "Home"}, "Acme"},
		"nothing":               {site.Page{}, "Acme"},
		"hostile title":         {site.Page{Title: "\u202e<b>Acme</b>\x00 | " + strings.Repeat("acme ", 1<<18)}, "acme"},

		// a network's page
		"linked": {site.Page{URL: "https://www.linkedin.com/company/acme", Title: "(3) ACME Corp: Overview | LinkedIn", SiteName: "LinkedIn",
			Data: org(`"@type":"Organization","name":"LinkedIn"`), Links: bare("https://acme.com")}, "ACME"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.page.URL == "" {
				c.page.URL = "https://www.acme.com/"
			}
			got := site.Recognize(c.page, toASCII)
			assertSound(t, got)
			assert.Equal(t, c.want, got.Name)
		})
	}
}
