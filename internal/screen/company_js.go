package screen

import (
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/words"
)

// company is the popup's head.
type company struct {
	in words.Words

	popup, mark, name, domain, unicode, status, alias, asOf element
}

func newCompany(f *finder, in words.Words) *company {
	return &company{
		in:      in,
		popup:   f.find("popup"),
		mark:    f.find("company-mark"),
		name:    f.find("company-name"),
		domain:  f.find("company-domain"),
		unicode: f.find("company-unicode"),
		status:  f.find("company-status"),
		alias:   f.find("company-alias"),
		asOf:    f.find("company-as-of"),
	}
}

func (c *company) show(v popup.Company) {
	name := v.Name
	if name == "" {
		name = v.Domain
	}
	if name == "" {
		name = c.in.Say("No company")
	}
	initial, _ := utf8.DecodeRuneInString(name)
	if v.Status == popup.NoCompany {
		initial = '?'
	}
	c.popup.SetAttribute("data-status", string(v.Status))
	c.mark.show(string(initial))
	c.name.show(name)
	c.name.SetTitle(name)
	c.domain.show(v.Domain)
	c.unicode.show(v.Unicode)
	c.status.show(v.Text)
	c.status.SetTitle(v.Text)
	c.alias.show(v.Alias)
	c.popup.state("data-passing", when(v.Passing, "true"))
	c.asOf.show(v.AsOf)
}
