package site

import (
	"cmp"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Page is what is known of the page that the rep looks at. Every string is the
// page's own and may be anything.
type Page struct {
	URL      string
	Title    string
	SiteName string   // the content of its og:site_name, https://ogp.me/
	Data     []string // its JSON-LD, https://www.w3.org/TR/json-ld/: documents that may be cut off
	Links    []Link   // links that leave the page's site, redirects of the site included
}

// Link is one of a page's links.
type Link struct {
	URL  string // absolute
	Text string // that stands there, or stands for it
}

// Company is whose page it is. Exactly one of Domain and Reason is empty; there
// are Candidates for the reason SeveralLinks alone.
type Company struct {
	Domain   crm.Domain
	Unicode  string // Domain as people write it, or as it is where that could mislead
	Name     string // a guess: the site's name for itself, or the domain's label
	Reason   Reason // why Domain is empty
	Host     string // the page's host in ASCII, without port and trailing dot; empty if it has none
	FromLink bool   // Domain is that of the page's one link to a company

	Candidates []crm.Domain // companies of which the page may be, the likeliest first
}

// ToASCII turns a host name with other than ASCII characters into its ASCII
// form by UTS 46 (https://www.unicode.org/reports/tr46/), or fails. Outside a
// browser it is the Lookup profile of golang.org/x/net/idna; in a browser its
// own URL parser. What it answers is checked as strictly as what a page says.
type ToASCII func(host string) (string, error)

// Recognize says whose page p is. On a page of a network (social, directory,
// code, app store, encyclopedia) that is the company whose site is the only one
// that the page links to, or the only one that a link there calls the website. It asks ascii about hosts with other than ASCII characters only; a
// nil ascii makes these Invalid.
func Recognize(p Page, ascii ToASCII) Company {
	a, reason := parseAddress(p.URL)
	if reason != "" {
		return Company{Reason: reason}
	}
	c := fromHost(a.host, ascii)
	if c.Reason != "" {
		return c
	}
	switch networkOf(c.Host, c.Domain) {
	case notNetwork:
		c.Name = cmp.Or(pageName(p, c, ascii), c.Name)
		return c
	case openNetwork:
		linked, several := linkedCompany(p, c.Domain, ascii)
		if linked.Domain != "" {
			linked.Host, linked.FromLink = c.Host, true
			return linked
		}
		if len(several) > 0 {
			return Company{Reason: SeveralLinks, Host: c.Host, Candidates: several}
		}
	}
	return Company{Reason: Network, Host: c.Host}
}

// ParseDomain reads what a rep types or pastes for a company: a domain, a host
// name, an e-mail address or the address of a page. A network's bare name means
// the network's own company; a page or a mailbox there means nobody in
// particular, so it is refused as Network.
func ParseDomain(text string, ascii ToASCII) Company {
	read := parseAuthority
	text = trim(strings.TrimSpace(text))
	if text == "" || hasScheme(text) {
		read = parseAddress
	}
	a, reason := read(text)
	if reason != "" {
		return Company{Reason: reason}
	}
	c := fromHost(a.host, ascii)
	if c.Reason == "" && !a.bare() && networkOf(c.Host, c.Domain) != notNetwork {
		return Company{Reason: Network, Host: c.Host}
	}
	return c
}

// fromHost is the company of a host as an address spells it.
func fromHost(spelled string, ascii ToASCII) Company {
	host, reason := parseHost(spelled, ascii)
	if reason != "" {
		return Company{Reason: reason, Host: host}
	}
	domain := registrable(host)
	if domain == "" {
		return Company{Reason: PublicSuffix, Host: host}
	}
	c := Company{Domain: crm.Domain(domain), Unicode: display(domain), Host: host}
	c.Name = labelName(c.Unicode)
	return c
}
