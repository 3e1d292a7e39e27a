package settings_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
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
		"locked over the rep's own":       {settings.Policy{Address: set + "/ ", Locked: true}, own, set, true, ""},
		"locked and there already":        {settings.Policy{Address: set, Locked: true}, set, set, false, ""},
		"locked without an address":       {settings.Policy{Locked: true}, own, own, false, ""},
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
