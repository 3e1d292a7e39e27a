package site_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/idna"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
)

// toASCII is the port as every native caller passes it.
var toASCII site.ToASCII = idna.Lookup.ToASCII

// row is one line of a table in testdata: name | text | result | display form.
// The text is quoted as in Go where it could not be seen otherwise; the result
// is a domain or "!" and a reason; the display form is the domain's if absent.
type row struct{ name, text, result, unicode string }

func readRows(t testing.TB, path string) []row {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var rows []row
	group, seen := "", map[string]bool{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			group = heading
			continue
		}
		if line == "" {
			continue
		}
		parts := strings.Split(line, " | ")
		require.True(t, len(parts) == 3 || len(parts) == 4, line)
		r := row{name: group + "/" + parts[0], text: parts[1], result: parts[2], unicode: parts[len(parts)-1]}
		require.False(t, seen[r.name], "two rows have the name %q", r.name)
		seen[r.name] = true
		if strings.HasPrefix(r.text, `"`) {
			r.text, err = strconv.Unquote(r.text)
			require.NoError(t, err, line)
		}
		rows = append(rows, r)
	}
	require.NotEmpty(t, rows, path)
	return rows
}

func assertRow(t *testing.T, want row, got site.Company) {
	t.Helper()
	if reason, ok := strings.CutPrefix(want.result, "!"); ok {
		assert.Equal(t, site.Reason(reason), got.Reason, "%+v", got)
		assert.Empty(t, got.Domain)
		assert.Empty(t, got.Unicode)
		assert.Empty(t, got.Name)
		return
	}
	assert.Empty(t, got.Reason)
	assert.Equal(t, crm.Domain(want.result), got.Domain)
	assert.Equal(t, want.unicode, got.Unicode)
	assert.NotEmpty(t, got.Name)
}

func TestRecognize(t *testing.T) {
	for _, r := range readRows(t, "testdata/pages.txt") {
		t.Run(r.name, func(t *testing.T) {
			assertRow(t, r, site.Recognize(site.Page{URL: r.text}, toASCII))
		})
	}
}

func TestParseDomain(t *testing.T) {
	for _, r := range readRows(t, "testdata/typed.txt") {
		t.Run(r.name, func(t *testing.T) {
			assertRow(t, r, site.ParseDomain(r.text, toASCII))
		})
	}
}

// What no row of the tables says: the port is asked only where it is needed,
// and is not trusted.
func TestToASCIIPort(t *testing.T) {
	answer := func(host string, err error) site.ToASCII {
		return func(string) (string, error) { return host, err }
	}
	forbidden := func(host string) (string, error) {
		t.Errorf("the port was asked about %q", host)
		return host, nil
	}
	for name, c := range map[string]struct {
		url    string
		ascii  site.ToASCII
		domain crm.Domain
		reason site.Reason
	}{
		"not asked about ASCII":         {"https://ACME.com", forbidden, "acme.com", ""},
		"not asked about punycode":      {"https://xn--bcher-kva.de", forbidden, "xn--bcher-kva.de", ""},
		"not asked about a slash":       {"https://evil.example%2f.bücher.de", forbidden, "", site.Invalid},
		"not asked about bad UTF-8":     {"https://b\xff.de", forbidden, "", site.Invalid},
		"none":                          {"https://bücher.de", nil, "", site.Invalid},
		"fails":                         {"https://bücher.de", answer("acme.com", assert.AnError), "", site.Invalid},
		"answers nothing":               {"https://bücher.de", answer("", nil), "", site.Invalid},
		"answers in capitals":           {"https://bücher.de", answer("ACME.COM.", nil), "acme.com", ""},
		"answers with other characters": {"https://bücher.de", answer("bücher.de", nil), "", site.Invalid},
		"answers an address":            {"https://bücher.de", answer("a@b.de/x", nil), "", site.Invalid},
		"answers a number":              {"https://bücher.de", answer("0x7f.1", nil), "", site.IPAddress},
		"answers brackets":              {"https://bücher.de", answer("[::1]", nil), "", site.Invalid},
		"answers a suffix":              {"https://bücher.de", answer("co.uk", nil), "", site.PublicSuffix},
	} {
		t.Run(name, func(t *testing.T) {
			got := site.Recognize(site.Page{URL: c.url}, c.ascii)
			assert.Equal(t, c.domain, got.Domain)
			assert.Equal(t, c.reason, got.Reason)
		})
	}
}

func TestHost(t *testing.T) {
	for url, host := range map[string]string{
		"https://u@Shop.Acme.CO.UK.:8443/x": "shop.acme.co.uk",
		"https://bücher.de/":                "xn--bcher-kva.de",
		"http://0x7f.1/":                    "127.0.0.1",
		"http://3232235777/":                "192.168.1.1",
		"http://[FE80::1]:80/":              "[fe80::1]",
		"http://LOCALHOST:3000/":            "localhost",
		"http://github.io/":                 "github.io",
		"http://printer.local/":             "printer.local",
		"https://www.linkedin.com/in/jo":    "www.linkedin.com",
		"https://a..b/":                     "",
		"chrome://settings":                 "",
		"":                                  "",
	} {
		assert.Equal(t, host, site.Recognize(site.Page{URL: url}, toASCII).Host, url)
	}
}
