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

// Apollo knows custom fields by their ids, in typed_custom_fields; it ignores
// them under their names without a word.
func (t Tag) write(body *wire.Writer) {
	if t.Field != "" {
		body.Member("typed_custom_fields").BeginObject().Member(string(t.Field)).String(t.Text).EndObject()
	}
}

// readTagged is readOpportunity with what stands in a custom field.
func readTagged(r *wire.Reader, field FieldID) (Tagged, bool) {
	var one Tagged
	var read opportunityReader
	r.Object(func(name []byte) {
		if field == "" || string(name) != "typed_custom_fields" || !r.Is('{') {
			read.member(r, name)
			return
		}
		r.Object(func(id []byte) {
			if string(id) == string(field) {
				one.Tag = tagText(r)
			}
		})
	})
	var ok bool
	one.Opportunity, ok = read.opportunity()
	return one, ok
}

// tagText reads a text, or a list of one: Apollo was seen to give both.
func tagText(r *wire.Reader) (tag string) {
	if !r.Is('[') {
		return text(r)
	}
	r.Array(func() {
		if tag == "" {
			tag = text(r)
		}
	})
	return tag
}
