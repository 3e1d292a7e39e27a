package main

import (
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// The team's custom fields: one whose texts are compared by their meaning, and one
// whose order means nothing.
const (
	months   crm.Field = "custom.number.000000000000000000000801"
	products crm.Field = "custom.choices.000000000000000000000802"
)

// everyField gives all fields that an opportunity has here.
func everyField() []crm.Field {
	standard := crm.Fields()
	return append(standard[:], months, products)
}

// spelled are values as Apollo gives them back: it does not say what kind a custom
// field is of, and writes what is in it in its own way.
func spelled(v crm.Values) crm.Values {
	var custom crm.Custom
	for f, text := range v.Custom.All() {
		kind, id, _ := f.Custom()
		switch kind {
		case crm.CustomNumber:
			if text != "" && !strings.Contains(text, ".") {
				text += ".00"
			}
		case crm.CustomChoices:
			options := strings.Split(text, ",")
			slices.Reverse(options)
			text = strings.Join(options, ",")
		}
		custom = custom.With(crm.CustomField("", id), text)
	}
	v.Custom = custom
	return v
}

// seen are values as a form keeps them, under the names of its fields.
func seen(v crm.Values) crm.Values {
	v.Custom = v.Custom.Only([]crm.Field{months, products})
	return v
}

// is says whether an opportunity has in all fields of an update what it asks for.
func (d *deal) is(u crm.Update) bool {
	return !slices.ContainsFunc(u.Fields, func(f crm.Field) bool { return d.Text(f) != u.Want.Text(f) })
}
