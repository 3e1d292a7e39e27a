package apollo

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Values of custom fields are documented as strings, and of a picklist as the id
// of an option; recorded were lists of ids, and seen were numbers and truth values
// too. They are sent as documented, of several options as a list, and read in every
// form. What is sent and what comes back are compared by the field's kind.

// writeCustom writes the custom ones of fields, and a tag. Apollo knows custom
// fields by their ids, in typed_custom_fields; it ignores them under their names
// without a word.
func writeCustom(body *wire.Writer, values crm.Values, fields []crm.Field, tag Tag) {
	open := false
	member := func(id string) {
		if !open {
			body.Member("typed_custom_fields").BeginObject()
			open = true
		}
		body.Member(id)
	}
	for _, f := range fields {
		kind, id, custom := f.Custom()
		if !custom || f == crm.FieldContacts {
			continue
		}
		member(id)
		switch text := values.Text(f); {
		case text == "":
			body.Null()
		case kind == crm.CustomChoices:
			body.BeginArray()
			for option := range strings.SplitSeq(text, ",") {
				body.String(option)
			}
			body.EndArray()
		default:
			body.String(text)
		}
	}
	if tag.Field != "" {
		member(string(tag.Field))
		body.String(tag.Text)
	}
	if open {
		body.EndObject()
	}
}

// customText reads a value of any form as one text: of a list the values with
// commas between.
func customText(r *wire.Reader) (value string) {
	switch {
	case r.Is('"'):
		return r.String()
	case r.Is('0'):
		return r.Number()
	case r.Is('t'), r.Is('f'):
		if r.Bool() {
			return "true"
		}
		return "false"
	case r.Is('['):
		r.Array(func() {
			if one := customText(r); value == "" {
				value = one
			} else if one != "" {
				value += "," + one
			}
		})
		return value
	}
	r.Skip()
	return ""
}

// kindOf is what a field of Apollo holds, "" if Dealmark cannot fill it: what
// points at users or other records, what has a time of day, and what is computed.
func kindOf(f Field) crm.CustomKind {
	switch f.Type {
	case "string", "textarea", "text":
		return crm.CustomText
	case "number":
		return crm.CustomNumber
	case "date":
		return crm.CustomDate
	case "boolean":
		return crm.CustomBool
	case "picklist":
		return crm.CustomChoice
	case "multi_picklist", "multipicklist":
		return crm.CustomChoices
	}
	return ""
}

// Fillable is the custom field of opportunities that f is, "" if a form cannot fill
// it.
func (f Field) Fillable() crm.Field {
	field := crm.CustomField(kindOf(f), string(f.ID))
	if kind, _, ok := field.Custom(); f.Of != "opportunity" || !ok || kind == "" {
		return ""
	}
	return field
}

// CustomField is a custom field of opportunities that the form can have.
type CustomField struct {
	Field     crm.Field
	Label     string
	Options   []Option // of a choice
	MaxLength int      // of a text, in characters; 0 where Apollo does not say
}

// OpportunityFields are the team's custom fields of opportunities that a form can
// fill, in Apollo's order; others are those that it cannot, by their labels.
//
// https://docs.apollo.io/reference/get-a-list-of-all-custom-fields
func (c *Client) OpportunityFields(ctx context.Context) (fields []CustomField, others []string, err error) {
	all, err := c.CustomFields(ctx)
	for _, f := range all {
		if f.Of != "opportunity" {
			continue
		}
		if field := f.Fillable(); field != "" {
			fields = append(fields, CustomField{field, f.Label, f.Options, f.MaxLength})
		} else {
			others = append(others, f.Label)
		}
	}
	return fields, others, err
}
