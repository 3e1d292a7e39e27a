package crm_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
)

const (
	idA = "5c10000000000000000000a1"
	idB = "5c10000000000000000000a2"
)

func TestCustomFieldNames(t *testing.T) {
	kind, id, ok := crm.CustomField(crm.CustomNumber, idA).Custom()
	assert.True(t, ok)
	assert.Equal(t, crm.CustomNumber, kind)
	assert.Equal(t, idA, id)
	_, _, ok = crm.CustomField("", idA).Custom()
	assert.True(t, ok, "as Apollo gives it, without a kind")
	for _, f := range []crm.Field{"name", "", "custom", "custom.", "custom.number", "custom.number.", "custom.number.5c1", "custom.colour." + idA, "custom.number." + idA + ".x"} {
		_, _, ok := f.Custom()
		assert.False(t, ok, f)
		v := crm.Values{}
		if f != "name" {
			assert.False(t, v.SetText(f, "1"), f)
		}
	}
}

func TestCustomTexts(t *testing.T) {
	for name, c := range map[string]struct {
		kind crm.CustomKind
		raw  string // as Apollo has it
		want string
	}{
		"a text":               {crm.CustomText, "007 ", "007 "},
		"a number":             {crm.CustomNumber, "24.0", "24"},
		"a number in a text":   {crm.CustomNumber, "1e3", "1000"},
		"no number":            {crm.CustomNumber, "many", "many"},
		"a date":               {crm.CustomDate, "2026-12-31", "2026-12-31"},
		"a date with its time": {crm.CustomDate, "2026-12-31T00:00:00.000+00:00", "2026-12-31"},
		"no date":              {crm.CustomDate, "soon", "soon"},
		"a truth":              {crm.CustomBool, "true", "true"},
		"an option":            {crm.CustomChoice, idB, idB},
		"options":              {crm.CustomChoices, idB + "," + idA, idA + "," + idB},
	} {
		t.Run(name, func(t *testing.T) {
			var there crm.Values
			require.True(t, there.SetText(crm.CustomField("", idA), c.raw))
			f := crm.CustomField(c.kind, idA)
			assert.Equal(t, c.want, there.Text(f))
			var sent crm.Values
			if sent.SetText(f, c.want) {
				assert.Empty(t, sent.Diff(there), "what was sent in that form came back")
			}
			assert.Equal(t, c.want, crm.Values{Custom: there.Custom.Only([]crm.Field{f})}.Text(f))
		})
	}
}

func TestCustomTextsThatAreNotCanonical(t *testing.T) {
	for kind, texts := range map[crm.CustomKind][]string{
		crm.CustomNumber:  {"24.0", "24k", "x"},
		crm.CustomDate:    {"tomorrow", "2026-02-30", "2026-12-31T00:00"},
		crm.CustomBool:    {"yes", "1"},
		crm.CustomChoices: {idB + "," + idA},
	} {
		for _, text := range texts {
			v := crm.Values{}
			assert.False(t, v.SetText(crm.CustomField(kind, idA), text), text)
			assert.Equal(t, crm.Values{}, v)
		}
	}
}

func TestDiffOfCustomFields(t *testing.T) {
	number, text := crm.CustomField(crm.CustomNumber, idA), crm.CustomField(crm.CustomText, idB)
	there := crm.Values{}
	there.SetText(crm.CustomField("", idA), "24.0")
	there.SetText(crm.CustomField("", idB), "x")
	assert.Empty(t, there.Diff(crm.Values{}), "of none the kind is known")
	want := crm.Values{Custom: there.Custom.Only([]crm.Field{number, text})}
	assert.Empty(t, want.Diff(there))
	want.SetText(number, "25")
	want.SetText(text, "")
	assert.Equal(t, []crm.Field{number, text}, want.Diff(there))
	assert.Equal(t, []crm.Field{number, text}, there.Diff(want))
	u := crm.Update{ID: someID, Fields: []crm.Field{number, text}, Want: want}
	assert.NoError(t, u.Check())
	u.Fields = []crm.Field{crm.CustomField("", idA)}
	assert.Error(t, u.Check(), "nobody can send what has no kind")
}

// Custom against a map.
func TestCustomIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c crm.Custom
		model := map[string]string{}
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			id := rapid.SampledFrom([]string{idA, idB, "000000000000000000000000", "ffffffffffffffffffffffff"}).Draw(t, "id")
			kind := rapid.SampledFrom([]crm.CustomKind{"", crm.CustomText, crm.CustomChoice}).Draw(t, "kind")
			text := rapid.SampledFrom([]string{"", "a", "a=b", "é\n"}).Draw(t, "text")
			before := c
			c = c.With(crm.CustomField(kind, id), text)
			assert.Equal(t, model, textsOf(before), "a copy is independent")
			model[id] = text
			assert.Equal(t, model, textsOf(c))
			assert.True(t, c.Has(crm.CustomField(crm.CustomText, id)))
		}
		assert.False(t, c.Has("name"))
		var again crm.Custom
		order := maps.Keys(textsOf(c))
		for id := range order { // in any order
			again = again.With(crm.CustomField("", id), model[id])
		}
		var bare crm.Custom
		for f, text := range c.All() {
			_, id, _ := f.Custom()
			bare = bare.With(crm.CustomField("", id), text)
		}
		assert.True(t, again == bare, "the same values are equal")
	})
}

func textsOf(c crm.Custom) map[string]string {
	texts := map[string]string{}
	for f, text := range c.All() {
		_, id, _ := f.Custom()
		texts[id] = text
	}
	return texts
}
