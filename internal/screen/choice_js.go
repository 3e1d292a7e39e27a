package screen

import "github.com/dealmark/dealmark/internal/popup"

// choice stands in the place of the list while the rep chooses the company, or
// one of its accounts.
type choice struct {
	section, list, change, search, forget, text element
	rows                                        *keyed[popup.Candidate]
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
			children: children{parent: f.find("companies")},
			key:      func(v popup.Candidate) string { return v.Domain + " " + string(v.Account) },
			equal:    func(a, b popup.Candidate) bool { return a == b },
			build:    buildCandidate,
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
	c.rows.show(v.Rows)
}

func buildCandidate(child element) func(popup.Candidate) {
	button := child.add("button", "row")
	button.SetAttribute("type", "button")
	name := button.add("span", "row-name")
	name.SetDir("auto")
	detail := button.add("span", "row-detail").add("span", "")
	return func(v popup.Candidate) {
		button.SetAttribute("data-action", when(v.Domain == "", "choose_account")+when(v.Domain != "", "choose_domain"))
		button.state("data-domain", v.Domain)
		button.state("data-id", string(v.Account))
		button.state("aria-current", when(v.Current, "true"))
		name.SetTitle(v.Name)
		name.show(v.Name)
		detail.show(v.Detail)
	}
}
