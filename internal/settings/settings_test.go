package settings_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

const dana = crm.UserID("65f000020000000000000001")

func TestSaveAndLoad(t *testing.T) {
	m := &store.Memory{}
	none, err := settings.Load(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, settings.Settings{}, none)

	for _, s := range []settings.Settings{
		{Key: "a-key-that-is-long-enough", Base: "https://gateway.example/api/v1", Rep: dana},
		{Key: `"quoted" \ <key>`},
		{},
	} {
		require.NoError(t, settings.Save(t.Context(), m, s, settings.Policy{}))
		loaded, err := settings.Load(t.Context(), m)
		require.NoError(t, err)
		assert.True(t, s == loaded)
	}
}

func TestLoadWhatIsNoSettings(t *testing.T) {
	for name, record := range map[string]string{
		"cut off": `{"key":"a-key-that-is-long-eno`, "another type": `{"key":7}`, "no object": `"key"`, "nothing": ``,
	} {
		t.Run(name, func(t *testing.T) {
			m := &store.Memory{}
			require.NoError(t, store.Put(t.Context(), m, "settings", []byte(record)))
			s, err := settings.Load(t.Context(), m)
			assert.Equal(t, crm.Internal, crm.KindOf(err))
			assert.Equal(t, settings.Settings{}, s)
			assert.NotContains(t, crm.AsError(err).Text(), "a-key")
		})
	}
}

// TestStorageFailing must not look like settings that are empty or broken: they
// would be written over.
func TestStorageFailing(t *testing.T) {
	full := errors.New("the disk is full")
	m := &store.Memory{Fail: func(string) error { return full }}
	_, err := settings.Load(t.Context(), m)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	assert.ErrorIs(t, err, full)
	err = settings.Save(t.Context(), m, settings.Settings{Key: "a-key-that-is-long-enough"}, settings.Policy{})
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	assert.NotContains(t, err.Error(), "a-key")
}

func TestWith(t *testing.T) {
	before := settings.Settings{Key: "a-key-that-is-long-enough", Base: "https://gateway.example/v1", Rep: dana}
	tests := []struct {
		name  string
		parts map[string]string
		want  settings.Settings
		fails string
	}{
		{name: "nothing", want: before},
		{name: "unknown parts", parts: map[string]string{"version": "1"}, want: before},
		{name: "a key with spaces around", parts: map[string]string{"key": " \tnew-key\n"}, want: settings.Settings{Key: "new-key", Base: before.Base, Rep: dana}},
		{name: "no key", parts: map[string]string{"key": ""}, want: settings.Settings{Base: before.Base, Rep: dana}},
		{name: "a key with a space", parts: map[string]string{"key": "new key"}, fails: "The API key holds a space"},
		{name: "a key with a line", parts: map[string]string{"key": "new-key\r\nX-Api-Key: another"}, fails: "The API key holds a space or another character"},
		{name: "a key with a null character", parts: map[string]string{"key": "new\x00key"}, fails: "The API key holds a space or another character"},
		{name: "a key with an escape", parts: map[string]string{"key": "new\x1b[31mkey"}, fails: "The API key holds a space or another character"},
		{name: "an address with a line", parts: map[string]string{"base": "https://api.apollo.io\r\nX: 1/"}, fails: "address"},
		{name: "a key with a letter of no key", parts: map[string]string{"key": "schlüssel"}, fails: "The API key holds a space or another character"},
		{name: "an address with a slash", parts: map[string]string{"base": " https://api.apollo.io/api/v1/ "}, want: settings.Settings{Key: before.Key, Base: "https://api.apollo.io/api/v1", Rep: dana}},
		{name: "the default address", parts: map[string]string{"base": ""}, want: settings.Settings{Key: before.Key, Rep: dana}},
		{name: "an address that tells the key", parts: map[string]string{"base": "http://api.apollo.io"}, fails: "readable for everybody"},
		{name: "no address", parts: map[string]string{"base": "apollo"}, fails: "must begin with https://"},
		{name: "a rep", parts: map[string]string{"rep": "65f000020000000000000002"}, want: settings.Settings{Key: before.Key, Base: before.Base, Rep: "65f000020000000000000002"}},
		{name: "no rep", parts: map[string]string{"rep": ""}, want: settings.Settings{Key: before.Key, Base: before.Base}},
		{name: "a rep that is none", parts: map[string]string{"rep": "Dana"}, fails: "Choose yourself from the list of users."},
		{name: "one good and one bad", parts: map[string]string{"key": "new-key", "rep": "Dana"}, fails: "Choose yourself"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := before.With(test.parts, apollo.CheckBase)
			if test.fails != "" {
				assert.Equal(t, crm.Invalid, crm.KindOf(err))
				assert.Contains(t, crm.AsError(err).Text(), test.fails)
				if key := test.parts["key"]; key != "" {
					assert.NotContains(t, err.Error(), key)
				}
				return
			}
			require.NoError(t, err)
			assert.True(t, test.want == got)
		})
	}
}

func TestKeyEnds(t *testing.T) {
	for key, ends := range map[string]string{
		"": "", "short": "", "elevenchars": "", "twelve-chars": "hars", "a-key-that-is-long-enough": "ough",
	} {
		assert.Equal(t, ends, settings.Settings{Key: key}.KeyEnds(), key)
	}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.String().Draw(t, "key")
		ends := settings.Settings{Key: key}.KeyEnds()
		if len(ends) > 4 || len(ends)*3 > len(key) || !strings.HasSuffix(key, ends) {
			t.Fatal("too much of the key is shown")
		}
	})
}

func TestPrintingShowsNoKey(t *testing.T) {
	s := settings.Settings{Key: "a-key-that-is-long-enough", Base: "https://gateway.example"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		for _, value := range []any{s, &s, []settings.Settings{s}} {
			assert.NotContains(t, fmt.Sprintf(format, value), "long-enough", format)
		}
	}
}

// TestASealedKeyIsNotStored saves it in every way, and looks at what is stored.
func TestASealedKeyIsNotStored(t *testing.T) {
	const sealed = `{"iterations":600000,"salt":"AA==","iv":"AA==","data":"AA=="}`
	area := &store.Memory{}
	check := func(string) error { return nil }
	s, err := settings.Settings{}.With(map[string]string{"key": secret, "sealed": sealed}, check)
	require.NoError(t, err)
	assert.Equal(t, secret, s.Key, "it is open now")
	assert.False(t, s.Locked())
	require.NoError(t, settings.Save(t.Context(), area, s, settings.Policy{}))
	s, err = s.With(map[string]string{"base": "https://gateway.example"}, check)
	require.NoError(t, err)
	require.NoError(t, settings.Save(t.Context(), area, s, settings.Policy{}))
	all, err := area.List(t.Context(), "")
	require.NoError(t, err)
	for _, record := range all {
		assert.NotContains(t, string(record.Value), secret)
	}

	loaded, err := settings.Load(t.Context(), area)
	require.NoError(t, err)
	assert.True(t, loaded.Locked())
	assert.Empty(t, loaded.Key)
	assert.Empty(t, loaded.KeyEnds())
	assert.Equal(t, sealed, loaded.Sealed)
	assert.False(t, loaded.Unlocked(secret).Locked())
	assert.Equal(t, secret, loaded.Unlocked(secret).Key)
	assert.True(t, loaded.Unlocked("").Locked())
	assert.Empty(t, settings.Settings{}.Unlocked(secret).Key, "what is not sealed is not opened")

	removed, err := loaded.With(map[string]string{"key": ""}, check)
	require.NoError(t, err)
	assert.Empty(t, removed.Sealed)
	plain, err := loaded.With(map[string]string{"key": secret}, check)
	require.NoError(t, err)
	assert.Empty(t, plain.Sealed, "a key without a passphrase takes its place")
}

func TestALockedTokenIsStillForTheGateway(t *testing.T) {
	s, err := settings.Settings{}.With(map[string]string{"key": "dmk_token-of-a-rep", "sealed": "{}"}, func(string) error { return nil })
	require.NoError(t, err)
	s.Key = ""
	assert.True(t, s.Locked())
	assert.True(t, s.Gateway())
}

// An opened key is locked again after an hour without Dealmark, whatever becomes of
// the alarm.
func TestAnOpenedKeyStaysSoForAnHour(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	before := func(d time.Duration) string { return strconv.FormatInt(now.Add(-d).UnixMilli(), 10) }
	for name, c := range map[string]struct {
		used string
		open bool
	}{
		"just now":                         {before(0), true},
		"59 minutes ago":                   {before(59 * time.Minute), true},
		"a moment less than an hour ago":   {before(time.Hour - time.Millisecond), true},
		"an hour ago":                      {before(time.Hour), false},
		"yesterday, the computer slept":    {before(24 * time.Hour), false},
		"some seconds from now":            {before(-5 * time.Second), true},
		"tomorrow: the clock was put back": {before(-24 * time.Hour), false},
		"never":                            {"", false},
		"nobody knows when":                {"an hour ago", false},
		"before 1970":                      {"-1", false},
		"1e3":                              {"1e3", false},
	} {
		assert.Equal(t, c.open, settings.StillOpen(c.used, now), name)
	}
}
