package sandbox_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFieldsBySource(t *testing.T) {
	w := newWorld(t)
	read := func(query string) []map[string]any { return w.do("GET", "/v1/fields"+query, "").rows("fields") }
	custom, system := read("?source=custom"), read("?source=system")
	assert.Equal(t, []any{"Purchase order", "Lead source", "Contract months", "Contract end", "Renewal", "Customer number", "Newsletter"}, column(custom, "label"))
	assert.Equal(t, []any{"string", "picklist", "number", "date", "boolean", "string", "boolean"}, column(custom, "type"))
	for _, f := range custom {
		assert.True(t, strings.HasPrefix(f["id"].(string), f["modality"].(string)+"."), f["id"])
		assert.Equal(t, "custom", f["source"])
		assert.Contains(t, f, "created_at")
	}
	fields{"id": "opportunity.amount", "source": "system", "parent": nil, "editable": false}.check(t, system[7])
	assert.NotContains(t, system[0], "created_at")
	assert.Equal(t, append(system, custom...), read(""))
	assert.Empty(t, read("?source=crm_synced"))
}

// TestTypedCustomFields: the options of a picklist, and ids without a prefix.
func TestTypedCustomFields(t *testing.T) {
	rows := newWorld(t).do("GET", "/v1/typed_custom_fields", "").rows("typed_custom_fields")
	source := rows[1]
	fields{"id": strings.TrimPrefix(sourceField, "opportunity."), "name": "Lead source", "type": "picklist", "text_field_max_length": nil}.check(t, source)
	var names []any
	for _, v := range source["picklist_values"].([]any) {
		option := v.(map[string]any)
		names = append(names, option["name"])
		assert.Equal(t, []any{option["id"], option["id"]}, []any{option["_id"], option["key"]})
	}
	assert.Equal(t, []any{"Website", "Referral", "Trade fair"}, names)
	assert.NotContains(t, rows[0], "picklist_values")
	fields{"text_field_max_length": number("120"), "picklist_value_set_id": nil}.check(t, rows[0])
}

func TestCreateField(t *testing.T) {
	w := newWorld(t)
	made := w.do("POST", "/v1/fields", `{"label":" Budget ","modality":"opportunity","type":"number"}`).rows("typed_custom_fields")
	require.Len(t, made, 1)
	id := made[0]["id"].(string)
	fields{"name": "Budget", "modality": "opportunity", "text_field_max_length": nil}.check(t, made[0])
	assert.Contains(t, column(w.do("GET", "/v1/fields?source=custom", "").rows("fields"), "id"), "opportunity."+id)
	assert.Contains(t, column(w.do("GET", "/v1/typed_custom_fields", "").rows("typed_custom_fields"), "id"), id)
	assert.Equal(t, []any{"field.create", id, true}, []any{w.Log()[0].Operation, w.Log()[0].ID, w.Log()[0].Stored})

	for body, says := range map[string]string{
		`{"modality":"contact","type":"string"}`:                     "Label is required",
		`{"label":"powerup_x","modality":"contact","type":"string"}`: "Field name with prefix 'powerup_' is not allowed. Please use another name.",
		`{"label":"x","modality":"deal","type":"string"}`:            "Invalid modality",
		`{"label":"x","modality":"contact","type":"picklist"}`:       "Invalid field type",
	} {
		a := w.do("POST", "/v1/fields", body)
		assert.Equal(t, 422, a.Status)
		assert.Equal(t, `{"error":"`+says+`"}`, a.Body)
	}
}

func TestUpdateField(t *testing.T) {
	w := newWorld(t)
	a := w.do("PATCH", "/v1/fields", `{"fields":[{"id":"`+orderField+`","label":"PO number","meta":{"max_length":"40"}}]}`)
	fields{"id": orderField, "label": "PO number", "meta": map[string]any{"max_length": number("40"), "computed_type": "manual", "visibility_status": "active"}}.
		check(t, a.rows("fields")[0])
	fields{"name": "PO number", "text_field_max_length": number("40")}.check(t, w.do("GET", "/v1/typed_custom_fields", "").rows("typed_custom_fields")[0])
	w.do("PATCH", "/v1/fields", `{"fields":[{"id":"`+sourceField+`","picklist_options":["x"],"type":"picklist"}]}`).object()
	for _, body := range []string{`{}`, `{"fields":[]}`, `{"fields":["x"]}`, `{"fields":[{"id":"` + orderField + `"},{"id":"` + sourceField + `"}]}`, `{"fields":[{"id":"opportunity.amount"}]}`} {
		assert.Equal(t, `{"error":"Some fields could not be found"}`, w.do("PATCH", "/v1/fields", body).Body, body)
	}
}
