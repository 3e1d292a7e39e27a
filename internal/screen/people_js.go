package screen

import (
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/popup"
)

// people are the account's contacts, folded away until they are asked for.
type people struct {
	fold, status, list, input, search element
	rows                              []personRow
	shown                             []string // the ids in the list, and the roles
}

type personRow struct{ box, role element }

func newPeople(f *finder) *people {
	return &people{fold: f.find("people"), status: f.find("people-status"), list: f.find("people-list"), input: f.find("people-field"), search: f.find("people-search")}
}

func (p *people) show(v popup.People, another bool) {
	p.fold.flag("hidden", !v.Offered)
	p.status.show(v.Status)
	if p.search.flag("hidden", !v.Search); !v.Search {
		p.search.setValue("")
	}
	p.input.SetAttribute("name", string(v.Field))
	if another || !p.input.HasAttribute(touched) {
		p.input.setValue(v.Value)
		p.input.flag(touched, v.Touched)
	}
	p.build(v)
	chosen := p.input.value()
	for i, person := range v.Rows {
		_, of, is := strings.Cut(chosen, person.ID)
		role := ""
		if rest, ok := strings.CutPrefix(of, ":"); ok {
			role, _, _ = strings.Cut(rest, ",")
		}
		row := p.rows[i]
		row.box.Set("checked", is)
		row.box.Set("disabled", v.Locked)
		row.role.setValue(role)
		row.role.Set("disabled", v.Locked)
	}
}

// build makes the rows anew where there are others.
func (p *people) build(v popup.People) {
	var ids []string
	for _, person := range v.Rows {
		ids = append(ids, person.ID)
	}
	for _, role := range v.Roles {
		ids = append(ids, role.Value)
	}
	if slices.Equal(ids, p.shown) {
		return
	}
	p.shown, p.rows = ids, nil
	p.list.clear()
	for _, person := range v.Rows {
		li := p.list.add("li", "person")
		li.SetAttribute("data-contact", person.ID)
		label := li.add("label", "")
		box := label.add("input", "")
		box.SetAttribute("type", "checkbox")
		name := label.add("span", "")
		name.SetDir("auto")
		name.show(person.Name)
		title := label.add("span", "person-title")
		title.SetDir("auto")
		title.show(person.Title)
		role := li.add("select", "")
		role.SetAttribute("aria-label", person.Name)
		for _, option := range v.Roles {
			o := role.add("option", "")
			o.setValue(option.Value)
			o.show(option.Label)
		}
		p.rows = append(p.rows, personRow{box, role})
	}
}
