package apollo

import (
	"context"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	fieldList = &operation{
		name: OpFields, method: "GET", path: "/fields",
		right: "api/v1/fields/index",
	}
	customFieldList = &operation{
		name: OpCustomFields, method: "GET", path: "/typed_custom_fields",
		right: "api/v1/typed_custom_fields/index",
	}
	fieldCreate = &operation{
		name: OpFieldCreate, method: "POST", path: "/fields",
		right: "api/v1/fields/create",
		doubt: "It is not known whether the field was created: look in Apollo before you try again.",
	}
)

// FieldID identifies a field of contacts, accounts or opportunities, as it
// stands in [Record.CustomFields]: without the prefix that Apollo's list of
// fields gives it.
type FieldID string

// Field is a field of contacts, accounts or opportunities.
type Field struct {
	ID       FieldID
	Of       string // "contact", "account" or "opportunity"
	Label    string
	Type     string // "string", "number", "date", "picklist", "lookup_user" …
	Source   string // "system", "custom" or "crm_synced"; "" where Apollo does not say
	Editable bool
	// MaxLength is of a text, in characters; 0 where Apollo does not say.
	MaxLength int
	Options   []Option // of a picklist
}

// Option is a choice of a picklist. A record holds its ID.
type Option struct {
	ID, Name string
}

// Fields reads the fields of a source: "system", "custom", "crm_synced", or ""
// for all.
//
// https://docs.apollo.io/reference/get-a-list-of-fields
func (c *Client) Fields(ctx context.Context, source string) ([]Field, error) {
	var query []Param
	if source != "" {
		query = []Param{{"source", source}}
	}
	return all(ctx, c, call{operation: fieldList, query: query}, "fields", readField)
}

// CustomFields reads the custom fields with the options of their picklists, from
// an older list that Apollo keeps for that.
//
// https://docs.apollo.io/reference/get-a-list-of-all-custom-fields
func (c *Client) CustomFields(ctx context.Context) ([]Field, error) {
	return all(ctx, c, call{operation: customFieldList}, "typed_custom_fields", readField)
}

// NewField is a custom field to be made. MaxLength is in characters, for texts;
// 0 leaves it to Apollo.
type NewField struct {
	Of, Label, Type string // as in Field; Type may be string, textarea, number, date, datetime, boolean
	MaxLength       int
}

// The names of a field's parts in the differences of [Client.CreateField].
const (
	FieldLabel     crm.Field = "label"
	FieldMaxLength crm.Field = "max_length"
	FieldOf        crm.Field = "modality"
	FieldType      crm.Field = "type"
)

// CreateField makes a custom field. The differences are the parts that Apollo
// stored otherwise than they were sent. Each call makes another field.
//
// https://docs.apollo.io/reference/create-a-custom-field
func (c *Client) CreateField(ctx context.Context, field NewField) (Field, []crm.Difference, error) {
	if field.Of == "" || field.Label == "" || field.Type == "" {
		return Field{}, nil, unsent(fieldCreate, &crm.Error{Kind: crm.Invalid, Field: FieldLabel, Message: "A field needs a label, a type, and what it is a field of."})
	}
	body := new(wire.Writer).BeginObject()
	body.Text("label", field.Label).Text("modality", field.Of).Text("type", field.Type)
	if field.MaxLength > 0 {
		body.Member("meta").BeginObject().Member("max_length").Int(field.MaxLength).EndObject()
	}
	made, err := all(ctx, c, call{operation: fieldCreate, body: body.EndObject()}, "typed_custom_fields", readField)
	if err == nil && len(made) == 0 {
		err = c.failure(call{operation: fieldCreate}, Response{Status: 200}, errUnusable)
	}
	if err != nil {
		return Field{}, nil, err
	}
	var differences []crm.Difference
	compare := func(f crm.Field, sent, stored string) {
		if sent != stored {
			differences = append(differences, crm.Difference{Field: f, Sent: sent, Stored: stored})
		}
	}
	compare(FieldLabel, field.Label, made[0].Label)
	compare(FieldOf, field.Of, made[0].Of)
	if made[0].Type != "" { // documented without
		compare(FieldType, field.Type, made[0].Type)
	}
	if field.MaxLength > 0 {
		compare(FieldMaxLength, strconv.Itoa(field.MaxLength), strconv.Itoa(made[0].MaxLength))
	}
	return made[0], differences, nil
}

// readField reads a field of both lists: the older one calls the label a name.
func readField(r *wire.Reader) (Field, bool) {
	var f Field
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			f.ID = FieldID(text(r))
		case "modality":
			f.Of = text(r)
		case "label", "name":
			f.Label = text(r)
		case "type":
			f.Type = text(r)
		case "source":
			f.Source = text(r)
		case "text_field_max_length":
			f.MaxLength = number(r)
		case "editable":
			f.Editable = truth(r)
		case "picklist_values", "picklist_options":
			f.Options = append(f.Options, readOptions(r)...)
		case "meta":
			if r.Is('{') {
				r.Object(func(name []byte) {
					if string(name) == "picklist_values" || string(name) == "picklist_options" {
						f.Options = append(f.Options, readOptions(r)...)
					}
				})
			}
		}
	})
	if f.Of != "" {
		f.ID = FieldID(strings.TrimPrefix(string(f.ID), f.Of+"."))
	}
	return f, f.ID != ""
}

func readOptions(r *wire.Reader) []Option {
	var options []Option
	if !r.Is('[') {
		return nil
	}
	rows(r, func() bool {
		var o Option
		r.Object(func(name []byte) {
			switch string(name) {
			case "id", "_id":
				if id := text(r); id != "" {
					o.ID = id
				}
			case "name":
				o.Name = text(r)
			}
		})
		if o.ID != "" {
			options = append(options, o)
		}
		return true
	})
	return options
}
