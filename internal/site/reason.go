package site

import "github.com/dealmark/dealmark/internal/crm"

// Reason says why a page has no company. It is a stable name for programs;
// Sentence is for people.
type Reason string

const (
	NoPage       Reason = "no_page"       // no address at all
	Scheme       Reason = "scheme"        // not http or https
	IPAddress    Reason = "ip_address"    // 192.0.2.1, 0x7f.1, [::1]
	SingleLabel  Reason = "single_label"  // localhost, intranet, com
	PrivateName  Reason = "private_name"  // printer.local, wiki.internal
	PublicSuffix Reason = "public_suffix" // co.uk, github.io
	Invalid      Reason = "invalid_name"  // not a name that DNS could hold
	Network      Reason = "network"       // linkedin.com, mail.google.com
	SeveralLinks Reason = "several_links" // a network's page that may be about one of several companies
)

// Sentence tells a rep what the page is and what to do next. It is empty for
// the empty Reason.
func (r Reason) Sentence() crm.English {
	switch r {
	case NoPage:
		return "There is no web page in this tab. Open the company's site, or type its domain, for example acme.com."
	case Scheme:
		return "This is a page of the browser or a file, not a web site. Open the company's site, or type its domain, for example acme.com."
	case IPAddress:
		return "This address is a number, which names no company. Type the company's domain, for example acme.com."
	case SingleLabel:
		return "This name belongs to a local network, not to a company. Type the company's domain, for example acme.com."
	case PrivateName:
		return "This name is for private networks and names no company. Type the company's domain, for example acme.com."
	case PublicSuffix:
		return "Many organisations have their sites under this name, so it names no one company. Type the company's domain with the part before it, for example acme.co.uk."
	case Invalid:
		return "This is not a name that a web site can have. Check its spelling, or type the company's domain, for example acme.com."
	case Network:
		return "This site is about many companies or people, and the page does not link to exactly one company's own site. Type the company's domain, for example acme.com."
	case SeveralLinks:
		return "This page links to several sites that may be the company's own. Choose it, or type the company's domain, for example acme.com."
	}
	return ""
}
