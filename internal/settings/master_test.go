package settings_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
)

type usage struct{ err error }

func (u usage) Usage(context.Context) ([]apollo.Usage, error) { return nil, u.err }

// What becomes of a new key by what Apollo says of it, by the rep's word, and by
// the policy.
func TestAMasterKeyIsStoredByTheRepsWord(t *testing.T) {
	of := func(kind crm.Kind) error { return &crm.Error{Kind: kind} }
	refused := settings.Policy{NoMaster: true}
	agreed := map[string]string{"key": secret, "master": "agreed"}
	fresh := map[string]string{"key": secret}
	for name, c := range map[string]struct {
		policy settings.Policy
		before settings.Settings
		parts  map[string]string
		says   error
		asks   bool // whether Apollo is asked
		kind   crm.Kind
		field  crm.Field
	}{
		"one with few rights":            {settings.Policy{}, settings.Settings{}, fresh, of(crm.Forbidden), true, "", ""},
		"a wrong one":                    {settings.Policy{}, settings.Settings{}, fresh, of(crm.Unauthorized), true, "", ""},
		"nobody can tell":                {settings.Policy{}, settings.Settings{}, fresh, of(crm.Unavailable), true, "", ""},
		"a master key":                   {settings.Policy{}, settings.Settings{}, fresh, nil, true, crm.Invalid, settings.FieldMaster},
		"in the place of another":        {settings.Policy{}, settings.Settings{Key: "key-of-before", Master: true}, fresh, nil, true, crm.Invalid, settings.FieldMaster},
		"that was agreed to":             {settings.Policy{}, settings.Settings{}, agreed, nil, false, "", ""},
		"that is stored already":         {settings.Policy{}, settings.Settings{Key: secret}, fresh, nil, false, "", ""},
		"behind a passphrase":            {settings.Policy{}, settings.Settings{}, map[string]string{"key": secret, "sealed": "{}"}, nil, true, crm.Invalid, settings.FieldMaster},
		"a token of the gateway":         {refused, settings.Settings{}, map[string]string{"key": "dmk_token-of-a-rep"}, nil, false, "", ""},
		"no key any more":                {refused, settings.Settings{Key: secret}, map[string]string{"key": ""}, nil, false, "", ""},
		"the admin wants none":           {refused, settings.Settings{}, agreed, nil, true, crm.Invalid, ""},
		"and nobody can tell":            {refused, settings.Settings{}, fresh, of(crm.RateLimited), true, crm.Unavailable, ""},
		"the admin wants few rights":     {refused, settings.Settings{}, fresh, of(crm.Forbidden), true, "", ""},
		"nothing of it is about the key": {refused, settings.Settings{Key: secret}, map[string]string{"rep": string(dana)}, nil, false, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := c.before.With(c.parts, apollo.CheckBase)
			assert.NoError(t, err)
			assert.Equal(t, c.asks, c.policy.Asks(c.before, s))
			if !c.asks {
				return
			}
			master, known := settings.Master(t.Context(), usage{c.says})
			err = c.policy.Agreed(s, master, known)
			assert.Equal(t, c.kind, crm.KindOf(err))
			if err != nil {
				assert.Equal(t, c.field, crm.AsError(err).Field)
			}
		})
	}
}

// The rep's word is of one key.
func TestTheRepsWordIsOfOneKey(t *testing.T) {
	s, err := settings.Settings{}.With(map[string]string{"key": secret, "master": "agreed"}, apollo.CheckBase)
	assert.NoError(t, err)
	assert.True(t, s.Master)
	for name, c := range map[string]struct {
		parts map[string]string
		want  bool
	}{
		"who the rep is":  {map[string]string{"rep": string(dana)}, true},
		"the same key":    {map[string]string{"key": secret}, true},
		"another key":     {map[string]string{"key": "another-key-than-that"}, false},
		"no key":          {map[string]string{"key": "", "master": "agreed"}, false},
		"another address": {map[string]string{"base": "https://else.example"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			after, err := s.With(c.parts, apollo.CheckBase)
			assert.NoError(t, err)
			assert.Equal(t, c.want, after.Master)
		})
	}
}
