package site

import (
	_ "embed"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// networkTable names the sites whose pages are about others: networks.txt, whose
// first lines say how it is written, without what is for people, in byte order.
//
//go:embed networks.sorted
var networkTable string

type networkKind int

const (
	notNetwork    networkKind = iota
	openNetwork               // its pages may link to the company that they are about
	closedNetwork             // its pages are private mail and documents: their links say nothing
)

// networkOf finds a host, or a name above it, in the table: what belongs to an entry.
func networkOf(host string, domain crm.Domain) networkKind {
	kind := notNetwork
	look := func(entry string) {
		switch line := search(networkTable, '\n', entry); {
		case strings.HasSuffix(line, " closed"):
			kind = closedNetwork
		case line != "" && kind == notNetwork:
			kind = openNetwork
		}
	}
	for name := host; name != ""; _, name, _ = strings.Cut(name, ".") {
		look(name)
		if name != host && !strings.HasSuffix("."+host, ".www."+name) {
			look("*." + name)
		}
	}
	if label, suffix, ok := strings.Cut(string(domain), "."); ok && commonSuffix(suffix) {
		look(label + ".*")
	}
	return kind
}

// belongs says that host is the entry or below it. The entry "*.zendesk.com"
// has what is below it, but not the company's own www. The entry "google.*" has
// every registrable domain with that label under com, a country, or com or co
// of a country.
func belongs(host string, domain crm.Domain, entry string) bool {
	if own, ok := strings.CutPrefix(entry, "*."); ok {
		return host != own && within(host, own) && !within(host, "www."+own)
	}
	if label, ok := strings.CutSuffix(entry, ".*"); ok {
		suffix, ok := strings.CutPrefix(string(domain), label+".")
		return ok && commonSuffix(suffix)
	}
	return within(host, entry)
}

// within says that host is name or below it.
func within(host, name string) bool {
	above, ok := strings.CutSuffix(host, name)
	return ok && (above == "" || above[len(above)-1] == '.')
}

func commonSuffix(suffix string) bool {
	if country, ok := strings.CutPrefix(suffix, "com."); ok {
		suffix = country
	} else if country, ok := strings.CutPrefix(suffix, "co."); ok {
		suffix = country
	}
	return suffix == "com" || len(suffix) == 2
}
