package form_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// drafted is a new opportunity's form after its defaults, by a template.
func drafted(template form.Template, change ...func(*form.Choices)) (form.Draft, form.Choices) {
	c := choices()
	c.Template = template
	for _, f := range change {
		f(&c)
	}
	d := form.NewCreate("f1", "acme.com")
	d.PrefillDefaults("Acme", c, maria, today())
	return d, c
}

func TestTemplates(t *testing.T) {
	nobody := func(c *form.Choices) { c.Owners = nil }
	nothing := func(c *form.Choices) { *c = form.Choices{Setup: c.Setup} }
	for name, test := range map[string]struct {
		template form.Template
		change   func(*form.Choices)
		want     string // ‸ for the gap
		saved    string
	}{
		"none":                      {"", nil, "Acme", "Acme"},
		"the account":               {"{account}", nil, "Acme", "Acme"},
		"all that is known":         {"{domain} {quarter} {year} {month} {owner} {stage}", nil, "acme.com Q4 2026 2026 2026-12 Maria Discovery", ""},
		"a product":                 {"{account} – {product} – {quarter}", nil, "Acme – ‸ – Q4 2026", "Acme – Q4 2026"},
		"a product at the end":      {"{account}: {product}", nil, "Acme: ‸", "Acme"},
		"a product at the start":    {"{product} | {account}", nil, "‸ | Acme", "Acme"},
		"a product alone":           {"{product}", nil, "", "-"},
		"words around":              {"Deal: {account} (new)", nil, "Deal: Acme (new)", ""},
		"an owner who is not known": {"{account} – {owner} – {quarter}", nobody, "Acme – Q4 2026", ""},
		"none at the start":         {"{owner}/{stage}/{account}", nothing, "Acme", ""},
		"none before the product":   {"{owner} {product} {account}", nobody, "‸ Acme", "Acme"},
		"none at the end":           {"{account} ({owner})", nobody, "Acme)", ""},
		"nothing known at all":      {"{owner}", nobody, "", "-"},
	} {
		t.Run(name, func(t *testing.T) {
			change := func(*form.Choices) {}
			if test.change != nil {
				change = test.change
			}
			d, c := drafted(test.template, change)
			text := d.Text(crm.FieldName)
			if at, open := d.Gap(); open {
				text = text[:at] + "‸" + text[at:]
			}
			assert.Equal(t, test.want, text)
			assert.False(t, d.Touched(crm.FieldName))
			command, wrong := d.Command(c, today())
			switch test.saved {
			case "-":
				require.Len(t, wrong, 1)
				assert.Equal(t, crm.FieldName, wrong[0].Field)
			case "":
				require.Empty(t, wrong)
				assert.Equal(t, test.want, command.(crm.Create).Name)
			default:
				require.Empty(t, wrong)
				assert.Equal(t, test.saved, command.(crm.Create).Name)
			}
		})
	}
}

func TestATemplateFollowsTheFormUntilTheNameIsTouched(t *testing.T) {
	d, c := drafted("{account} – {product} – {quarter}, {stage}")
	d.Edit(crm.FieldCloseDate, "end of Q1 2027")
	d.Edit(crm.FieldStage, string(proposal))
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Equal(t, "Acme –  – Q1 2027, Proposal", d.Text(crm.FieldName))

	d.Edit(crm.FieldCloseDate, "no date at all")
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Equal(t, "Acme –  – Q4 2026, Proposal", d.Text(crm.FieldName), "today's, where the close date cannot be read")

	d.Edit(crm.FieldName, "Acme – Suite – Q4 2026, Proposal")
	d.Edit(crm.FieldCloseDate, "end of Q1 2027")
	d.PrefillDefaults("Acme", c, maria, today())
	assert.Equal(t, "Acme – Suite – Q4 2026, Proposal", d.Text(crm.FieldName))
	_, open := d.Gap()
	assert.False(t, open, "it is filled")
}

// What the template put behind the rep's word is no close date and no stage to be
// taken out of the name.
func TestATemplateIsNoLine(t *testing.T) {
	for _, again := range []bool{false, true} {
		d, c := drafted("{account} – {product} – {quarter}")
		d.Edit(crm.FieldName, "Acme – Suite – Q4 2026")
		if again {
			read, err := form.Decode(d.Encode())
			require.NoError(t, err)
			assert.Equal(t, d, read)
			d = read
		}
		assert.Empty(t, d.Line(c, today()).Parts)
		d.Edit(crm.FieldName, "Acme – Suite – Q4 2026 25k")
		assert.NotEmpty(t, d.Line(c, today()).Parts, "what the rep typed behind it is")
	}
}

func TestTemplateCheck(t *testing.T) {
	for _, fit := range []form.Template{"", "{account}", "{product}", "{account} – {product} – {quarter}", "A {owner} b {year}"} {
		assert.NoError(t, form.CheckTemplate(fit), fit)
	}
	for template, said := range map[form.Template]string{
		"{company}":           "{company} is no placeholder",
		"{Account}":           "{Account} is no placeholder",
		"{}":                  "{} is no placeholder",
		"{account":            "no } after it",
		"{account{owner}}":    "no } after it",
		"account}":            "no { before it",
		"{account} } {owner}": "no { before it",
		"{account} {account}": "{account} stands in the pattern twice",
		"Deal":                "no placeholder",
		" {account}":          "begins or ends with a space",
		"{account}\n{owner}":  "not shown",
		form.Template(strings.Repeat("–", 121)): "too long",
	} {
		err := form.CheckTemplate(template)
		assert.Equal(t, crm.Invalid, crm.KindOf(err), template)
		assert.Contains(t, crm.AsError(err).Text(), said)
		assert.Empty(t, form.ExampleName(template, today()))
	}
}

func TestTemplateExample(t *testing.T) {
	assert.Equal(t, "Acme – … – Q4 2026", form.ExampleName("{account} – {product} – {quarter}", today()))
	assert.Equal(t, "Acme", form.ExampleName("", today()))
	assert.Equal(t, "acme.com 2026-12 Maria Rossi Discovery", form.ExampleName("{domain} {month} {owner} {stage}", today()))
}

func TestADraftWithAGapThatIsNotInTheNameIsRefused(t *testing.T) {
	for _, gap := range []string{"-1", "6"} {
		_, err := form.Decode([]byte(`{"version":1,"fields":{"name":{"text":"Acme","prefilled":"Acme","gap":` + gap + `}}}`))
		assert.Equal(t, crm.Internal, crm.KindOf(err))
	}
}
