package site_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/site"
)

func TestName(t *testing.T) {
	for name, c := range map[string]struct{ siteName, want string }{
		"none":                      {"", "Acme"},
		"plain":                     {"Acme & Söhne", "Acme & Söhne"},
		"spaces around":             {"  Acme  ", "Acme"},
		"spaces within":             {"Acme \t\r\n  GmbH", "Acme GmbH"},
		"no-break spaces":           {"\u00a0Acme\u00a0\u2003GmbH", "Acme GmbH"},
		"only white space":          {" \t\n\u3000", "Acme"},
		"only what does not show":   {"\u200b\u202e\u2066\ufeff\u00ad", "Acme"},
		"only joiners":              {"\u200d\u200c", "Acme"},
		"bidi override":             {"Acme \u202egnp.exe", "Acme gnp.exe"},
		"bidi isolates":             {"\u2066Acme\u2069", "Acme"},
		"NUL and escape":            {"Ac\x00me\x1b[31m", "Ac me [31m"},
		"line breaks forge nothing": {"Acme\r\nX-Header: 1", "Acme X-Header"},
		"line separator":            {"Acme\u2028Inc", "Acme Inc"},
		"bytes that are no text":    {"Ac\xff\xfeme\xed\xa0\x80", "Acme"},
		"replacement character":     {"Ac\ufffdme", "Ac\ufffdme"},
		"Persian joiner":            {"می\u200cخواهم", "می\u200cخواهم"},
		"family emoji":              {"👩\u200d👧 Acme", "👩\u200d👧 Acme"},
		"emoji style":               {"❤\ufe0f Acme", "❤\ufe0f Acme"},
		"markup is text":            {"<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"},
		"formula is text":           {"=HYPERLINK(1)", "=HYPERLINK(1)"},
		"tower of marks":            {"Z" + strings.Repeat("\u0310", 50) + "a", "Z\u0310\u0310\u0310a"},
		"mark first":                {"\u0310Acme", "Acme"},
		"120 characters":            {strings.Repeat("ü", 120), strings.Repeat("ü", 120)},
		"121 characters":            {strings.Repeat("ü", 121), strings.Repeat("ü", 120)},
		"space at the cut":          {strings.Repeat("a", 119) + " bc", strings.Repeat("a", 119)},
		"a megabyte":                {strings.Repeat("Acme ", 1<<18), strings.TrimSpace(strings.Repeat("Acme ", 24))},
		"a megabyte of white space": {strings.Repeat(" \n", 1<<19), "Acme"},
	} {
		t.Run(name, func(t *testing.T) {
			got := site.Recognize(site.Page{URL: "https://acme.co.uk", SiteName: c.siteName}, nil).Name
			assert.Equal(t, c.want, got)
			assert.True(t, utf8.ValidString(got))
			assert.LessOrEqual(t, utf8.RuneCountInString(got), 120)
			assert.Equal(t, strings.TrimSpace(got), got)
			assert.False(t, strings.ContainsFunc(got, unicode.IsControl))
		})
	}
}

func TestNameOfTheDomain(t *testing.T) {
	for domain, want := range map[string]string{
		"acme.co.uk":             "Acme",
		"acme.github.io":         "Acme",
		"3m.com":                 "3m",
		"t-mobile.com":           "T-mobile",
		"xn--bcher-kva.de":       "Bücher",
		"xn--80aafi6cg.xn--p1ai": "Правда",
		"xn--80ak6aa92e.com":     "xn--80ak6aa92e",
		"xn--fiq02ib9d179b.cn":   "中国移动",
		"_x.acme-a.com":          "Acme-a",
	} {
		assert.Equal(t, want, site.ParseDomain(domain, nil).Name, domain)
	}
}
