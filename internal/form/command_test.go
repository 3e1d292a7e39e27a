package form_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

func TestCreate(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	d.Edit(crm.FieldName, "  Acme rollout\n")
	d.Edit(crm.FieldAmount, "$25k")
	d.Edit(crm.FieldStage, string(proposal))
	d.Edit(crm.FieldCloseDate, "end of Q1")
	d.Edit(crm.FieldOwner, string(maria))
	d.Edit(crm.FieldAccount, string(acme))
	command, errs := d.Command(choices(), today())
	require.Empty(t, errs)
	assert.Equal(t, crm.Create{Values: crm.Values{
		Name: "Acme rollout", Amount: money("25000", "USD"), StageID: proposal,
		CloseDate: date("2027-03-31"), OwnerID: maria, AccountID: acme,
	}}, command)
}

func TestCreateWithANewAccount(t *testing.T) {
	c := choices()
	c.NewAccount = &crm.NewAccount{Name: "Acme", Domain: "acme.com"}
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("Acme", c, ana, today())
	d.Edit(crm.FieldAccount, form.NewAccountChoice)
	command, errs := d.Command(c, today())
	require.Empty(t, errs)
	create := command.(crm.Create)
	assert.Empty(t, create.AccountID)
	assert.Equal(t, c.NewAccount, create.NewAccount)
	c.NewAccount.Name = "changed"
	assert.Equal(t, "Acme", create.NewAccount.Name, "the command has its own copy")
}

func TestNewAccountWithoutAName(t *testing.T) {
	c := form.Choices{NewAccount: &crm.NewAccount{Domain: "acme.com"}}
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("Acme", c, ana, today())
	command, errs := d.Command(c, today())
	assert.Nil(t, command)
	assert.Equal(t, []form.FieldError{{Field: form.AccountName, Message: "Give the new account a name."}}, errs)
}

func TestUpdateHoldsWhatChanged(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	d.Edit(crm.FieldName, " Acme rollout ")       // the same name
	d.Edit(crm.FieldAmount, "$12,500.50")         // the same amount
	d.Edit(crm.FieldCloseDate, "31 Dec 2026")     // the same day
	d.Edit(crm.FieldStage, string(proposal))      // changed
	d.Edit(crm.FieldOwner, string(maria))         // changed
	d.Edit(crm.FieldOwner, d.Text(crm.FieldName)) // and back
	d.Edit(crm.FieldOwner, string(ana))
	command, errs := d.Command(choices(), today())
	require.Empty(t, errs)
	want := opportunity().Values
	want.StageID = proposal
	assert.Equal(t, crm.Update{
		ID: rollout, Fields: []crm.Field{crm.FieldStage}, Base: opportunity().Values, Want: want,
	}, command)
}

func TestUpdateClears(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	d.Edit(crm.FieldAmount, "")
	d.Edit(crm.FieldCloseDate, " ")
	command, errs := d.Command(choices(), today())
	require.Empty(t, errs)
	update := command.(crm.Update)
	assert.Equal(t, []crm.Field{crm.FieldAmount, crm.FieldCloseDate}, update.Fields)
	assert.False(t, update.Want.Amount.IsSet())
	assert.False(t, update.Want.CloseDate.IsSet())
}

func TestUpdateOfNothing(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	for _, edit := range []func(){
		func() {},
		func() { d.Edit(crm.FieldAmount, "12,500.50") },
		func() { d.Edit(crm.FieldName, "Acme rollout\u202e") },
	} {
		edit()
		command, errs := d.Command(choices(), today())
		assert.Nil(t, command)
		assert.Equal(t, []form.FieldError{{Message: "Nothing was changed, so there is nothing to save."}}, errs)
		assert.Empty(t, d.Check(choices(), today()), "nothing to complain about while typing")
	}
}

// A value that the form would not take does not stand in the way of another field.
func TestUpdateLeavesOldValuesAlone(t *testing.T) {
	o := opportunity()
	o.Name = strings.Repeat("long ", 100)
	o.Amount = money("-1.234", "EUR")
	o.StageID = "5a00000000000000000000ff"
	o.OwnerID = "0a00000000000000000000ff"
	o.AccountID = ""
	d := form.NewUpdate("f1", "acme.com", o)
	d.Edit(crm.FieldCloseDate, "2027-01-31")
	d.Edit(crm.FieldAmount, "5")
	d.Edit(crm.FieldAmount, "-1.2340") // put back as it stood there
	command, errs := d.Command(choices(), today())
	require.Empty(t, errs)
	assert.Equal(t, []crm.Field{crm.FieldCloseDate}, command.(crm.Update).Fields)
}

func TestFieldErrors(t *testing.T) {
	tests := []struct {
		name  string
		field crm.Field
		text  string
		want  string // part of the message, "" if the text is fine
	}{
		{"no name", crm.FieldName, "", "Give the opportunity a name."},
		{"a name of spaces", crm.FieldName, " \u00a0\u3000", "Give the opportunity a name."},
		{"a name of invisible signs", crm.FieldName, "\u200b\u202e\u200f\u200d", "Give the opportunity a name."},
		{"a name of line breaks", crm.FieldName, "\r\n\t", "Give the opportunity a name."},
		{"a name of 255", crm.FieldName, strings.Repeat("é", 255), ""},
		{"a name of 256", crm.FieldName, strings.Repeat("é", 256), "The name has 256 characters and Apollo takes 255; shorten it by 1."},
		{"a name of 10,000", crm.FieldName, strings.Repeat("é", 10_000), "shorten it by 9745."},
		{"a name of a megabyte", crm.FieldName, strings.Repeat("Acme ", 1<<18), "Apollo takes 255"},
		{"a formula", crm.FieldName, "=HYPERLINK(A1)", ""},
		{"markup", crm.FieldName, "<img src=x onerror=alert(1)>", ""},
		{"no amount", crm.FieldAmount, "", ""},
		{"another currency", crm.FieldAmount, "€12.500,00", "convert this one from EUR, or type 12,500 without €."},
		{"an amount read in two ways", crm.FieldAmount, "12.500", "two ways"},
		{"no stage", crm.FieldStage, "", "Choose a stage from the list."},
		{"an unknown stage", crm.FieldStage, "5a00000000000000000000ff", "Choose a stage from the list."},
		{"a stage by name", crm.FieldStage, "Discovery", "Choose a stage from the list."},
		{"a closed stage", crm.FieldStage, string(won), ""},
		{"no close date", crm.FieldCloseDate, "", ""},
		{"a date read in two ways", crm.FieldCloseDate, "1/2/2027", "2027-02-01 or 2027-01-02"},
		{"a past date", crm.FieldCloseDate, "2020-01-01", ""},
		{"no owner", crm.FieldOwner, "", ""},
		{"an unknown owner", crm.FieldOwner, "maria", "Choose an owner from the list."},
		{"no account", crm.FieldAccount, "", "Choose an account from the list."},
		{"an unknown account", crm.FieldAccount, string(acmeUK), "Choose an account from the list."},
		{"a new account that is not offered", crm.FieldAccount, form.NewAccountChoice, "Choose an account from the list."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := form.NewCreate("f1", "acme.com")
			d.PrefillDefaults("Acme", choices(), ana, today())
			d.Edit(test.field, test.text)
			command, errs := d.Command(choices(), today())
			assert.Equal(t, errs, d.Check(choices(), today()), "a touched field is judged while typing as it is on saving")
			if test.want == "" {
				assert.Empty(t, errs)
				assert.NotNil(t, command)
				return
			}
			assert.Nil(t, command)
			if assert.Len(t, errs, 1) {
				assert.Equal(t, test.field, errs[0].Field)
				assert.Contains(t, errs[0].Message.With(errs[0].Parts...), test.want)
			}
		})
	}
}

func TestAccountOfAnUpdate(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	d.Edit(crm.FieldAccount, string(acmeUK))
	_, errs := d.Command(choices(), today())
	assert.Equal(t, []form.FieldError{{
		Field:   crm.FieldAccount,
		Message: "The account of an opportunity cannot be changed here; open the opportunity in Apollo.",
	}}, errs)
}

func TestErrorsComeInTheOrderOfTheForm(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	for _, f := range allFields() {
		d.Edit(f, "\x00?")
	}
	_, errs := d.Command(choices(), today())
	var fields []crm.Field
	for _, e := range errs {
		fields = append(fields, e.Field)
	}
	assert.Equal(t, []crm.Field{"amount", "stage", "close_date", "owner", "account"}, fields, "and “?” is a name")
}

// Before the choices are there nothing is refused while typing; a form that
// chose nothing can be saved, one that chose something waits.
func TestWithoutChoices(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	assert.Empty(t, d.Check(choices(), today()), "an empty form is no error yet")
	d.Edit(crm.FieldName, "Acme")
	command, errs := d.Command(form.Choices{}, today())
	require.Empty(t, errs)
	assert.Equal(t, crm.Create{Values: crm.Values{Name: "Acme"}}, command)

	d.Edit(crm.FieldStage, string(discovery))
	d.Edit(crm.FieldOwner, string(ana))
	d.Edit(crm.FieldAccount, form.NewAccountChoice)
	assert.Empty(t, d.Check(form.Choices{}, today()))
	_, errs = d.Command(form.Choices{}, today())
	require.Len(t, errs, 3)
	for _, e := range errs {
		assert.Contains(t, e.Message, "are not here yet; wait until they are, then choose.")
	}
}

// The opportunity's own currency stands in for the team's while that is not known.
func TestCurrencyOfTheOpportunity(t *testing.T) {
	d := form.NewUpdate("f1", "acme.com", opportunity())
	c := choices()
	c.Currency = ""
	d.Edit(crm.FieldAmount, "€5k")
	assert.Len(t, d.Check(c, today()), 1)
	d.Edit(crm.FieldAmount, "5k")
	assert.Equal(t, "5,000 USD", d.Understood(crm.FieldAmount, c, today()))
	command, errs := d.Command(c, today())
	require.Empty(t, errs)
	assert.Equal(t, money("5000", "USD"), command.(crm.Update).Want.Amount)
}

// Command gives a command that passes its Check, or errors, never both or
// neither; an update differs from its base in exactly its fields, and these the
// rep changed.
func TestCommandIsValidByConstruction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDraft().Draw(t, "draft")
		c := anyChoices().Draw(t, "choices")
		before := d
		command, errs := d.Command(c, today())
		assert.Equal(t, before, d)
		live := d.Check(c, today())
		for _, e := range live {
			assert.Contains(t, errs, e, "what is wrong while typing is wrong on saving")
		}
		if command == nil {
			require.NotEmpty(t, errs)
			for _, e := range errs {
				assert.NotEmpty(t, e.Message)
			}
			return
		}
		require.Empty(t, errs)
		require.NoError(t, command.Check())
		update, ok := command.(crm.Update)
		assert.Equal(t, d.OpportunityID != "", ok)
		if !ok {
			return
		}
		assert.Equal(t, d.Base, update.Base)
		assert.Equal(t, d.OpportunityID, update.ID)
		assert.Equal(t, update.Base.Diff(update.Want), update.Fields)
		for _, f := range allFields() {
			if slices.Contains(update.Fields, f) {
				assert.True(t, d.Touched(f), f)
			} else {
				assert.Equal(t, update.Base.Text(f), update.Want.Text(f), f)
			}
		}
	})
}
