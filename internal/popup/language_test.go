package popup_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/words"
)

// quoted is a language that says every text of the catalogue in angle quotes, so
// that what is not of it can be seen.
func quoted(t *testing.T) words.Words {
	content, err := os.ReadFile("../../extension/_locales/en/messages.json")
	require.NoError(t, err)
	var messages map[string]struct{ Message string }
	require.NoError(t, json.Unmarshal(content, &messages))
	return words.Words{Formats: plain{}, Catalogue: func(key string) string {
		if said := messages[key].Message; said != "" {
			return "‹" + said + "›"
		}
		return ""
	}}
}

type plain struct{}

func (plain) Plural(int) string           { return "other" }
func (plain) Money(m crm.Money) string    { return "‹" + m.String() + "›" }
func (plain) Day(d crm.Date) string       { return "‹" + d.String() + "›" }
func (plain) Weekday(d crm.Date) string   { return "‹" + d.String() + "›" }
func (plain) Relative(int, string) string { return "‹soon›" }

// TestAnotherLanguage has all that is said in another language: the form and what
// is wrong with it, an entry that Apollo refused with its own words, one that
// waits, and what stands in the way.
func TestAnotherLanguage(t *testing.T) {
	w := newWorld()
	w.words = quoted(t)
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils", "amount", "$12,500.50")
	w.save(t, s)
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Amount is odd."}`})
	w.drain(t)
	w.typing(t, s, "name", "Acme springs", "close_date", "next fri")
	w.save(t, s)
	w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 120})
	w.drain(t)
	w.typing(t, s, "name", " ", "amount", "25k", "close_date", "31.02.2027")
	s.Read(t.Context(), true)
	w.golden(t, "another_language")
}
