package crm_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestParseMoney(t *testing.T) {
	tests := []struct{ text, want, people string }{
		{"0", "0", "0"},
		{"-0", "0", "0"},
		{"0.00", "0", "0"},
		{"-0.0", "0", "0"},
		{"0e5", "0", "0"},
		{"7", "7", "7"},
		{"007", "7", "7"},
		{"200.0", "200", "200"},
		{"12500", "12500", "12,500"},
		{"12500.5", "12500.5", "12,500.50"},
		{"12500.50", "12500.5", "12,500.50"},
		{"12500.05", "12500.05", "12,500.05"},
		{"1234567.891", "1234567.891", "1,234,567.891"},
		{"-1234.5", "-1234.5", "-1,234.50"},
		{"-0.5", "-0.5", "-0.50"},
		{"0.000001", "0.000001", "0.000001"},
		{"1e3", "1000", "1,000"},
		{"1E3", "1000", "1,000"},
		{"1e+3", "1000", "1,000"},
		{"2.5e5", "250000", "250,000"},
		{"2.5e-5", "0.000025", "0.000025"},
		{"1500e-2", "15", "15"},
		{"1.5e0", "1.5", "1.50"},
		{"1.00000000000000000000", "1", "1"},
		{"00000000000000000000000001", "1", "1"},
		{"9007199254740993", "9007199254740993", "9,007,199,254,740,993"},
		{"999999999999999999", "999999999999999999", "999,999,999,999,999,999"},
		{"-999999999999999999", "-999999999999999999", "-999,999,999,999,999,999"},
		{"999999999999.999999", "999999999999.999999", "999,999,999,999.999999"},
		{"1e17", "100000000000000000", "100,000,000,000,000,000"},
	}
	for _, test := range tests {
		m, ok := crm.ParseMoney(test.text)
		require.True(t, ok, test.text)
		assert.True(t, m.IsSet(), test.text)
		assert.Equal(t, test.want, m.Text(), test.text)
		assert.Equal(t, test.people, m.String(), test.text)
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "-", ".", "-.", "1.", ".5", "-.5", "+1", "--1", "1-", "1,5", "1 000", "1_000", " 1", "1 ", "0x1F", "abc", "NaN", "Inf", "Infinity",
		"e", "e5", "1e", "1e+", "1ee5", "1e5.5", "1e1e1", "1.2.3", "1e309", "1e-309", "1e99999999999999999999", "1e18", "0.0000001", "1e-7",
		"55,123,478", "$5k", "12,345", "null", "undefined", "[object Object]", "1000000000000000000", "9223372036854775808", "12345678901234.123456", "٢٥", "２５", "1\x00",
	} {
		m, ok := crm.ParseMoney(text)
		assert.False(t, ok, "%q", text)
		assert.Equal(t, crm.Money{}, m, "%q", text)
	}
}

func TestNoMoney(t *testing.T) {
	var none crm.Money
	assert.False(t, none.IsSet())
	assert.Empty(t, none.Text())
	assert.Empty(t, none.String())
	none.Currency = "USD"
	assert.Empty(t, none.String(), "a currency alone is no amount")
}

func TestMoneyNamesItsCurrency(t *testing.T) {
	m, _ := crm.ParseMoney("-12500.5")
	m.Currency = "EUR"
	assert.Equal(t, "-12,500.50\u00a0EUR", m.String())
	assert.Equal(t, "-12500.5", m.Text())
}

// Nothing is rounded: the text is the same number as what was read, in the one
// canonical spelling.
func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{1,6})?([eE][+-]?[0-9]{1,2})?`).Draw(t, "text")
		m, ok := crm.ParseMoney(text)
		if !ok {
			return
		}
		want, _ := new(big.Rat).SetString(text)
		got, _ := new(big.Rat).SetString(m.Text())
		assert.Zero(t, want.Cmp(got), "%s is not %s", text, m.Text())

		again, ok := crm.ParseMoney(m.Text())
		require.True(t, ok)
		assert.Equal(t, m, again)
		assert.NotContains(t, m.Text(), "e")
		if _, fraction, point := strings.Cut(m.Text(), "."); point {
			assert.False(t, strings.HasSuffix(fraction, "0"))
		}
		people, _ := new(big.Rat).SetString(strings.ReplaceAll(m.String(), ",", ""))
		assert.Zero(t, want.Cmp(people), m.String())
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, text := range []string{"12500.50", "-0", "1e309", "2.5e-5", "1,5", ".", "9007199254740993"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := crm.ParseMoney(text)
		if !ok {
			return
		}
		again, ok := crm.ParseMoney(m.Text())
		require.True(t, ok)
		assert.Equal(t, m, again)
	})
}
