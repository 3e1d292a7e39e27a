package form_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/words"
)

// lineChoices are those of a team with more stages and owners, whose currency is
// given.
func lineChoices(currency string) form.Choices {
	c := choices()
	c.Currency = currency
	c.Stages = append(c.Stages,
		crm.Stage{ID: "5a0000000000000000000004", Name: "Meet & Present"},
		crm.Stage{ID: "5a0000000000000000000005", Name: "3 - Négociation (60%)"},
		crm.Stage{ID: "5a0000000000000000000006", Name: "Review", PipelineID: "5b0000000000000000000001"},
		crm.Stage{ID: "5a0000000000000000000007", Name: "Review", PipelineID: "5b0000000000000000000002"},
	)
	c.Owners = append(c.Owners,
		crm.User{ID: "0a0000000000000000000003", Name: "José Muñoz", Email: "jm@acme.test"},
		crm.User{ID: "0a0000000000000000000004", Name: "Anastasia Weiß", Email: "weiss.a@acme.test"},
		crm.User{ID: "0a0000000000000000000005", Name: "Max Mustermann"},
		crm.User{ID: "0a0000000000000000000006", Name: "Max Power"},
	)
	return c
}

// whole puts a line together again.
func whole(l form.Line) string {
	text := l.Name
	for _, p := range l.Parts {
		text += p.Text
	}
	return text
}

func TestReadLine(t *testing.T) {
	for _, r := range append(rows(t, "testdata/lines.txt", "team", 250), rows(t, "testdata/lines_orders.txt", "team", 550)...) {
		line := form.ReadLine(r.text, lineChoices(r.setting), today())
		assert.Equal(t, r.text, whole(line), "%s", r.line)
		if r.want == "" { // the name is as it was typed
			assert.Empty(t, line.Parts, "%s: %q", r.line, r.text)
			continue
		}
		got := strings.TrimSpace(line.Name)
		for _, p := range line.Parts {
			got += " + " + p.Words
		}
		assert.Equal(t, r.want, strings.TrimSpace(got), "%s: %q", r.line, r.text)
	}
}

func TestReadLineBeforeTheTeamIsKnown(t *testing.T) {
	line := form.ReadLine("Acme rollout discovery 25k @maria", form.Choices{}, crm.Date{})
	assert.Empty(t, line.Parts, "a word that is not known yet ends the reading")
	line = form.ReadLine("Acme rollout 25k eoq", form.Choices{}, crm.Date{})
	assert.Empty(t, line.Parts, "so does a day that depends on today")
	line = form.ReadLine("Acme rollout 25k 2026-12-31", form.Choices{}, crm.Date{})
	assert.Len(t, line.Parts, 2)
}

// What the fields themselves understand is found in any order and with any
// signs between.
func TestReadLineInAnyOrder(t *testing.T) {
	spellings := map[crm.Field][]string{
		crm.FieldAmount:    {"25k", "$25,000", "25.000,00", "25000 USD", "USD 25k", "0.025m", "25 k", "٢٥٬٠٠٠"},
		crm.FieldStage:     {"discovery", "Discovery", "DISCOVERY", "#disc", "#discovery"},
		crm.FieldCloseDate: {"2026-12-31", "31.12.2026", "31 Dec", "Dec 31, 2026", "end of year", "EOY", "12/31/2026", "thu 31 dec", "Q4", "end of Q4"},
		crm.FieldOwner:     {"@maria", "@Maria", "@mar", "@MARIA"},
	}
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.Permutation([]crm.Field{crm.FieldAmount, crm.FieldStage, crm.FieldCloseDate, crm.FieldOwner}).Draw(t, "order")
		fields = fields[:rapid.IntRange(1, 4).Draw(t, "parts")]
		name := rapid.SampledFrom([]string{"Acme rollout", "5k run", "Q3 renewal", "Acme", "Wartungsvertrag Süd", "阿克梅"}).Draw(t, "name")
		sign := rapid.SampledFrom([]string{" ", ", ", " - ", " | ", "\t", "  ", " · "}).Draw(t, "sign")
		text := name
		d := form.NewCreate("f1", "acme.com")
		for _, f := range fields {
			text += sign + rapid.SampledFrom(spellings[f]).Draw(t, string(f))
		}
		d.Edit(crm.FieldName, text)
		line := d.Line(choices(), today())
		require.Len(t, line.Parts, len(fields), text)
		d.Take(line)
		assert.Equal(t, name, d.Text(crm.FieldName), text)
		d.Edit(crm.FieldAccount, string(acme))
		if d.Text(crm.FieldStage) == "" {
			d.Edit(crm.FieldStage, string(discovery))
		}
		command, errs := d.Command(choices(), today())
		require.Empty(t, errs, text)
		values := command.(crm.Create).Values
		for _, f := range fields {
			want := map[crm.Field]string{crm.FieldAmount: "25000", crm.FieldStage: string(discovery), crm.FieldCloseDate: "2026-12-31", crm.FieldOwner: string(maria)}[f]
			assert.Equal(t, want, values.Text(f), text)
		}
	})
}

func TestTake(t *testing.T) {
	prefilled := func() form.Draft {
		d := form.NewCreate("f1", "acme.com")
		d.PrefillDefaults("Acme", choices(), ana, today())
		return d
	}
	t.Run("nothing of what the form put there", func(t *testing.T) {
		d := form.NewCreate("f1", "acme.com")
		d.Prefill(crm.FieldName, "Acme 25k")
		assert.Empty(t, d.Line(choices(), today()).Parts)
		d.Edit(crm.FieldName, "Acme 25k")
		assert.Empty(t, d.Line(choices(), today()).Parts, "which is the same text")
	})
	t.Run("no name is left", func(t *testing.T) {
		d := prefilled()
		d.Edit(crm.FieldName, "25k proposal")
		d.Take(d.Line(choices(), today()))
		assert.Equal(t, "Acme", d.Text(crm.FieldName))
		assert.False(t, d.Touched(crm.FieldName))
		assert.Equal(t, "25k", d.Text(crm.FieldAmount))
		assert.Equal(t, string(proposal), d.Text(crm.FieldStage))
	})
	t.Run("of a change", func(t *testing.T) {
		d := form.NewUpdate("f1", "acme.com", opportunity())
		d.Edit(crm.FieldName, "Acme rollout 30k")
		assert.Equal(t, "30,000 USD", d.Line(form.Choices{}, today()).Words(words.Words{}), "in the currency that it has")
		d.Take(d.Line(choices(), today()))
		command, errs := d.Command(choices(), today())
		require.Empty(t, errs)
		assert.Equal(t, []crm.Field{crm.FieldAmount}, command.(crm.Update).Fields, "the name is as it was")
	})
}

func FuzzReadLine(f *testing.F) {
	for _, r := range rows(f, "testdata/lines.txt", "team", 250) {
		f.Add(r.text, r.setting)
	}
	f.Fuzz(func(t *testing.T, text, team string) {
		line := form.ReadLine(text, lineChoices(team), today())
		require.Equal(t, text, whole(line))
		seen := map[crm.Field]bool{}
		for _, p := range line.Parts {
			assert.False(t, seen[p.Field], "twice")
			seen[p.Field] = true
			assert.NotEmpty(t, p.Words)
			d := form.NewCreate("f1", "acme.com")
			d.Edit(p.Field, p.Value)
			assert.Empty(t, d.Check(lineChoices(team), today()), "the form takes what was read: %q", p.Value)
		}
		d := form.NewCreate("f1", "acme.com")
		d.Edit(crm.FieldName, text)
		d.Take(d.Line(lineChoices(team), today()))
	})
}
