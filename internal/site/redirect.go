package site

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// redirects are the pages by which networks let go of their visitors. The
// address that they lead to is in one of the parameters.
var redirects = [...]struct {
	host   string // as in networkTable
	path   string
	params string // separated by spaces
}{
	{"linkedin.com", "/redir/redirect", "url"},
	{"linkedin.com", "/redir/general-malware-page", "url"},
	{"linkedin.com", "/safety/go", "url"},
	{"facebook.com", "/l.php", "u"},
	{"facebook.com", "/flx/warn", "u"},
	{"messenger.com", "/l.php", "u"},
	{"instagram.com", "", "u"},
	{"threads.com", "", "u"},
	{"threads.net", "", "u"},
	{"google.*", "/url", "q url"},
	{"youtube.com", "/redirect", "q"},
	{"duckduckgo.com", "/l", "uddg"},
	{"out.reddit.com", "", "url"},
	{"tumblr.com", "/redirect", "z"},
	{"t.umblr.com", "/redirect", "z"},
	{"tiktok.com", "/link/v2", "target"},
	{"medium.com", "/r", "url"},
	{"vk.com", "/away.php", "to"},
	{"slack-redir.net", "/link", "url"},
	{"steamcommunity.com", "/linkfilter", "url u"},
}

// outgoing is the redirect of addons.mozilla.org, which has the address in its
// path.
const outgoing = "prod.outgoing.prod.webservices.mozgcp.net"

// followRedirects is the address that a link leads to in the end. Redirects do
// not nest in practice; the limit is for pages that make them do so.
func followRedirects(link string) (address, Reason) {
	for range 3 {
		a, reason := parseAddress(link)
		if reason != "" {
			return a, reason
		}
		target := redirectTarget(a)
		if target == "" {
			return a, ""
		}
		link = target
	}
	return address{}, Network
}

// redirectTarget is the address in a redirect's parameter, "" for any other
// address.
func redirectTarget(a address) string {
	host := strings.ToLower(a.host)
	path := strings.Trim(a.path, "/")
	if _, in, ok := strings.Cut(path, "/"); ok && belongs(host, "", outgoing) { // /v1/CHECKSUM/ADDRESS
		_, target, _ := strings.Cut(in, "/")
		return decodePercent(target)
	}
	for _, r := range redirects {
		if strings.Trim(r.path, "/") != path || !belongs(host, crm.Domain(strings.TrimPrefix(host, "www.")), r.host) {
			continue
		}
		for param := range strings.SplitSeq(r.params, " ") {
			if target := queryValue(a.query, param); target != "" {
				return target
			}
		}
	}
	return ""
}

// queryValue is the first value of a parameter of a query, decoded.
func queryValue(query, name string) string {
	for pair := range strings.SplitSeq(query, "&") {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return decodePercent(strings.ReplaceAll(value, "+", " "))
		}
	}
	return ""
}
