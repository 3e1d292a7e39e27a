package apollo

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Tag is a text in one of the team's custom fields of opportunities. Without a
// field it is none.
type Tag struct {
	Field FieldID
	Text  string
}

// Tagged is an opportunity with the text that stands in a custom field, "" for
// none.
type Tagged struct {
	crm.Opportunity
	Tag string
}

// readTagged is readOpportunity with the custom fields and, apart from them, what
// stands in one of them.
func readTagged(r *wire.Reader, field FieldID) (Tagged, bool) {
	var one Tagged
	var read opportunityReader
	var custom crm.Custom
	r.Object(func(name []byte) {
		if string(name) == "opportunity_contact_roles" {
			if text := contactsText(readRoles(r)); text != "" {
				custom = custom.With(crm.FieldContacts, text)
			}
			return
		}
		if string(name) != "typed_custom_fields" || !r.Is('{') {
			read.member(r, name)
			return
		}
		r.Object(func(id []byte) {
			if string(id) == string(field) {
				one.Tag = firstText(r)
			} else if value := customText(r); value != "" {
				custom = custom.With(crm.CustomField("", string(id)), value)
			}
		})
	})
	var ok bool
	one.Opportunity, ok = read.opportunity()
	one.Custom = custom
	return one, ok
}

// firstText reads a text, or a list of one: Apollo was seen to give both.
func firstText(r *wire.Reader) (first string) {
	if !r.Is('[') {
		return text(r)
	}
	r.Array(func() {
		if first == "" {
			first = text(r)
		}
	})
	return first
}
