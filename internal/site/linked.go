package site

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// maxCandidates is how many companies a rep is asked to choose from.
const maxCandidates = 6

// candidate is a company to whose site a network's page links.
type candidate struct {
	Company
	likely int // see below
}

const (
	linked   = iota // it is linked to
	titled          // and the page's title has its name
	declared        // a link calls it the website, or shows its address
)

// linkedCompany is the company that a network's page is about: the only one that
// it links to, or the only one that a link calls its website. Where neither is
// so, several are those that it may be, if there are any.
func linkedCompany(p Page, own crm.Domain, ascii ToASCII) (only Company, several []crm.Domain) {
	all := candidates(p, own, ascii)
	for likely := declared; likely >= linked; likely-- {
		var found *candidate
		count := 0
		for _, c := range all {
			if c.likely != likely {
				continue
			}
			found = c
			if count++; len(several) < maxCandidates {
				several = append(several, c.Domain)
			}
		}
		if count == 1 && (likely == declared || len(all) == 1) {
			return found.Company, nil
		}
	}
	return Company{}, several
}

// candidates leaves aside links to networks, to the page's own domain and to no
// domain.
func candidates(p Page, own crm.Domain, ascii ToASCII) (all []*candidate) {
	for i := range p.Links {
		link := &p.Links[i]
		c := leadsTo(link, ascii)
		if c.Domain == "" || c.Domain == own || networkOf(c.Host, c.Domain) != notNetwork {
			continue
		}
		var known *candidate
		for _, before := range all {
			if before.Domain == c.Domain {
				known = before
			}
		}
		if known == nil {
			known = &candidate{Company: c}
			// A network's title may add a product or a verdict to the name.
			if name := spelledOut(cleanName(p.Title), crm.Domain(c.Unicode).Label()); name != "" {
				known.Name, known.likely = name, titled
			}
			all = append(all, known)
		}
		if callsWebsite(link.Text, c.Domain, ascii) {
			known.likely = declared
		}
	}
	return all
}

// leadsTo is the company of a link's address. A shortened address hides it; then
// its text shows it.
func leadsTo(link *Link, ascii ToASCII) Company {
	a, reason := followRedirects(link.URL)
	if reason != "" {
		return Company{}
	}
	if strings.EqualFold(a.host, "t.co") {
		text, _, _ := strings.Cut(strings.TrimSpace(link.Text), " ")
		return ParseDomain(text, ascii)
	}
	return fromHost(a.host, ascii)
}

// websiteWords are what links to a company's own site are called.
const websiteWords = "|website|web site|visit website|visit site|visit the website|official website|official site|company website|company site" +
	"|seller website|developer website|developer's website|homepage|home page|webseite|website besuchen|zur website|site web|site internet" +
	"|sitio web|página web|ウェブサイト|公式サイト|الموقع الإلكتروني|"

// callsWebsite says that a link's text is a word for the company's site, or shows
// the address that it leads to.
func callsWebsite(text string, leads crm.Domain, ascii ToASCII) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	if oneOf(text, websiteWords) {
		return true
	}
	text = strings.TrimPrefix(text, "website ") // of an aria-label that goes on with the address
	word, _, _ := strings.Cut(text, " ")
	return strings.Contains(word, ".") && ParseDomain(word, ascii).Domain == leads
}

// oneOf says that text is in a list between bars.
func oneOf(text, list string) bool {
	return text != "" && !strings.Contains(text, "|") && strings.Contains(list, "|"+text+"|")
}
