package settings_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

func TestPolicy(t *testing.T) {
	const own, set = "https://own.example/api", "https://gateway.example"
	for name, c := range map[string]struct {
		policy  settings.Policy
		before  string
		want    string
		changed bool
		kind    crm.Kind
	}{
		"no policy":                       {settings.Policy{}, own, own, false, ""},
		"a default where there is none":   {settings.Policy{Address: set}, "", set, true, ""},
		"a default beside the rep's own":  {settings.Policy{Address: set}, own, own, false, ""},
		"locked over the rep's own":       {settings.ReadPolicy([]byte(`{"address":" https://gateway.example/ ","addressLocked":true}`)), own, set, true, ""},
		"locked and there already":        {settings.Policy{Address: set, Locked: true}, set, set, false, ""},
		"locked without an address":       {settings.ReadPolicy([]byte(`{"addressLocked":true}`)), own, own, false, ""},
		"an address that gives keys away": {settings.Policy{Address: "http://gateway.example", Locked: true}, own, own, false, crm.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			before := settings.Settings{Key: secret, Base: c.before, Tag: "65f000090000000000000001"}
			got, changed, err := c.policy.Apply(before, apollo.CheckBase)
			assert.Equal(t, c.kind, crm.KindOf(err))
			assert.Equal(t, c.changed, changed)
			assert.Equal(t, c.want, got.Base)
			assert.Equal(t, secret, got.Key)
			assert.Equal(t, !changed, got.Tag != "", "another address may be another team's")
		})
	}
}

func TestReadPolicy(t *testing.T) {
	for name, c := range map[string]struct {
		document string
		want     settings.Policy
	}{
		"all of it": {
			`{"address":"https://g.example","addressLocked":true,"passphraseNeeded":true,"masterKeyRefused":true,"oneWorkspace":true,"contact":"Dana"}`,
			settings.Policy{Address: "https://g.example", Locked: true, Passphrase: true, NoMaster: true, One: true},
		},
		"nothing is set":          {`{}`, settings.Policy{}},
		"nothing at all":          {``, settings.Policy{}},
		"members of other types":  {`{"address":7,"addressLocked":"true","passphraseNeeded":1,"masterKeyRefused":"no","oneWorkspace":null}`, settings.Policy{}},
		"what is not of ours":     {`{"else":{"address":"https://e.example"},"oneWorkspace":true}`, settings.Policy{One: true}},
		"switched off":            {`{"address":"https://g.example","addressLocked":false,"oneWorkspace":false}`, settings.Policy{Address: "https://g.example"}},
		"locked, but no address":  {`{"addressLocked":true}`, settings.Policy{}},
		"an address that is none": {`{"address":" / ","addressLocked":true}`, settings.Policy{}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, settings.ReadPolicy([]byte(c.document))) })
	}
}

// TestWhatIsLockedIsNotWrittenOver has settings saved that no page may save.
func TestWhatIsLockedIsNotWrittenOver(t *testing.T) {
	const set, sealed = "https://gateway.example", `{"iterations":1}`
	locked := settings.Policy{Address: set, Locked: true}
	behind := settings.Policy{Passphrase: true}
	for name, c := range map[string]struct {
		policy  settings.Policy
		before  settings.Settings
		s       settings.Settings
		refusal crm.Kind
	}{
		"the admin's address":                   {locked, settings.Settings{}, settings.Settings{Key: secret, Base: set}, ""},
		"another address":                       {locked, settings.Settings{Key: secret, Base: set}, settings.Settings{Key: secret, Base: "https://else.example"}, crm.Invalid},
		"Apollo's own in place of the gateway":  {locked, settings.Settings{Key: secret, Base: set}, settings.Settings{Key: secret}, crm.Invalid},
		"one below the admin's":                 {locked, settings.Settings{}, settings.Settings{Base: set + "/else"}, crm.Invalid},
		"another address where it is a default": {settings.Policy{Address: set}, settings.Settings{Base: set}, settings.Settings{Base: "https://else.example"}, ""},
		"a key without a passphrase":            {behind, settings.Settings{}, settings.Settings{Key: secret}, crm.Invalid},
		"another one than is stored":            {behind, settings.Settings{Key: "key-of-before"}, settings.Settings{Key: secret}, crm.Invalid},
		"one that was behind a passphrase":      {behind, settings.Settings{Key: secret, Sealed: sealed}, settings.Settings{Key: secret}, crm.Invalid},
		"a key with one":                        {behind, settings.Settings{}, settings.Settings{Key: secret, Sealed: sealed}, ""},
		"one stored before, and who the rep is": {behind, settings.Settings{Key: secret}, settings.Settings{Key: secret, Rep: dana}, ""},
		"the same once more, to be used again":  {behind, settings.Settings{Key: secret, Bare: true}, settings.Settings{Key: secret}, crm.Invalid},
		"it is sealed":                          {behind, settings.Settings{Key: secret, Bare: true}, settings.Settings{Key: secret, Sealed: sealed}, ""},
		"no key any more":                       {behind, settings.Settings{Key: secret}, settings.Settings{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := &store.Memory{}
			require.NoError(t, settings.Save(t.Context(), m, c.before, settings.Policy{}))
			was, err := settings.Load(t.Context(), m)
			require.NoError(t, err)
			assert.Equal(t, c.refusal, crm.KindOf(settings.Save(t.Context(), m, c.s, c.policy)))
			is, err := settings.Load(t.Context(), m)
			require.NoError(t, err)
			if c.refusal != "" {
				assert.True(t, was == is, "what was stored stays")
			} else {
				assert.Equal(t, c.s.Base, is.Base)
				assert.Equal(t, c.s.Rep, is.Rep)
			}
		})
	}
}

func TestOneWorkspace(t *testing.T) {
	area := &store.Memory{}
	add := func(under settings.Policy) error {
		_, err := settings.ChangeWorkspaces(t.Context(), area, func(w *settings.Workspaces) error { return w.Add("w1", "Another", under) })
		return err
	}
	assert.Equal(t, crm.Invalid, crm.KindOf(add(settings.Policy{One: true})))
	records, err := area.List(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, records, "nothing is stored")
	assert.NoError(t, add(settings.Policy{}))
}

// A key that was stored before the policy wanted a passphrase is kept, and not used
// before it has one.
func TestAKeyFromBeforeThePolicy(t *testing.T) {
	m := &store.Memory{}
	ctx := t.Context()
	stored := func() settings.Settings {
		s, err := settings.Load(ctx, m)
		require.NoError(t, err)
		return s
	}
	apply := func(p settings.Policy) settings.Settings {
		s, changed, err := p.Apply(stored(), apollo.CheckBase)
		require.NoError(t, err)
		assert.False(t, changed, "the address is the same")
		require.NoError(t, settings.Save(ctx, m, s, p))
		return stored()
	}
	change := func(p settings.Policy, parts map[string]string) error {
		s, err := stored().With(parts, apollo.CheckBase)
		require.NoError(t, err)
		return settings.Save(ctx, m, s, p)
	}
	none, behind := settings.Policy{}, settings.Policy{Passphrase: true}
	require.NoError(t, change(none, map[string]string{"key": secret}))
	assert.Empty(t, stored().Shut())

	s := apply(behind)
	assert.True(t, s.Bare)
	assert.Equal(t, secret, s.Key, "nothing is lost")
	assert.Contains(t, s.Shut(), "wants every key to be locked")
	assert.False(t, s.Locked(), "there is no passphrase to be entered")
	assert.Equal(t, s, apply(behind), "again it is the same")
	require.NoError(t, change(behind, map[string]string{"rep": string(dana)}))
	assert.True(t, stored().Bare)
	assert.Equal(t, crm.Invalid, crm.KindOf(change(behind, map[string]string{"key": "another-key-in-the-clear"})))
	require.NoError(t, change(behind, map[string]string{"key": secret}))
	assert.True(t, stored().Bare, "the same key once more is no passphrase")

	assert.False(t, apply(none).Bare, "the policy is gone")
	assert.True(t, apply(behind).Bare)
	require.NoError(t, change(behind, map[string]string{"key": secret, "sealed": `{"iterations":1}`}))
	s = stored()
	assert.Empty(t, s.Key, "the clear one is deleted")
	assert.True(t, s.Locked())
	assert.False(t, s.Bare)
	assert.False(t, apply(behind).Bare)
	assert.Empty(t, stored().Unlocked(secret).Shut())
}
