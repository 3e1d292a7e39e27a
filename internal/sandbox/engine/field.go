package engine

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Field is a custom field of the team's contacts, accounts or opportunities.
type Field struct {
	ID, Label string
	// Modality is contact, account or opportunity.
	Modality string
	// Type is string, textarea, number, date, datetime, boolean or picklist.
	Type string
	// MaxLength is a text's, in characters; 0 is none.
	MaxLength int
	// Options are a picklist's.
	Options []Option
	// Age is how long before the start the field was created.
	Age time.Duration
}

// Option is a choice of a picklist; what is stored is its id.
type Option struct{ ID, Name string }

// field is a Field as it is stored.
type field struct {
	Field
	createdAt time.Time
}

// systemField is one that every team has.
type systemField struct{ modality, name, label, kind, parent string }

var systemFields = []systemField{
	{"contact", "id", "Identifier", "string", ""},
	{"contact", "name", "Name", "string", ""},
	{"contact", "first_name", "First name", "string", "contact.name"},
	{"contact", "email", "Email", "string", ""},
	{"account", "name", "Company", "string", ""},
	{"account", "domain", "Website", "string", ""},
	{"opportunity", "name", "Deal name", "string", ""},
	{"opportunity", "amount", "Amount", "number", ""},
	{"opportunity", "closed_date", "Close date", "date", ""},
	{"opportunity", "opportunity_stage_id", "Stage", "picklist", ""},
}

// createdTypes are the types that fields can be created with; a picklist is
// made in Apollo itself.
var createdTypes = []string{"string", "textarea", "number", "date", "datetime", "boolean"}

var modalities = []string{"contact", "account", "opportunity"}

func (t *team) seedField(f Field, now time.Time) {
	created := now.Add(-f.Age).Truncate(time.Millisecond)
	if f.ID == "" {
		f.ID = t.ids.object(created)
	}
	t.fields = append(t.fields, field{f, created})
}

// listFields are the fields of a source: system, custom or crm_synced; of all,
// if none is named. An id is "opportunity." and the id that typed_custom_fields has.
//
// https://docs.apollo.io/reference/get-a-list-of-fields
func (t *team) listFields(x *Exchange) (any, *refusal) {
	source := x.params.text("source")
	rows := []*fieldJSON{}
	if source == "" || source == "system" {
		for _, f := range systemFields {
			rows = append(rows, f.json())
		}
	}
	if source == "" || source == "custom" {
		for i := range t.fields {
			rows = append(rows, t.fields[i].json())
		}
	}
	return struct {
		Fields []*fieldJSON `json:"fields"`
	}{rows}, nil
}

// createField makes a custom field.
//
// https://docs.apollo.io/reference/create-a-custom-field
func (t *team) createField(x *Exchange) (any, *refusal) {
	f := field{Field{
		Label: strings.TrimSpace(x.params.text("label")), Modality: x.params.text("modality"), Type: x.params.text("type"),
		MaxLength: maxLength(x.params),
	}, x.now}
	switch {
	case f.Label == "":
		return nil, unprocessable("Label is required")
	case strings.HasPrefix(f.Label, reservedPrefix):
		return nil, reservedName()
	case !slices.Contains(modalities, f.Modality):
		return nil, unprocessable("Invalid modality")
	case !slices.Contains(createdTypes, f.Type):
		return nil, unprocessable("Invalid field type")
	}
	f.ID = t.ids.object(x.now)
	if !x.drops() {
		t.fields = append(t.fields, f)
	}
	x.stored("field.create", f.ID, f.json(), nil)
	return struct {
		Fields []briefField `json:"typed_custom_fields"`
	}{[]briefField{f.brief()}}, nil
}

// updateField changes the label or the length of one custom field.
//
// https://docs.apollo.io/reference/update-a-custom-field
func (t *team) updateField(x *Exchange) (any, *refusal) {
	given, _ := x.params["fields"].([]any)
	if len(given) != 1 {
		return nil, unknownField()
	}
	attributes, _ := given[0].(map[string]any)
	p := params(attributes)
	if slices.ContainsFunc(systemFields, func(f systemField) bool { return f.parent != "" && f.modality+"."+f.name == p.text("id") }) {
		return nil, unprocessable("Child fields cannot be updated directly")
	}
	i := slices.IndexFunc(t.fields, func(f field) bool { return f.Modality+"."+f.ID == p.text("id") })
	if i < 0 {
		return nil, unknownField()
	}
	after := t.fields[i]
	if r := after.assign(p); r != nil {
		return nil, r
	}
	if !x.drops() {
		t.fields[i] = after
	}
	x.stored("field.update", after.ID, t.fields[i].json(), nil)
	answer := after.json()
	answer.updatedFieldJSON = &updatedFieldJSON{ContextCards: []string{}, ProductProfiles: []string{}, Meta: fieldMeta{after.MaxLength, "manual", "active"}}
	return struct {
		Fields []*fieldJSON `json:"fields"`
		Typed  []briefField `json:"typed_custom_fields"`
	}{[]*fieldJSON{answer}, []briefField{after.brief()}}, nil
}

func (f *field) assign(p params) *refusal {
	options, hasOptions := p["picklist_options"].([]any)
	switch {
	case p.has("mapped_crm_field"):
		return &refusal{status: 403, body: errorBody{Error: "CRM Mapping cannot be configured using API Call"}}
	case p.has("type") && p.text("type") != f.Type:
		return unprocessable("Cannot change field type after creation")
	case strings.HasPrefix(p.text("label"), reservedPrefix):
		return reservedName()
	case f.Type == "picklist" && hasOptions && len(options) == 0:
		return unprocessable("Picklist fields must have at least one option")
	}
	if label := strings.TrimSpace(p.text("label")); label != "" {
		f.Label = label
	}
	if n := maxLength(p); n > 0 {
		f.MaxLength = n
	}
	return nil
}

func maxLength(p params) int {
	meta, _ := p["meta"].(map[string]any)
	n, _ := strconv.Atoi(params(meta).text("max_length"))
	return n
}

const reservedPrefix = "powerup_"

func reservedName() *refusal {
	return unprocessable("Field name with prefix '" + reservedPrefix + "' is not allowed. Please use another name.")
}

func unknownField() *refusal { return unprocessable("Some fields could not be found") }
