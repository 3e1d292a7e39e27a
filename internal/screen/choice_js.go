package screen

import (
	"slices"

	"github.com/dealmark/dealmark/internal/popup"
)

// choice stands in the place of the list while the rep chooses the company, or
// one of its accounts.
type choice struct {
	section, list, change, search, forget, text element
	rows                                        element
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
		rows:    f.find("companies"),
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
	if !slices.Equal(c.shown, v.Rows) { // rarely, and never under the cursor
		c.rows.clear()
		for i := range v.Rows {
			c.add(&v.Rows[i])
		}
	}
	c.shown = v.Rows
}

func (c *choice) add(v *popup.Candidate) {
	button := c.rows.add("li", "").add("button", "row")
	button.SetAttribute("type", "button")
	button.SetAttribute("data-action", when(v.Domain == "", "choose_account")+when(v.Domain != "", "choose_domain"))
	button.state("data-domain", v.Domain)
	button.state("data-id", string(v.Account))
	button.state("aria-current", when(v.Current, "true"))
	name := button.add("span", "row-name")
	name.SetDir("auto")
	name.SetTitle(v.Name)
	name.show(v.Name)
	button.add("span", "row-detail").add("span", "").show(v.Detail)
}
