package engine

type fieldJSON struct {
	ID          string   `json:"id"`
	Category    string   `json:"category"`
	Context     []string `json:"context"`
	Description null     `json:"description"`
	Editable    bool     `json:"editable"`
	Example     null     `json:"example"`
	FieldName   string   `json:"field_name"`
	Group       *string  `json:"group"`
	IconClass   *string  `json:"icon_class"`
	Label       string   `json:"label"`
	Modality    string   `json:"modality"`
	Parent      *string  `json:"parent"`
	Source      string   `json:"source"`
	Type        string   `json:"type"`
	FinderIDs   []string `json:"finder_view_ids"`
	WorkspaceID null     `json:"project_workspace_id"`
	*updatedFieldJSON
	Finders   []string `json:"finder_views"`
	IsLocal   bool     `json:"is_local"`
	CreatedAt *string  `json:"created_at,omitempty"`
}

// updatedFieldJSON are the keys that only the answer to an update has.
type updatedFieldJSON struct {
	ContextCards    []string  `json:"context_card_ids"`
	ProductProfiles []string  `json:"product_profile_ids"`
	IsSystem        bool      `json:"is_system_field"`
	Meta            fieldMeta `json:"meta"`
}

type fieldMeta struct {
	MaxLength  int    `json:"max_length"`
	Computed   string `json:"computed_type"`
	Visibility string `json:"visibility_status"`
}

// briefField is the answer to a creation.
type briefField struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Modality  string `json:"modality"`
	MaxLength *int   `json:"text_field_max_length"`
}

var categories = map[string]string{"contact": "person", "account": "company", "opportunity": "deal"}

func (f systemField) json() *fieldJSON {
	w := newFieldJSON(f.modality, f.name, f.label, f.kind)
	w.FieldName, w.Source, w.Parent = f.modality+"."+f.name, "system", nullable(f.parent)
	w.Group, w.IconClass = nullable("basic_info"), nullable("user")
	return w
}

func (f *field) json() *fieldJSON {
	w := newFieldJSON(f.Modality, f.ID, f.Label, f.Type)
	w.FieldName, w.Source, w.Editable, w.CreatedAt = f.Label, "custom", true, zulu(f.createdAt)
	return w
}

func newFieldJSON(modality, id, label, kind string) *fieldJSON {
	return &fieldJSON{
		ID: modality + "." + id, Category: categories[modality], Context: []string{"finder", "csv_export"}, Label: label,
		Modality: modality, Type: kind, FinderIDs: []string{}, Finders: []string{},
	}
}

func (f *field) brief() briefField {
	return briefField{f.ID, f.Label, f.Modality, f.length()}
}

func (f *field) length() *int {
	if f.MaxLength == 0 {
		return nil
	}
	return &f.MaxLength
}

type typedFieldJSON struct {
	ID           string       `json:"id"`
	Modality     string       `json:"modality"`
	Name         string       `json:"name"`
	Type         string       `json:"type"`
	Options      []string     `json:"picklist_options"`
	Mapped       null         `json:"mapped_crm_field"`
	MappedToo    null         `json:"additional_mapped_crm_field"`
	ReadOnly     null         `json:"is_readonly_mapped_crm_field"`
	SyncedAt     *string      `json:"picklist_options_last_synced_at"`
	ValueSetID   *string      `json:"picklist_value_set_id"`
	Mirrored     bool         `json:"mirrored"`
	SystemName   null         `json:"system_name"`
	MaxLength    *int         `json:"text_field_max_length"`
	FinderIDs    []string     `json:"finder_view_ids"`
	IsLocal      bool         `json:"is_local"`
	PicklistRows []optionJSON `json:"picklist_values,omitempty"`
}

type optionJSON struct {
	ObjectID string   `json:"_id"`
	Mapped   struct{} `json:"mapped_crm_values"`
	Name     string   `json:"name"`
	ID       string   `json:"id"`
	Key      string   `json:"key"`
}

// listTypedFields are the custom fields by the deprecated endpoint, the only one
// that is seen to name the options of a picklist.
//
// https://docs.apollo.io/reference/get-a-list-of-all-custom-fields
func (t *team) listTypedFields(*Exchange) (any, *refusal) {
	rows := make([]typedFieldJSON, len(t.fields))
	for i := range t.fields {
		f := &t.fields[i]
		rows[i] = typedFieldJSON{
			ID: f.ID, Modality: f.Modality, Name: f.Label, Type: f.Type, Options: []string{}, SyncedAt: offset(f.createdAt),
			MaxLength: f.length(), FinderIDs: []string{},
		}
		if len(f.Options) > 0 {
			rows[i].ValueSetID = nullable(f.ID)
		}
		for _, option := range f.Options {
			rows[i].PicklistRows = append(rows[i].PicklistRows, optionJSON{ObjectID: option.ID, Name: option.Name, ID: option.ID, Key: option.ID})
		}
	}
	return struct {
		Fields []typedFieldJSON `json:"typed_custom_fields"`
	}{rows}, nil
}
