package screen

import (
	"slices"

	"github.com/dealmark/dealmark/internal/popup"
)

// choice stands in the place of the list while the rep chooses the company, or
// one of its accounts.
type choice struct {
	section, list, change, search, forget, text element
	rows                                        *keyed[popup.Candidate]
	shown                                       []popup.Candidate
}

func newChoice(f *finder) *choice {
	return &choice{
		section: f.find("choice"),
		list:    f.find("list"),
		change:  f.find("company-change"),
		search:  f.find("domain-form"),
		forget:  f.find("forget-alias"),
		text:    f.find("choice-text"),
		rows: &keyed[popup.Candidate]{
			parent: f.find("companies"),
			key:    func(v popup.Candidate) string { return string(v.Account) + " " + v.Domain },
			equal:  func(a, b popup.Candidate) bool { return a == b },
			build:  buildCandidate,
		},
	}
}

func (c *choice) show(v popup.Choice, company popup.Status) {
	c.section.flag("hidden", !v.Open)
	c.list.flag("hidden", v.Open)
	c.change.flag("hidden", company == popup.NoCompany)
	c.change.SetAttribute("aria-expanded", when(v.Open, "true")+when(!v.Open, "false"))
	c.search.flag("hidden", !v.Search)
	c.forget.flag("hidden", !v.Forget)
	c.text.show(v.Text)
	if !slices.Equal(c.shown, v.Rows) {
		c.rows.show(v.Rows)
	}
	c.shown = v.Rows
}

func buildCandidate() (element, func(popup.Candidate)) {
	child := create("li", "")
	button := child.add("button", "row")
	button.SetAttribute("type", "button")
	name := button.add("span", "row-name")
	name.SetDir("auto")
	detail := button.add("span", "row-detail").add("span", "")
	return child, func(v popup.Candidate) {
		action := "choose_domain"
		if v.Domain == "" {
			action = "choose_account"
		}
		button.SetAttribute("data-action", action)
		button.state("data-domain", v.Domain)
		button.state("data-id", string(v.Account))
		button.state("aria-current", when(v.Current, "true"))
		button.state("aria-disabled", when(v.Lost, "true"))
		name.show(v.Name)
		name.SetTitle(v.Name)
		detail.show(v.Detail)
	}
}
