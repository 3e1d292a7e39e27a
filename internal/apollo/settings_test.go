package apollo_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func TestPipelines(t *testing.T) {
	pipelines, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "GET /opportunity_pipelines", r.String())
		return response(200, `{"opportunity_pipelines":[
			{"id":"`+stageID+`","title":"Renewals","default_pipeline":false,"display_order":2.0,"source":"apollo","team_id":"x"},
			{"id":"`+pipelineID+`","title":"Sales","default_pipeline":true,"display_order":1,"external_id":null},{"id":null}]}`), nil
	}).Pipelines(context.Background())
	require.NoError(t, err)
	assert.Equal(t, []crm.Pipeline{{ID: pipelineID, Name: "Sales", Default: true, Order: 1}, {ID: stageID, Name: "Renewals", Order: 2}}, pipelines)

	one, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "GET /opportunity_pipelines/"+pipelineID, r.String())
		return response(200, `{"opportunity_pipeline":{"id":"`+pipelineID+`","title":"Sales"}}`), nil
	}).Pipeline(context.Background(), pipelineID)
	require.NoError(t, err)
	assert.Equal(t, crm.Pipeline{ID: pipelineID, Name: "Sales"}, one)
}

func TestFields(t *testing.T) {
	fields, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, apollo.DefaultBase+"/fields?source=custom", r.URL())
		return response(200, recorded(t, "fields.json")), nil
	}).Fields(context.Background(), "custom")
	require.NoError(t, err)
	assert.Equal(t, []apollo.Field{
		{ID: "id", Of: "contact", Label: "Identifier", Type: "string", Source: "system"},
		{ID: "694095a80f1b6000110fc556", Of: "account", Label: "last name", Type: "string", Source: "custom"},
		{ID: "694095a80f1b6000110fc557", Of: "opportunity", Label: "Lead Source", Type: "picklist", Source: "custom", Editable: true,
			Options: []apollo.Option{{ID: "617ff4041e711500a401c25f", Name: "Fair"}, {ID: "617ff4041e711500a401c260", Name: "Web"}}},
	}, fields)
	_, err = client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, apollo.DefaultBase+"/fields", r.URL())
		return response(200, `{"fields":[]}`), nil
	}).Fields(context.Background(), "")
	assert.NoError(t, err)
}

func TestCustomFields(t *testing.T) {
	fields, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "GET /typed_custom_fields", r.String())
		return response(200, recorded(t, "typed-custom-fields.json")), nil
	}).CustomFields(context.Background())
	require.NoError(t, err)
	assert.Equal(t, []apollo.Field{
		{ID: "60c39ed82bd02f01154c470a", Of: "contact", Label: "New Product Launch Date", Type: "datetime"},
		{ID: "617ff4041e711500a401c25e", Of: "contact", Label: "Customer Age", Type: "picklist",
			Options: []apollo.Option{{ID: "617ff4041e711500a401c25f", Name: "New Customer"}, {ID: "617ff4041e711500a401c260", Name: "1 year"}}},
	}, fields)
}

func TestCreateField(t *testing.T) {
	for stored, want := range map[string][]crm.Difference{
		`"name":"Region","modality":"opportunity","text_field_max_length":120`: nil,
		`"name":"region","modality":"contact"`: {
			{Field: apollo.FieldLabel, Sent: "Region", Stored: "region"},
			{Field: apollo.FieldOf, Sent: "opportunity", Stored: "contact"},
			{Field: apollo.FieldMaxLength, Sent: "120", Stored: "0"},
		},
		`"name":"Region","modality":"opportunity","type":"textarea","text_field_max_length":240`: {
			{Field: apollo.FieldType, Sent: "string", Stored: "textarea"},
			{Field: apollo.FieldMaxLength, Sent: "120", Stored: "240"},
		},
	} {
		made, differences, err := client(func(r apollo.Request) (apollo.Response, error) {
			assert.Equal(t, "POST /fields", r.String())
			assert.Equal(t, `{"label":"Region","modality":"opportunity","type":"string","meta":{"max_length":120}}`, string(r.Body))
			return response(200, `{"typed_custom_fields":[{"id":"32d42c92-5be4-4ec4-96c7-f689b43ec8a8",`+stored+`}]}`), nil
		}).CreateField(context.Background(), apollo.NewField{Of: "opportunity", Label: "Region", Type: "string", MaxLength: 120})
		require.NoError(t, err)
		assert.Equal(t, apollo.FieldID("32d42c92-5be4-4ec4-96c7-f689b43ec8a8"), made.ID)
		assert.Equal(t, want, differences)
	}
}

// TestUsage reads the documented sample, with the brace that the page lacks.
func TestUsage(t *testing.T) {
	usage, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "POST /usage_stats/api_usage_stats {}", r.String()+" "+string(r.Body))
		return response(200, recorded(t, "usage.json")), nil
	}).Usage(context.Background())
	require.NoError(t, err)
	require.Len(t, usage, 50)
	assert.Equal(t, apollo.Usage{
		Endpoint: "api/v1/contacts", Action: "search",
		Minute: apollo.Quota{Limit: 200, Used: 10, Left: 200}, Hour: apollo.Quota{Limit: 600, Used: 5, Left: 600}, Day: apollo.Quota{Limit: 6000, Used: 500, Left: 6000},
	}, usage[0])
	for _, u := range usage {
		assert.NotEmpty(t, u.Action, u.Endpoint)
		assert.Contains(t, u.Endpoint, "api/v1/")
		assert.Positive(t, u.Day.Limit)
	}

	usage, err = client(answer(200, `{"plain":{"day":null,"hour":7,"minute":{"limit":"5"}},"[\"one\"]":{},"[1":{},"[]":{},"n":7}`)).Usage(context.Background())
	require.NoError(t, err)
	assert.Equal(t, []apollo.Usage{{Endpoint: "plain", Minute: apollo.Quota{Limit: 5}}, {Endpoint: "one"}, {Endpoint: "[1"}, {Endpoint: "[]"}}, usage)
}
