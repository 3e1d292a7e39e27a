package site

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// organization finds out what a page's JSON-LD calls the organization whose
// page it is (https://schema.org/Organization). A document that is cut off or
// broken is read as far as it goes.
type organization struct {
	own   crm.Domain
	ascii ToASCII
	name  string
	rank  int // of name: how surely it is the page's own
}

const (
	nobody    = iota
	webSite   // the site's name for itself
	unplaced  // an organization that says no address
	ownSite   // an organization with an address on the page's domain
	maxNested = 8
)

// organizationName is "" if the documents name none.
func organizationName(documents []string, own crm.Domain, ascii ToASCII) string {
	o := organization{own: own, ascii: ascii}
	for _, document := range documents {
		o.value(wire.NewReader([]byte(document)), 0)
	}
	return o.name
}

func (o *organization) value(r *wire.Reader, depth int) {
	switch {
	case depth > maxNested:
	case r.Is('['):
		r.Array(func() { o.value(r, depth+1) })
	case r.Is('{'):
		o.object(r, depth)
	}
}

// object reads one node and those in it that are about the page's owner. What a
// page reviews, sells or quotes may have a name as well, and is skipped.
func (o *organization) object(r *wire.Reader, depth int) {
	rank, name, url := nobody, "", ""
	r.Object(func(member []byte) {
		switch string(member) {
		case "@type":
			eachText(r, func(text string) { rank = max(rank, typeRank(text)) })
		case "name":
			eachText(r, func(text string) {
				if name == "" {
					name = cleanName(unescape(text))
				}
			})
		case "url":
			eachText(r, func(text string) { url = text })
		case "@graph", "publisher", "mainEntity", "isPartOf":
			o.value(r, depth+1)
		}
	})
	if url != "" {
		switch a, reason := parseAddress(url); {
		case reason != "": // a path, or not an address
		case fromHost(a.host, o.ascii).Domain != o.own:
			return
		case rank == unplaced:
			rank = ownSite
		}
	}
	if rank > o.rank && says(name) {
		o.name, o.rank = name, rank
	}
}

// eachText reads a text, or each of an array.
func eachText(r *wire.Reader, read func(string)) {
	switch {
	case r.Is('"'):
		read(r.String())
	case r.Is('['):
		r.Array(func() {
			if r.Is('"') {
				read(r.String())
			}
		})
	}
}

// typeRank tells organizations by the ends of their types' names: there are some
// two hundred.
func typeRank(text string) int {
	text = text[strings.LastIndexAny(text, "/:#")+1:]
	if text == "WebSite" {
		return webSite
	}
	for end := range strings.SplitSeq("Organization Business Corporation Store Service Agency Dealer Contractor NGO Airline University School Hospital Restaurant Hotel", " ") {
		if strings.HasSuffix(text, end) {
			return unplaced
		}
	}
	return nobody
}

// unescape replaces the character references that JSON-LD should not have and
// often has: "Smith &amp; Sons".
func unescape(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	for pair := range strings.SplitSeq("&lt;=< &gt;=> &quot;=\" &#34;=\" &apos;=' &#39;=' &#039;=' &#8217;=’ &amp;=&", " ") {
		reference, character, _ := strings.Cut(pair, "=")
		text = strings.ReplaceAll(text, reference, character)
	}
	return text
}
