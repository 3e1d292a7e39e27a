package site_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/site"
)

// hostOf is the host name that the JavaScript engine's own URL parser reads out
// of an address, and false where it refuses the address.
func hostOf(address string) (host string, ok bool) {
	defer func() {
		if recover() != nil {
			host, ok = "", false
		}
	}()
	return js.Global().Get("URL").New(address).Get("hostname").String(), true
}

// browserToASCII is the port as the browser has it.
func browserToASCII(host string) (string, error) {
	ascii, ok := hostOf("http://" + host + "/")
	if !ok {
		return "", errors.New("not a host name")
	}
	return ascii, nil
}

// assertAsBrowser compares what package site makes of an address with what the
// engine makes of it. Site may refuse more, since a browser opens names that DNS
// cannot hold, but it never reads another host.
func assertAsBrowser(t *testing.T, address string) {
	t.Helper()
	got := site.Recognize(site.Page{URL: address}, browserToASCII)
	assertSound(t, got)
	host, ok := hostOf(address)
	switch {
	case got.Reason == site.NoPage || got.Reason == site.Scheme:
		return
	case !ok && strings.Contains(got.Host, "xn--"):
		return // the engine knows which code points a label may hold
	case !ok:
		require.Equal(t, site.Invalid, got.Reason, "%q is refused by the browser: %+v", address, got)
	case got.Reason == site.Invalid:
		// Engines differ in whether an encoded label may be one that needs no encoding.
		require.True(t, beyondDNS(host) || strings.Contains(host, "xn--"), "%q has the host %q", address, host)
	default:
		require.Equal(t, strings.TrimSuffix(host, "."), inBrackets(host, got.Host), "%q", address)
	}
}

// inBrackets is the engine's host where both are IPv6 addresses, of which site
// keeps the spelling.
func inBrackets(browser, host string) string {
	if strings.HasPrefix(browser, "[") && strings.HasPrefix(host, "[") {
		return browser
	}
	return host
}

func beyondDNS(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if len(host) > 253 || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
		return true
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 {
			return true
		}
	}
	return false
}

func TestHostsAsTheBrowserReadsThem(t *testing.T) {
	for _, r := range readRows(t, "testdata/pages.txt") {
		t.Run(r.name, func(t *testing.T) { assertAsBrowser(t, r.text) })
	}
}

// The table's rows hold with the browser's port too, save where it is laxer than
// the Lookup profile.
func TestRecognizeWithTheBrowsersPort(t *testing.T) {
	for _, r := range readRows(t, "testdata/pages.txt") {
		t.Run(r.name, func(t *testing.T) {
			assertRow(t, r, site.Recognize(site.Page{URL: r.text}, browserToASCII))
		})
	}
}

func TestRandomAddressesAsTheBrowserReadsThem(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	pieces := []string{
		"http:", "https:", "HTTP:", "ftp:", "/", "/", "//", `\`, "@", ":", ":80", ":99999", "?", "#", ".", ".", ".", "..", "%", "%2e", "%2F", "%40", "%00", "%41", "%ff", "%C3%BC",
		"acme", "com", "co.uk", "a", "0", "1", "09", "0x", "0x7f", "127", "256", "4294967296", "[", "]", "[::1]", "::", " ", "\t", "\n", "\x00", "\x7f", "<", "^", "|", "_", "-", "xn--", "xn--bcher-kva", "xn--a", "XN--BCHER-KVA",
		"ü", "Ü", "ß", "。", "．", "１", "ａ", "／", "＠", "：", "\u00ad", "\u200b", "\u202e", "\ufeff", "\ufffd", "а", "公司", "💩", "\u0301", "localhost", "local", strings.Repeat("a", 63),
	}
	for range 20_000 {
		var b strings.Builder
		if r.IntN(4) > 0 {
			b.WriteString("https://")
		}
		for range 1 + r.IntN(8) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		// Go hands strings to JavaScript by a decoder that eats a leading byte order mark.
		assertAsBrowser(t, strings.TrimLeft(b.String(), "\ufeff"))
	}
}

func TestBrowserPort(t *testing.T) {
	ascii, err := browserToASCII("bücher.de")
	require.NoError(t, err)
	assert.Equal(t, "xn--bcher-kva.de", ascii)
	_, err = browserToASCII("b\u202eücher.de")
	assert.Error(t, err)
}
