package form_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// The name of the account that saving makes is the page's until the rep types
// another, which is kept and counts as theirs.
func TestNameOfTheNewAccount(t *testing.T) {
	c := form.Choices{NewAccount: &crm.NewAccount{Name: "Fresh\u202e Foods", Domain: "fresh.test"}}
	for name, test := range map[string]struct {
		typed *string
		want  string
		wrong crm.English
	}{
		"the page's":   {nil, "Fresh Foods", ""},
		"the rep's":    {new("  Fresh Foods\nGmbH "), "Fresh Foods GmbH", ""},
		"none":         {new(" "), "", "Give the new account a name."},
		"in two words": {new("Fresh, Foods & Söhne"), "Fresh, Foods & Söhne", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := form.NewCreate("form-1", "fresh.test")
			d.PrefillDefaults("Fresh Foods", c, "", crm.Date{})
			assert.False(t, d.Dirty())
			if test.typed != nil {
				d.Edit(form.AccountName, *test.typed)
				assert.True(t, d.Dirty())
				d.PrefillDefaults("Another", c, "", crm.Date{})
			}
			kept, err := form.Decode(d.Encode())
			require.NoError(t, err)
			assert.Equal(t, d, kept)
			command, wrong := kept.Command(c, crm.Date{})
			if test.wrong != "" {
				assert.Equal(t, []form.FieldError{{Field: form.AccountName, Message: test.wrong}}, wrong)
				return
			}
			require.Empty(t, wrong)
			assert.Equal(t, &crm.NewAccount{Name: test.want, Domain: "fresh.test"}, command.(crm.Create).NewAccount)
		})
	}
	t.Run("is of no matter where there is an account", func(t *testing.T) {
		there := form.Choices{Accounts: []crm.Account{{ID: "65f000050000000000000009", Name: "Fresh"}}}
		d := form.NewCreate("form-1", "fresh.test")
		d.PrefillDefaults("Fresh", there, "", crm.Date{})
		d.Edit(form.AccountName, "")
		_, wrong := d.Command(there, crm.Date{})
		assert.Empty(t, wrong)
	})
}
