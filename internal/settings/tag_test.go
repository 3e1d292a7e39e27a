package settings_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/settings"
)

func TestSetUpTag(t *testing.T) {
	t.Run("once for the team", func(t *testing.T) {
		server, api := team(nil)
		field, made, err := settings.SetUpTag(t.Context(), api)
		require.NoError(t, err)
		assert.True(t, made)
		again, made, err := settings.SetUpTag(t.Context(), client(server, secret))
		require.NoError(t, err)
		assert.False(t, made)
		assert.Equal(t, field, again)
		require.Len(t, server.Log(), 1)
		assert.Equal(t, "Dealmark entry", server.Log()[0].Request["label"])
		assert.Equal(t, "opportunity", server.Log()[0].Request["modality"])
	})
	t.Run("of several the oldest", func(t *testing.T) {
		_, api := team(nil)
		var ids []apollo.FieldID
		for range 3 {
			field, _, err := api.CreateField(t.Context(), apollo.NewField{Of: "opportunity", Label: settings.TagLabel, Type: "string"})
			require.NoError(t, err)
			ids = append(ids, field.ID)
		}
		field, made, err := settings.SetUpTag(t.Context(), api)
		require.NoError(t, err)
		assert.False(t, made)
		assert.Equal(t, slices.Min(ids), field)
	})
	t.Run("another's field of that name is not ours", func(t *testing.T) {
		_, api := team(nil)
		for _, other := range []apollo.NewField{{Of: "account", Label: settings.TagLabel, Type: "string"}, {Of: "opportunity", Label: settings.TagLabel, Type: "number"}} {
			_, _, err := api.CreateField(t.Context(), other)
			require.NoError(t, err)
		}
		_, made, err := settings.SetUpTag(t.Context(), api)
		require.NoError(t, err)
		assert.True(t, made)
	})
	t.Run("an answer that was lost makes no second one", func(t *testing.T) {
		server, api := team(nil)
		server.SetFault(sandbox.Fault{Endpoint: "field.create", Kind: sandbox.FaultReset, AfterCommit: true, Times: 1})
		_, _, err := settings.SetUpTag(t.Context(), api)
		assert.Equal(t, crm.Uncertain, crm.KindOf(err))
		_, made, err := settings.SetUpTag(t.Context(), api)
		require.NoError(t, err)
		assert.False(t, made)
	})
	for _, right := range []string{"api/v1/fields/index", "api/v1/fields/create"} {
		t.Run("without the right "+right, func(t *testing.T) {
			_, api := team(slices.DeleteFunc(sandbox.Scopes(), func(s string) bool { return s == right }))
			_, _, err := settings.SetUpTag(t.Context(), api)
			assert.Equal(t, crm.Forbidden, crm.KindOf(err))
			assert.Contains(t, crm.AsError(err).Text(), right)
		})
	}
}

func TestTheTagGoesWithTheTeam(t *testing.T) {
	s := settings.Settings{Key: secret, Base: "https://api.apollo.io/api/v1", Tag: "65f0"}
	allow := func(string) error { return nil }
	for name, c := range map[string]struct {
		parts map[string]string
		stays bool
	}{
		"the same key":    {map[string]string{"key": secret, "base": s.Base}, true},
		"who the rep is":  {map[string]string{"rep": string(dana)}, true},
		"another key":     {map[string]string{"key": secret + "2"}, false},
		"another address": {map[string]string{"base": "https://gateway.test"}, false},
		"taken away":      {map[string]string{"tag": ""}, false},
	} {
		t.Run(name, func(t *testing.T) {
			after, err := s.With(c.parts, allow)
			require.NoError(t, err)
			assert.Equal(t, c.stays, after.Tag == s.Tag)
		})
	}
	_, err := s.With(map[string]string{"tag": "65f1"}, allow)
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
}
