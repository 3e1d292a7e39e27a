package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestParseID(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		ok   bool
	}{
		"24 digits":          {"64f0a1b2c3d4e5f600000001", true},
		"zeros":              {"000000000000000000000000", true},
		"empty":              {"", false},
		"23 digits":          {"64f0a1b2c3d4e5f60000000", false},
		"25 digits":          {"64f0a1b2c3d4e5f6000000010", false},
		"capitals":           {"64F0A1B2C3D4E5F600000001", false},
		"a letter too far":   {"64f0a1b2c3d4e5f60000000g", false},
		"a path":             {"../../../../users/search", false},
		"24 bytes, not text": {"\xff4f0a1b2c3d4e5f600000001", false},
		"white space":        {" 4f0a1b2c3d4e5f600000001", false},
	} {
		t.Run(name, func(t *testing.T) {
			id, ok := crm.ParseID[crm.StageID](c.text)
			assert.Equal(t, c.ok, ok)
			if c.ok {
				assert.Equal(t, crm.StageID(c.text), id)
			} else {
				assert.Empty(t, id)
			}
		})
	}
}

func TestSetTextAndText(t *testing.T) {
	for _, c := range []struct {
		field crm.Field
		text  string
		want  string
		ok    bool
	}{
		{crm.FieldName, "Acme", "Acme", true},
		{crm.FieldName, "", "", true},
		{crm.FieldAmount, "12500.50", "12500.5", true},
		{crm.FieldAmount, "0", "0", true},
		{crm.FieldAmount, "", "", true},
		{crm.FieldAmount, "12,500", "1", false},
		{crm.FieldAmount, "€5", "1", false},
		{crm.FieldCloseDate, "2026-12-31", "2026-12-31", true},
		{crm.FieldCloseDate, "", "", true},
		{crm.FieldCloseDate, "31.12.2026", "2026-01-01", false},
		{crm.FieldCloseDate, "2026-02-30", "2026-01-01", false},
		{crm.FieldStage, someID, someID, true},
		{crm.FieldStage, "", "", true},
		{crm.FieldStage, "Won", other, false},
		{crm.FieldOwner, someID, someID, true},
		{crm.FieldOwner, "me", other, false},
		{crm.FieldAccount, someID, someID, true},
		{crm.FieldAccount, "Acme", other, false},
		{"next_step", "call", "", false},
		{"", "call", "", false},
	} {
		t.Run(string(c.field)+" "+c.text, func(t *testing.T) {
			v := full(t)
			before := v
			assert.Equal(t, c.ok, v.SetText(c.field, c.text))
			assert.Equal(t, c.want, v.Text(c.field))
			assert.Equal(t, "EUR", v.Amount.Currency, "the currency is kept")
			if !c.ok {
				assert.Equal(t, before, v, "a text that is refused changes nothing")
			}
		})
	}
}

const other = "64f0a1b2c3d4e5f600000002"

// full are values of which each field is set, none to what the tests set.
func full(t *testing.T) crm.Values {
	t.Helper()
	var v crm.Values
	for field, text := range map[crm.Field]string{
		crm.FieldName: "before", crm.FieldAmount: "1", crm.FieldStage: other,
		crm.FieldCloseDate: "2026-01-01", crm.FieldOwner: other, crm.FieldAccount: other,
	} {
		require.True(t, v.SetText(field, text))
	}
	v.Amount.Currency = "EUR"
	return v
}

func TestDiff(t *testing.T) {
	v := full(t)
	assert.Empty(t, v.Diff(v))
	all := crm.Fields()
	assert.Equal(t, all[:], v.Diff(crm.Values{}), "in the order of the form")
	assert.Equal(t, all[:], crm.Values{}.Diff(v))
	for _, field := range crm.Fields() {
		t.Run(string(field), func(t *testing.T) {
			changed := v
			require.True(t, changed.SetText(field, map[bool]string{true: "", false: "after"}[field != crm.FieldName]))
			assert.Equal(t, []crm.Field{field}, v.Diff(changed))
		})
	}

	dollars := v
	dollars.Amount.Currency = "USD"
	assert.Empty(t, v.Diff(dollars), "Apollo keeps one currency for the team")
	cents, _ := crm.ParseMoney("1.00")
	same := v
	same.Amount = cents
	assert.Empty(t, v.Diff(same), "the same amount")
	zero, _ := crm.ParseMoney("0")
	assert.Equal(t, []crm.Field{crm.FieldAmount}, crm.Values{}.Diff(crm.Values{Amount: zero}), "an amount of 0 is an amount")
}

func TestFieldsHaveDistinctWords(t *testing.T) {
	words, labels := map[crm.Field]bool{}, map[string]bool{}
	for _, f := range crm.Fields() {
		words[f], labels[string(f.Label())] = true, true
	}
	assert.Len(t, words, 6)
	assert.Len(t, labels, 6)
	assert.Equal(t, crm.English("close date"), crm.FieldCloseDate.Label())
	assert.Equal(t, crm.English("stage"), crm.FieldStage.Label())
}

func TestDomainLabel(t *testing.T) {
	for domain, label := range map[crm.Domain]string{
		"acme.com": "acme", "acme.co.uk": "acme", "xn--bcher-kva.example": "xn--bcher-kva", "acme": "acme", "": "",
	} {
		assert.Equal(t, label, domain.Label(), string(domain))
	}
}
