package form_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/words"
)

const (
	optionA = "5c14000000000000000000b1"
	optionB = "5c14000000000000000000b2"
)

var (
	order  = crm.CustomField(crm.CustomText, "5c10000000000000000000a1")
	months = crm.CustomField(crm.CustomNumber, "5c10000000000000000000a2")
	ends   = crm.CustomField(crm.CustomDate, "5c10000000000000000000a3")
	renews = crm.CustomField(crm.CustomBool, "5c10000000000000000000a4")
	source = crm.CustomField(crm.CustomChoice, "5c10000000000000000000a5")
	topics = crm.CustomField(crm.CustomChoices, "5c10000000000000000000a6")
)

// custom are custom fields of every kind, with defaults.
func custom() form.Setup {
	options := []form.Option{{ID: optionA, Name: "Website"}, {ID: optionB, Name: "Referral"}}
	return form.Setup{Custom: []form.Custom{
		{Field: order, Label: "Purchase order", Max: 8},
		{Field: months, Label: "Contract months", Defaults: []form.Default{{Text: "12"}, {Stage: proposal, Text: "24"}}},
		{Field: ends, Label: "Contract end", Defaults: []form.Default{{Stage: proposal, Text: "end of next quarter"}}},
		{Field: renews, Label: "Renewal"},
		{Field: source, Label: "Lead source", Options: options, Required: true},
		{Field: topics, Label: "Topics", Options: options},
	}}
}

func withCustom() form.Choices {
	c := choices()
	c.Setup = custom()
	return c
}

func TestCustomFieldsAreRead(t *testing.T) {
	for name, test := range map[string]struct {
		field     crm.Field
		text      string
		canonical string
		complaint string
	}{
		"a text":                      {order, " PO\n4711 ", "PO 4711", ""},
		"a text that is too long":     {order, "PO-471100", "", "9 characters and Apollo takes 8"},
		"a number":                    {months, "24", "24", ""},
		"a number with a k":           {months, "1.2k", "1200", ""},
		"a negative number":           {months, "-3.50", "-3.5", ""},
		"an amount is no number":      {months, "€5", "", "is not a number"},
		"no number":                   {months, "many", "", "is not a number"},
		"a date":                      {ends, "end of Q1 2027", "2027-03-31", ""},
		"no date":                     {ends, "soonish", "", "soonish"},
		"yes":                         {renews, "true", "true", ""},
		"a choice":                    {source, optionB, optionB, ""},
		"a choice that is gone":       {source, "5c14000000000000000000ff", "", "not there any more"},
		"choices":                     {topics, optionB + "," + optionA, optionA + "," + optionB, ""},
		"choices of which one is not": {topics, optionB + ",x", "", "not there any more"},
	} {
		t.Run(name, func(t *testing.T) {
			c := withCustom()
			d := form.NewCreate("f1", "acme.com")
			d.PrefillDefaults("Acme", c, maria, today())
			d.Edit(source, optionA)
			d.Edit(test.field, test.text)
			command, wrong := d.Command(c, today())
			if test.complaint != "" {
				require.Len(t, wrong, 1)
				assert.Equal(t, test.field, wrong[0].Field)
				assert.Contains(t, wrong[0].Message.With(wrong[0].Parts...), test.complaint)
				assert.Equal(t, wrong, d.Check(c, today()), "said while the rep types, too")
				return
			}
			require.Empty(t, wrong)
			assert.Equal(t, test.canonical, command.(crm.Create).Text(test.field))
		})
	}
}

func TestARequiredFieldIsAskedForWhenSaving(t *testing.T) {
	c := withCustom()
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Empty(t, d.Check(c, today()), "not before")
	_, wrong := d.Command(c, today())
	require.Len(t, wrong, 1)
	assert.Equal(t, source, wrong[0].Field)
	assert.Contains(t, wrong[0].Message, "Your team asks for this")

	o := opportunity()
	o.Custom = o.Custom.Only([]crm.Field{source})
	u := form.NewUpdate("f2", "acme.com", o)
	u.Edit(crm.FieldAmount, "30k")
	command, wrong := u.Command(c, today())
	require.Empty(t, wrong, "what was blank before does not stand in the way of a change")
	assert.Equal(t, []crm.Field{crm.FieldAmount}, command.(crm.Update).Fields)
}

func TestDefaultsByStage(t *testing.T) {
	c := withCustom()
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Equal(t, "12", d.Text(months))
	assert.Empty(t, d.Text(ends))
	d.Edit(crm.FieldStage, string(proposal))
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Equal(t, "24", d.Text(months))
	assert.Equal(t, "end of next quarter", d.Text(ends))
	assert.Equal(t, "Wed, 31 Mar 2027", d.UnderstoodCustom(&c.Custom[2], words.Words{}, today()))
	d.Edit(crm.FieldStage, string(discovery))
	d.Edit(months, "36")
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Equal(t, "36", d.Text(months), "the rep's own")
	assert.Empty(t, d.Text(ends), "a default goes with its stage")
}

func TestDefaultsInAChange(t *testing.T) {
	c := withCustom()
	o := opportunity()
	o.Custom = o.Custom.With(ends, "2027-06-30").Only([]crm.Field{months, ends})
	d := form.NewUpdate("f1", "acme.com", o)
	d.PrefillCustom(c)
	_, wrong := d.Command(c, today())
	require.Len(t, wrong, 1, "nothing was changed")
	d.Edit(crm.FieldStage, string(proposal))
	d.PrefillCustom(c)
	assert.Equal(t, "24", d.Text(months))
	assert.Equal(t, "2027-06-30", d.Text(ends), "what Apollo has stays")
	read, err := form.Decode(d.Encode())
	require.NoError(t, err)
	assert.Equal(t, d, read)
	command, wrong := read.Command(c, today())
	require.Empty(t, wrong)
	u := command.(crm.Update)
	assert.Equal(t, []crm.Field{crm.FieldStage, months}, u.Fields)
	assert.Equal(t, "24", u.Want.Text(months))
	d.Edit(crm.FieldStage, string(discovery))
	d.PrefillCustom(c)
	assert.Empty(t, d.Text(months))
}

func TestChangesOfCustomFields(t *testing.T) {
	c := withCustom()
	o := opportunity()
	there := o.Custom.With(crm.CustomField("", "5c10000000000000000000a2"), "24.0").With(crm.CustomField("", "5c10000000000000000000a1"), "PO-1")
	o.Custom = there.Only([]crm.Field{order, months, source})
	d := form.NewUpdate("f1", "acme.com", o)
	assert.Equal(t, "24", d.Text(months))
	assert.False(t, d.Dirty())
	d.Edit(months, "")
	d.Edit(source, optionB)
	assert.True(t, d.Dirty())
	command, wrong := d.Command(c, today())
	require.Empty(t, wrong)
	u := command.(crm.Update)
	assert.ElementsMatch(t, []crm.Field{months, source}, u.Fields)
	assert.Empty(t, u.Want.Text(months), "to be cleared")
	assert.Equal(t, "24", u.Base.Text(months))

	assert.True(t, d.Locked(ends), "nobody knows what Apollo has")
	d.Complete(there.Only([]crm.Field{ends, order}))
	assert.False(t, d.Locked(ends))
	assert.Equal(t, "PO-1", d.Text(order))
}

func TestDraftsWithCustomFieldsAreIndependent(t *testing.T) {
	d := form.NewCreate("f1", "acme.com")
	d.Edit(order, "PO-1")
	copied := d
	d.Edit(order, "PO-2")
	d.Edit(months, "3")
	assert.Equal(t, "PO-1", copied.Text(order))
	assert.Empty(t, copied.Text(months))
	read, err := form.Decode(d.Encode())
	require.NoError(t, err)
	assert.Equal(t, d, read)
	assert.Contains(t, d.Fields(), months)
	d.Edit("custom.colour.5c10000000000000000000a1", "red")
	assert.Equal(t, d, read, "no such kind")
}

func TestCheckSetup(t *testing.T) {
	assert.NoError(t, form.CheckSetup(custom()))
	for said, spoil := range map[string]func(*form.Setup){
		"{x} is no placeholder": func(s *form.Setup) { s.Template = "{x}" },
		"no name or no kind":    func(s *form.Setup) { s.Custom[0].Label = "" },
		"There twice":           func(s *form.Setup) { s.Custom[1] = s.Custom[0] },
		"none of its choices":   func(s *form.Setup) { s.Custom[4].Defaults = []form.Default{{Text: "Website"}} },
		"30 custom fields":      func(s *form.Setup) { s.Custom = make([]form.Custom, 31) },
	} {
		s := custom()
		spoil(&s)
		err := form.CheckSetup(s)
		assert.Equal(t, crm.Invalid, crm.KindOf(err), said)
		assert.Contains(t, strings.ToLower(crm.AsError(err).Text()), strings.ToLower(said))
	}
}

func TestCustomWords(t *testing.T) {
	s := custom()
	assert.Equal(t, "Website, Referral", s.Custom[5].Words(optionA+","+optionB, words.Words{}))
	assert.Equal(t, "yes", s.Custom[3].Words("true", words.Words{}))
	assert.Equal(t, "", s.Custom[3].Words("", words.Words{}))
	assert.Equal(t, "", s.Custom[4].Words("", words.Words{}))
	assert.Equal(t, "24", s.Custom[1].Words("24", words.Words{}))
}
