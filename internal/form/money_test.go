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

func TestReadMoney(t *testing.T) {
	for _, r := range append(rows(t, "testdata/money.txt", "team", 300), rows(t, "testdata/money_languages.txt", "team", 3000)...) {
		got, err := form.ReadMoney(r.text, r.setting)
		if r.refused {
			assert.ErrorContains(t, err, r.want, "%s: %q", r.line, r.text)
			assert.Equal(t, crm.Money{}, got, "%s: %q", r.line, r.text)
			continue
		}
		if assert.NoError(t, err, "%s: %q", r.line, r.text) {
			assert.Equal(t, r.want, strings.TrimSpace(got.Text()+" "+got.Currency), "%s: %q", r.line, r.text)
			assert.Equal(t, r.want != "", got.IsSet(), "%s: %q", r.line, r.text)
		}
	}
}

// A number in any country's spelling is read as it was meant, or asked about.
func TestReadMoneyIsNeverWrong(t *testing.T) {
	spellings := []struct{ group, decimal string }{
		{"", "."}, {"", ","}, {",", "."}, {".", ","}, {"'", "."}, {"’", ","}, {" ", ","}, {" ", "."},
		{"\u00a0", ","}, {"\u202f", ","}, {"٬", "٫"},
	}
	words := []struct {
		word     string
		exponent string
	}{{"", ""}, {"k", "e3"}, {" m", "e6"}, {" Mio.", "e6"}, {"bn", "e9"}}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(spellings).Draw(t, "spelling")
		w := rapid.SampledFrom(words).Draw(t, "word")
		whole := rapid.StringMatching(`0|[1-9][0-9]{0,8}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`([0-9]{1,2})?`).Draw(t, "fraction")
		text, plain := group(whole, s.group), whole
		if fraction != "" {
			text, plain = text+s.decimal+fraction, plain+"."+fraction
		}
		want, ok := crm.ParseMoney(plain + w.exponent)
		require.True(t, ok)
		got, err := form.ReadMoney(text+w.word, "")
		if err != nil {
			assert.ErrorContains(t, err, "two ways", text+w.word)
			assert.True(t, strings.ContainsAny(text, ".,"), "only a point or a comma can be read in two ways: %s", text)
			return
		}
		assert.Equal(t, want.Text(), got.Text(), text+w.word)
	})
}

func group(digits, sep string) string {
	if len(digits) <= 3 {
		return digits
	}
	return group(digits[:len(digits)-3], sep) + sep + digits[len(digits)-3:]
}

// What an error proposes to type is read, and as two different amounts.
func TestReadMoneyProposesWhatItReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[1-9][0-9]{0,2}\.[0-9]{3}( ?(k|m|Mio))?`).Draw(t, "text")
		_, err := form.ReadMoney(text, "EUR")
		require.ErrorContains(t, err, "two ways; type ")
		_, proposal, _ := strings.Cut(err.Error(), "type ")
		first, rest, _ := strings.Cut(proposal, " if the point parts thousands, ")
		second, _, _ := strings.Cut(rest, " if ")
		thousands, err := form.ReadMoney(first, "EUR")
		require.NoError(t, err)
		decimals, err := form.ReadMoney(second, "EUR")
		require.NoError(t, err)
		assert.NotEqual(t, thousands.Text(), decimals.Text())
	})
}

// The form of an opportunity shows its amount so that the same amount is read
// from it, and what the form says that it understood is the same amount too.
func TestCanonicalAmountIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, ok := crm.ParseMoney(rapid.StringMatching(`[0-9]{1,12}(\.[0-9]{1,6})?`).Draw(t, "amount"))
		require.True(t, ok)
		amount.Currency = rapid.SampledFrom([]string{"", "USD", "EUR", "JPY"}).Draw(t, "currency")
		d := form.NewUpdate("f", "acme.com", crm.Opportunity{ID: "0123456789abcdef01234567", Values: crm.Values{Amount: amount}})
		got, err := form.ReadMoney(d.Text(crm.FieldAmount), amount.Currency)
		require.NoError(t, err)
		assert.Equal(t, amount, got)
		assert.Empty(t, d.Understood(crm.FieldAmount, form.Choices{}, crm.Date{}), "a canonical text says it itself")

		d.Edit(crm.FieldAmount, " +"+d.Text(crm.FieldAmount))
		assert.Empty(t, d.Understood(crm.FieldAmount, form.Choices{}, crm.Date{}), "not understood")
		d.Edit(crm.FieldAmount, "0"+amount.Text()+"00k")
		if said := d.Understood(crm.FieldAmount, form.Choices{}, crm.Date{}); said != "" {
			meant, err := form.ReadMoney(d.Text(crm.FieldAmount), amount.Currency)
			require.NoError(t, err)
			again, err := form.ReadMoney(said, amount.Currency)
			require.NoError(t, err, said)
			assert.Equal(t, meant, again, said)
		}
	})
}

func FuzzReadMoney(f *testing.F) {
	for _, r := range rows(f, "testdata/money.txt", "team", 300) {
		f.Add(r.text, r.setting)
	}
	f.Fuzz(func(t *testing.T, text, team string) {
		got, err := form.ReadMoney(text, team)
		if err != nil {
			checkRefusal(t, err, crm.FieldAmount)
			assert.Equal(t, crm.Money{}, got)
			return
		}
		assert.False(t, strings.HasPrefix(got.Text(), "-"))
		if got.IsSet() {
			again, ok := crm.ParseMoney(got.Text())
			require.True(t, ok)
			again.Currency = got.Currency
			assert.Equal(t, got, again)
		}
	})
}

// checkRefusal checks what every refusal of a text owes to the rep.
func checkRefusal(t *testing.T, err error, field crm.Field) {
	t.Helper()
	e := crm.AsError(err)
	assert.Equal(t, crm.Invalid, e.Kind)
	assert.Equal(t, field, e.Field)
	assert.Less(t, len([]rune(e.Text())), 300, "a message fits beside the field: %q", e.Text())
	assert.True(t, strings.HasSuffix(e.Text(), "."), "a message is a sentence: %q", e.Text())
	for _, r := range e.Text() {
		assert.False(t, r < ' ' || r >= 0x7f && r < 0xa0, "a message shows no control character: %q", e.Text())
	}
}
