package words_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// german has three texts.
func german() words.Words {
	catalogue := map[string]string{
		words.Key("Saved."):                   "Gespeichert.",
		words.Key("“{0}” is open. Close it."): "Schließen Sie „{0}“, es ist offen.",
		words.Key("Try again."):               "Versuchen Sie es noch einmal.",
		words.Key("{0} users.") + "_one":      "Ein Benutzer.",
		words.Key("{0} users.") + "_other":    "{0} Benutzer {1}.",
	}
	return words.Words{Catalogue: func(key string) string { return catalogue[key] }, Formats: formats{}}
}

type formats struct{}

func (formats) Plural(n int) string {
	if n == 1 {
		return "one"
	}
	return "few" // which german does not have
}
func (formats) Money(m crm.Money) string    { return m.Text() + " €" }
func (formats) Day(d crm.Date) string       { return "am " + d.String() }
func (formats) Weekday(d crm.Date) string   { return "Do., " + d.String() }
func (formats) Relative(int, string) string { return "bald" }

func TestSay(t *testing.T) {
	tests := []struct {
		name  string
		text  crm.English
		parts []string
		want  string
	}{
		{"known", "Saved.", nil, "Gespeichert."},
		{"unknown stays", "Computer says no.", nil, "Computer says no."},
		{"parts", "“{0}” is open. Close it.", []string{"A"}, "Schließen Sie „A“, es ist offen."},
		{"sentences of several texts", "“{0}” is open. Close it. Saved. Try again.", []string{"A"}, "Schließen Sie „A“, es ist offen. Gespeichert. Versuchen Sie es noch einmal."},
		{"unknown among known", "Saved. Computer says no. Try again.", nil, "Gespeichert. Computer says no. Versuchen Sie es noch einmal."},
		{"a part is not looked into", "“{0}” is open. Close it.", []string{"{1}", "B"}, "Schließen Sie „{1}“, es ist offen."},
		{"no parts, nothing filled", "{0}", nil, "{0}"},
		{"nothing", "", nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, german().Say(test.text, test.parts...))
			assert.Equal(t, test.text.With(test.parts...), words.Words{}.Say(test.text, test.parts...))
		})
	}
}

func TestIsolated(t *testing.T) {
	w := german()
	w.Isolated = true
	assert.Equal(t, "Schließen Sie „\u2068A\u2069“, es ist offen.", w.Say("“{0}” is open. Close it.", "A"))
	assert.Equal(t, "\u20682\u2069 Benutzer \u2068x\u2069.", w.Count(2, "{0} user.", "{0} users.", "x"))
}

func TestCount(t *testing.T) {
	for n, want := range map[int][2]string{1: {"1 user.", "Ein Benutzer."}, 2: {"2 users.", "2 Benutzer x."}} {
		assert.Equal(t, want[0], words.Words{}.Count(n, "{0} user.", "{0} users.", "x"))
		assert.Equal(t, want[1], german().Count(n, "{0} user.", "{0} users.", "x"))
	}
	assert.Equal(t, "2 stages.", german().Count(2, "{0} stage.", "{0} stages."), "no translation")
}

func TestTimes(t *testing.T) {
	in, ago := words.Words{}.In, words.Words{}.Ago
	for wait, want := range map[time.Duration]string{
		-time.Hour: "in a moment", 4 * time.Second: "in a moment", 5 * time.Second: "in 5 seconds", time.Minute: "in 60 seconds",
		61 * time.Second: "in 2 minutes", 59*time.Minute + time.Second: "in 60 minutes", 90 * time.Minute: "in 2 hours", 49 * time.Hour: "in 3 days",
	} {
		assert.Equal(t, want, in(wait))
	}
	assert.Equal(t, "a moment ago", ago(59*time.Second))
	assert.Equal(t, "2 minutes ago", ago(61*time.Second))
	assert.Equal(t, "bald", german().In(time.Minute))
	e := &crm.Error{Message: "Saved.", RetryAfter: time.Hour}
	assert.Equal(t, "Saved. It goes on in 60 minutes.", words.Words{}.Tell(e))
}

func TestFormats(t *testing.T) {
	money, _ := crm.ParseMoney("12500.5")
	money.Currency = "EUR"
	date, _ := crm.ParseDate("2026-12-31")
	var plain words.Words
	assert.Equal(t, []string{"12,500.50\u00a0EUR", "2026-12-31", "Thu, 31 Dec 2026"}, []string{plain.Money(money), plain.Day(date), plain.Weekday(date)})
	assert.Equal(t, []string{"12500.5 €", "am 2026-12-31", "Do., 2026-12-31"}, []string{german().Money(money), german().Day(date), german().Weekday(date)})
	for _, w := range []words.Words{plain, german()} {
		assert.Equal(t, []string{"", "", ""}, []string{w.Money(crm.Money{}), w.Day(crm.Date{}), w.Weekday(crm.Date{})})
	}
}

func TestKey(t *testing.T) {
	for text, want := range map[string]string{
		"Save":          "save_",
		"“{0}” is open": "0_is_open_",
		"…":             "_",
		"The browser’s storage is not what it was": "the_browser_s_storage_is_not_wha_",
	} {
		key := words.Key(text)
		assert.Regexp(t, "^"+want+"[0-9a-z]{1,7}$", key)
	}
	assert.NotEqual(t, words.Key("Undo"), words.Key("undo"))
}

// What stands beside each other keeps its own direction, and a name that was said
// is found again in the text, whatever is in it.
func TestPartsOfAText(t *testing.T) {
	plain, isolating := words.Words{}, words.Words{Isolated: true}
	assert.Equal(t, "Priya · 2 open", plain.Row("Priya", "2 open"))
	assert.Equal(t, "\u2068Priya\u2069 · \u20682 open\u2069", isolating.Row("Priya", "2 open"))
	assert.Empty(t, isolating.Row())
	for _, name := range []string{"Acme", "\u2068Acme\u2069", "A\u2069c\u2068me", "\u2069"} {
		before, part, after := isolating.Quoted(isolating.Say("Change “{0}”", name))
		assert.Equal(t, [3]string{"Change “", name, "”"}, [3]string{before, part, after})
		said := plain.Say("Change “{0}”", name)
		before, part, after = plain.Quoted(said)
		assert.Equal(t, [3]string{said, "", ""}, [3]string{before, part, after})
	}
	before, part, after := isolating.Quoted("New opportunity \u2069\u2068")
	assert.Equal(t, [3]string{"New opportunity \u2069\u2068", "", ""}, [3]string{before, part, after})
}
