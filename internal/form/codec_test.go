package form_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// The stored document is a promise to the browsers that have one.
const stored = `{"version":1,"id":"f1","domain":"acme.com","opportunity":"0b0000000000000000000001",` +
	`"base":{"name":"Acme rollout","amount":"12500.5","stage":"5a0000000000000000000001","close_date":"2026-12-31",` +
	`"owner":"0a0000000000000000000001","account":"ac0000000000000000000001","currency":"USD"},` +
	`"fields":{"name":{"text":"Acme rollout","prefilled":"Acme rollout"},"amount":{"text":"25k","prefilled":"12500.5","touched":true},` +
	`"stage":{"text":"5a0000000000000000000001","prefilled":"5a0000000000000000000001"},` +
	`"close_date":{"prefilled":"2026-12-31","touched":true},` +
	`"owner":{"text":"0a0000000000000000000001","prefilled":"0a0000000000000000000001"},` +
	`"account":{"text":"ac0000000000000000000001","prefilled":"ac0000000000000000000001"}}}`

func TestDocument(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	d.Edit(crm.FieldAmount, "25k")
	d.Edit(crm.FieldCloseDate, "")
	assert.Equal(t, stored, string(d.Encode()))
	got, err := form.Decode([]byte(stored))
	require.NoError(t, err)
	assert.Equal(t, d, got)
	assert.JSONEq(t, `{"version":1,"base":{},"fields":{}}`, string((&form.Draft{}).Encode()))
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct{ name, document, cause string }{ // no cause: package wire says why
		{"nothing", ``, ""},
		{"no JSON", `draft`, ""},
		{"another value", `[]`, ""},
		{"null", `null`, "without a version"},
		{"no version", `{"id":"f1"}`, "without a version"},
		{"a newer version", `{"version":2,"fields":[]}`, "version 2"},
		{"an older version", `{"version":0}`, "version 0"},
		{"a version of another type", `{"version":"one"}`, ""},
		{"cut off", stored[:len(stored)-1], ""},
		{"cut off early", stored[:100], ""},
		{"more after it", stored + `{}`, ""},
		{"an id of another type", `{"version":1,"id":7}`, ""},
		{"an opportunity that is no id", `{"version":1,"opportunity":"../x"}`, "not an opportunity's id"},
		{"an amount that is not canonical", `{"version":1,"base":{"amount":"12,500"}}`, "not canonical"},
		{"a day that does not exist", `{"version":1,"base":{"close_date":"2026-02-30"}}`, "not canonical"},
		{"fields as a list", `{"version":1,"fields":[]}`, ""},
		{"a field as text", `{"version":1,"fields":{"name":"Acme"}}`, ""},
		{"touched as text", `{"version":1,"fields":{"name":{"touched":"yes"}}}`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := form.Decode([]byte(test.document))
			assert.Equal(t, form.Draft{}, d)
			assert.Equal(t, crm.Internal, crm.KindOf(err))
			assert.ErrorContains(t, crm.AsError(err).Err, test.cause)
		})
	}
}

func TestDecodePassesOverUnknownMembers(t *testing.T) {
	d, err := form.Decode([]byte(`{"x":[{}],"version":1,"base":{"colour":1},"fields":{"colour":{"text":1},"name":{"x":{},"text":"Acme"}}}`))
	require.NoError(t, err)
	assert.Equal(t, "Acme", d.Text(crm.FieldName))
}

func TestEncodeAndDecode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDraft().Draw(t, "draft")
		document := d.Encode()
		assert.True(t, json.Valid(document), "%s", document)
		got, err := form.Decode(document)
		require.NoError(t, err)
		assert.Equal(t, d, got)
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(stored))
	f.Add([]byte(`{"version":1,"base":{},"fields":{}}`))
	f.Add([]byte(`{"version":1,"base":{"amount":"1e5","currency":"EUR"},"fields":{"name":{"text":"\ud800"}}}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		d, err := form.Decode(document)
		if err != nil {
			assert.Equal(t, crm.Internal, crm.KindOf(err))
			return
		}
		again, err := form.Decode(d.Encode())
		require.NoError(t, err)
		assert.Equal(t, d, again)
		d.Command(form.Choices{}, today())
	})
}
