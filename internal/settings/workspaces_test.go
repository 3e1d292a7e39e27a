package settings_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

func workspaces(t *testing.T, area store.Store) settings.Workspaces {
	t.Helper()
	all, err := area.List(t.Context(), "")
	require.NoError(t, err)
	return settings.ReadWorkspaces(all)
}

func change(t *testing.T, area store.Store, change func(*settings.Workspaces) error) error {
	t.Helper()
	_, err := settings.ChangeWorkspaces(t.Context(), area, change)
	return err
}

func TestWhatTheVersionBeforeStoredIsTheFirstWorkspace(t *testing.T) {
	area := &store.Memory{}
	assert.Equal(t, settings.Workspaces{All: []settings.Workspace{{Name: "Workspace 1"}}}, workspaces(t, area), "nothing stored yet")
	before := settings.Settings{Key: secret, Base: "https://api.apollo.io/api/v1", Rep: dana}
	require.NoError(t, settings.Save(t.Context(), area, before, settings.Policy{}))
	assert.Equal(t, settings.Workspaces{All: []settings.Workspace{{Name: "Workspace 1"}}}, workspaces(t, area))

	require.NoError(t, change(t, area, func(w *settings.Workspaces) error { return w.Add("w1", " Acme  EU ", settings.Policy{}) }))
	w := workspaces(t, area)
	assert.Equal(t, settings.Workspaces{Current: "w1", All: []settings.Workspace{{"", "Workspace 1"}, {"w1", "Acme EU"}}}, w)
	for id, want := range map[string]settings.Settings{"": before, "w1": {}} {
		got, err := settings.Load(t.Context(), store.Within(area, id))
		require.NoError(t, err)
		assert.Equal(t, want, got, "each has its own settings")
	}
}

func TestWorkspacesAreChanged(t *testing.T) {
	area := &store.Memory{}
	add := func(id, name string) func(*settings.Workspaces) error {
		return func(w *settings.Workspaces) error { return w.Add(id, name, settings.Policy{}) }
	}
	require.NoError(t, change(t, area, add("w1", "Acme EU")))
	require.NoError(t, change(t, area, add("w2", "Acme US")))
	for name, c := range map[string]struct {
		change func(*settings.Workspaces) error
		kind   crm.Kind
		want   settings.Workspaces
	}{
		"a name that is there":          {add("w3", "acme eu"), crm.Invalid, settings.Workspaces{}},
		"no name":                       {add("w3", "  "), crm.Invalid, settings.Workspaces{}},
		"a long name":                   {add("w3", strings.Repeat("x", 61)), crm.Invalid, settings.Workspaces{}},
		"one that is not there":         {func(w *settings.Workspaces) error { return w.Choose("w9") }, crm.NotFound, settings.Workspaces{}},
		"another name for nobody":       {func(w *settings.Workspaces) error { return w.Rename("w9", "X") }, crm.NotFound, settings.Workspaces{}},
		"another name that is there":    {func(w *settings.Workspaces) error { return w.Rename("w1", "Acme US") }, crm.Invalid, settings.Workspaces{}},
		"one that is not there removed": {func(w *settings.Workspaces) error { return w.Remove("w9") }, crm.NotFound, settings.Workspaces{}},
		"its own name again":            {func(w *settings.Workspaces) error { return w.Rename("w2", "ACME US") }, "", settings.Workspaces{Current: "w2", All: []settings.Workspace{{"", "Workspace 1"}, {"w1", "Acme EU"}, {"w2", "ACME US"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			before := workspaces(t, area)
			err := change(t, area, c.change)
			if c.kind != "" {
				assert.Equal(t, c.kind, crm.KindOf(err))
				assert.Equal(t, before, workspaces(t, area))
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, workspaces(t, area))
		})
	}
	require.NoError(t, change(t, area, func(w *settings.Workspaces) error { return w.Choose("") }))
	assert.Equal(t, "", workspaces(t, area).Current)
	require.NoError(t, change(t, area, func(w *settings.Workspaces) error { return w.Remove("") }))
	assert.Equal(t, settings.Workspaces{Current: "w1", All: []settings.Workspace{{"w1", "Acme EU"}, {"w2", "ACME US"}}}, workspaces(t, area))
	require.NoError(t, change(t, area, func(w *settings.Workspaces) error { return w.Remove("w2") }))
	assert.Equal(t, crm.Conflict, crm.KindOf(change(t, area, func(w *settings.Workspaces) error { return w.Remove("w1") })), "the last one stays")
}

// TestNoWorkspaceIsLostWithItsName damages the list in every way: what a workspace
// has stored shows that it is there.
func TestNoWorkspaceIsLostWithItsName(t *testing.T) {
	for name, list := range map[string][]byte{
		"gone": nil, "empty": {}, "half": []byte(`{"current":"w1","all":[{"id":"w1",`), "of another kind": []byte(`{"all":7}`),
		"without names": []byte(`{"all":[{"id":"w1"},{}]}`), "twice": []byte(`{"all":[{"id":"w1","name":"A"},{"id":"w1","name":"B"}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			area := &store.Memory{}
			for _, id := range []string{"", "w1", "w2"} {
				require.NoError(t, settings.Save(t.Context(), store.Within(area, id), settings.Settings{Key: "key-of-" + id}, settings.Policy{}))
			}
			require.NoError(t, store.Put(t.Context(), area, "workspaces", list))
			w := workspaces(t, area)
			var ids []string
			for _, one := range w.All {
				ids = append(ids, one.ID)
				assert.NotEmpty(t, one.Name)
			}
			assert.ElementsMatch(t, []string{"", "w1", "w2"}, ids)
			assert.NotNil(t, w.Find(w.Current))
		})
	}
}

func TestForgetLeavesTheOthers(t *testing.T) {
	area := &store.Memory{}
	for _, id := range []string{"", "w1", "w2"} {
		require.NoError(t, settings.Save(t.Context(), store.Within(area, id), settings.Settings{Key: "key-of-" + id}, settings.Policy{}))
	}
	require.NoError(t, change(t, area, func(w *settings.Workspaces) error { return w.Rename("w1", "Acme") }))
	for _, id := range []string{"", "w2"} {
		require.NoError(t, change(t, area, func(w *settings.Workspaces) error { return w.Remove(id) }))
		require.NoError(t, settings.Forget(t.Context(), store.Within(area, id)))
	}
	assert.Equal(t, settings.Workspaces{Current: "w1", All: []settings.Workspace{{"w1", "Acme"}}}, workspaces(t, area))
	all, err := area.List(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, all, 2, "the list, and what is left of one")
	assert.Equal(t, "@w1/settings", all[0].Key)
}

func TestWorkspacesInAStoreThatFails(t *testing.T) {
	full := errors.New("full")
	for _, operation := range []string{"list", "update"} {
		area := &store.Memory{Fail: func(o string) error {
			if o == operation {
				return full
			}
			return nil
		}}
		err := change(t, area, func(w *settings.Workspaces) error { return w.Add("w1", "A", settings.Policy{}) })
		assert.ErrorIs(t, err, full)
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	}
}
