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
