package settings_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

func TestSaveAndLoadTheForm(t *testing.T) {
	m := &store.Memory{}
	plain, err := settings.LoadForm(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, form.Setup{}, plain)
	for _, setup := range []form.Setup{
		{Template: "{account} – {product} – {quarter}"},
		{Custom: []form.Custom{
			{Field: "custom.text.5c10000000000000000000a1", Label: "Purchase order", Max: 120},
			{Field: "custom.choice.5c10000000000000000000a2", Label: "Lead source", Required: true,
				Options: []form.Option{{ID: "a", Name: "Website"}, {ID: "b", Name: "Referral"}}, Defaults: []form.Default{{Text: "a"}, {Stage: "5a0000000000000000000001", Text: "b"}}},
		}},
		{},
	} {
		require.NoError(t, settings.SaveForm(t.Context(), m, setup))
		loaded, err := settings.LoadForm(t.Context(), m)
		require.NoError(t, err)
		assert.Equal(t, setup, loaded)
	}
	err = settings.SaveForm(t.Context(), m, form.Setup{Template: "{company}"})
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	loaded, err := settings.LoadForm(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, form.Setup{}, loaded, "a refusal changes nothing")
}

func TestTheFormWhereStorageFails(t *testing.T) {
	m := &store.Memory{}
	require.NoError(t, store.Put(t.Context(), m, "form", []byte(`{"template":7}`)))
	setup, err := settings.LoadForm(t.Context(), m)
	assert.Equal(t, crm.Internal, crm.KindOf(err))
	assert.Equal(t, form.Setup{}, setup)
	m.Fail = func(string) error { return errors.New("the disk is full") }
	_, err = settings.LoadForm(t.Context(), m)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	assert.Equal(t, crm.Unavailable, crm.KindOf(settings.SaveForm(t.Context(), m, form.Setup{})))
}

func TestForgetFields(t *testing.T) {
	m := &store.Memory{}
	setup := form.Setup{Template: "{account} {year}", Custom: []form.Custom{{Field: "custom.text.5c10000000000000000000a1", Label: "Purchase order"}}}
	require.NoError(t, settings.SaveForm(t.Context(), m, setup))
	require.NoError(t, settings.ForgetFields(t.Context(), m))
	left, err := settings.LoadForm(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, form.Setup{Template: "{account} {year}"}, left, "a pattern for names fits every team")
}

func TestFormsThatCannotBeRead(t *testing.T) {
	for _, record := range []string{`{"fields":[{"field":"custom.5c10000000000000000000a1"}]}`, `{"fields":{}}`, `{"fields":[{"field":"name"}]}`} {
		m := &store.Memory{}
		require.NoError(t, store.Put(t.Context(), m, "form", []byte(record)))
		_, err := settings.LoadForm(t.Context(), m)
		assert.Equal(t, crm.Internal, crm.KindOf(err), record)
	}
}
