package form_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

func TestNewUpdateShowsTheOpportunity(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	want := map[crm.Field]string{
		crm.FieldName: "Acme rollout", crm.FieldAmount: "12500.5", crm.FieldStage: string(discovery),
		crm.FieldCloseDate: "2026-12-31", crm.FieldOwner: string(ana), crm.FieldAccount: string(acme),
	}
	for f, text := range want {
		assert.Equal(t, text, d.Text(f), f)
		assert.False(t, d.Touched(f), f)
	}
	assert.Equal(t, rollout, d.OpportunityID)
	assert.Equal(t, opportunity().Values, d.Base)
	assert.False(t, d.Dirty())
}

// The draft against the plainest model of it: two maps.
func TestDraftKeepsWhatTheRepTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := form.NewCreate("f1", "acme.com")
		typed, prefilled := map[crm.Field]string{}, map[crm.Field]string{}
		text := func(f crm.Field) string {
			if own, ok := typed[f]; ok {
				return own
			}
			return prefilled[f]
		}
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			f := rapid.SampledFrom(allFields()).Draw(t, "field")
			next := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "text")
			if rapid.Bool().Draw(t, "typed") {
				d.Edit(f, next)
				typed[f] = next
				continue
			}
			before := text(f)
			if _, touched := typed[f]; !touched {
				prefilled[f] = next
			}
			assert.Equal(t, text(f) != before, d.Prefill(f, next))
		}
		dirty := false
		for _, f := range allFields() {
			own, touched := typed[f]
			assert.Equal(t, text(f), d.Text(f))
			assert.Equal(t, touched, d.Touched(f))
			dirty = dirty || touched && own != prefilled[f]
		}
		assert.Equal(t, dirty, d.Dirty())
	})
}

func TestDraftIsAValue(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	copied := d
	d.Edit(crm.FieldName, "Acme")
	assert.Empty(t, copied.Text(crm.FieldName))
	copied.Edit(crm.FieldName, "Acme")
	assert.Equal(t, d, copied)
}

func TestUnknownFieldIsIgnored(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	d.Edit("colour", "red")
	assert.False(t, d.Prefill("colour", "red"))
	assert.Empty(t, d.Text("colour"))
	assert.False(t, d.Touched("colour"))
	assert.Equal(t, form.NewCreate("f1", "acme.com"), d)
}

func TestPrefillDefaults(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("Acme Corporation", choices(), maria, today())
	assert.Equal(t, "Acme Corporation", d.Text(crm.FieldName))
	assert.Equal(t, string(discovery), d.Text(crm.FieldStage))
	assert.Equal(t, string(maria), d.Text(crm.FieldOwner))
	assert.Equal(t, "2026-12-31", d.Text(crm.FieldCloseDate))
	assert.Equal(t, string(acme), d.Text(crm.FieldAccount))
	assert.Empty(t, d.Text(crm.FieldAmount))
	assert.False(t, d.Dirty(), "nothing of it is the rep's own")

	command, errs := d.Command(choices(), today())
	require.Empty(t, errs, "the defaults alone can be saved")
	assert.IsType(t, crm.Create{}, command)
}

func TestPrefillDefaultsCases(t *testing.T) {
	fresh := &crm.NewAccount{Name: "Acme", Domain: "acme.com"}
	two := append(choices().Accounts, crm.Account{ID: acmeUK})
	tests := []struct {
		name    string
		company string
		choices form.Choices
		rep     crm.UserID
		today   crm.Date
		field   crm.Field
		want    string
	}{
		{"no company name: the domain", "", form.Choices{}, "", today(), crm.FieldName, "acme.com"},
		{"a name copied with a line break", " Acme\n Corp ", form.Choices{}, "", today(), crm.FieldName, "Acme Corp"},
		{"a name longer than a name may be", strings.Repeat("long ", 52), form.Choices{}, "", today(), crm.FieldName, strings.Repeat("long ", 50) + "long"},
		{"end of quarter, the day before", "", form.Choices{}, "", date("2026-09-29"), crm.FieldCloseDate, "2026-09-30"},
		{"end of quarter, on the day", "", form.Choices{}, "", date("2026-09-30"), crm.FieldCloseDate, "2026-09-30"},
		{"today is not known", "", form.Choices{}, "", crm.Date{}, crm.FieldCloseDate, ""},
		{"no stages yet", "", form.Choices{}, "", today(), crm.FieldStage, ""},
		{"only closed stages", "", form.Choices{Stages: []crm.Stage{{ID: won, Closed: true}}}, "", today(), crm.FieldStage, ""},
		{"a rep who is not of the team", "", choices(), "0a00000000000000000000ff", today(), crm.FieldOwner, ""},
		{"only a new account", "", form.Choices{NewAccount: fresh}, "", today(), crm.FieldAccount, form.NewAccountChoice},
		{"one account and a new one", "", form.Choices{Accounts: two[:1], NewAccount: fresh}, "", today(), crm.FieldAccount, string(acme)},
		{"several accounts", "", form.Choices{Accounts: two}, "", today(), crm.FieldAccount, ""},
		{"no account offered", "", form.Choices{}, "", today(), crm.FieldAccount, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := form.NewCreate("f1", "acme.com")
			d.PrefillDefaults(test.company, test.choices, test.rep, test.today)
			assert.Equal(t, test.want, d.Text(test.field))
		})
	}
}

func TestPrefillDefaultsAgain(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("", form.Choices{}, "", today())
	d.Edit(crm.FieldOwner, "")
	d.PrefillDefaults("Acme", choices(), ana, today())
	assert.Equal(t, "Acme", d.Text(crm.FieldName), "the better name comes later")
	assert.Empty(t, d.Text(crm.FieldOwner), "the rep cleared it")

	several := choices()
	several.Accounts = append(several.Accounts, crm.Account{ID: acmeUK})
	d.PrefillDefaults("Acme", several, ana, today())
	assert.Empty(t, d.Text(crm.FieldAccount), "the only account is not the only one any more")

	before := d
	d.PrefillDefaults("", form.Choices{}, "", crm.Date{})
	before.Prefill(crm.FieldName, "acme.com")
	assert.Equal(t, before, d, "what is not known takes nothing away")

	update := form.NewUpdate("f2", "acme.com", opportunity())
	unchanged := update
	update.PrefillDefaults("Other", choices(), maria, today())
	assert.Equal(t, unchanged, update)
}
