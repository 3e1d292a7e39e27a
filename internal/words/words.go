package words

import (
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Words is a language. The zero Words is English in plain forms.
type Words struct {
	Catalogue func(key string) string // a translation by its key, "" if there is none; nil for English
	Formats   Formats                 // nil for plain ones
	Isolated  bool                    // parts keep their own direction, as right to left needs it
}

// Formats are how people write what is no text.
type Formats interface {
	// Plural gives the category of a number: one, few, many and so on, as the
	// Unicode CLDR has them.
	Plural(n int) string
	Money(crm.Money) string
	Day(crm.Date) string
	// Weekday is a day in short with its day of the week.
	Weekday(crm.Date) string
	// Relative says when something is that is n units away: "in 5 minutes", and for
	// less than zero "5 minutes ago". The unit is second, minute, hour or day.
	Relative(n int, unit string) string
}

// Say gives a text in the language, its parts filled in. A text of which the
// catalogue has no whole is said sentence by sentence; what it does not have at
// all stays as it is.
func (w Words) Say(text crm.English, parts ...string) string {
	return w.fill(w.translated(string(text)), parts)
}

// Count is Say for a text that depends on a number, which is {0}; parts begin at
// {1}. one is the text for one thing in English, other the text for any other number.
func (w Words) Count(n int, one, other crm.English, parts ...string) string {
	text := other
	if n == 1 {
		text = one
	}
	said := string(text)
	if w.Catalogue != nil {
		said = w.counted(n, string(text), Key(string(other)))
	}
	return w.fill(said, append([]string{strconv.Itoa(n)}, parts...))
}

// Row sets parts beside each other: "Priya Raman · 2 open".
func (w Words) Row(parts ...string) string { return strings.Join(w.isolated(parts), " · ") }

// Quoted gives what stands before the parts of a text that was said with one, the
// part, and what stands after it; all is before where no part is isolated.
func (w Words) Quoted(said string) (before, part, after string) {
	from, to := strings.Index(said, isolate), strings.LastIndex(said, end)
	if !w.Isolated || from < 0 || to < from {
		return said, "", ""
	}
	return said[:from], said[from+len(isolate) : to], said[to+len(end):]
}

// fill puts the parts into a text.
func (w Words) fill(said string, parts []string) string {
	return crm.Fill(said, w.isolated(parts))
}

const isolate, end = "\u2068", "\u2069" // of a part with a direction of its own

func (w Words) isolated(parts []string) []string {
	if !w.Isolated {
		return parts
	}
	isolated := make([]string, len(parts))
	for i, part := range parts {
		isolated[i] = isolate + part + end
	}
	return isolated
}

// counted finds the translation for a number; a language may use one form for
// several categories.
func (w Words) counted(n int, english, key string) string {
	for _, category := range [...]string{w.Formats.Plural(n), "other"} {
		if said := w.Catalogue(key + "_" + category); said != "" {
			return said
		}
	}
	return english
}

// translated says text in the fewest pieces that the catalogue has.
func (w Words) translated(text string) string {
	if w.Catalogue == nil {
		return text
	}
	said := ""
	for text != "" {
		piece, rest := text, ""
		translation := w.Catalogue(Key(piece))
		for translation == "" {
			end := sentenceEnd(piece)
			if end < 0 {
				translation = piece
				break
			}
			piece, rest = text[:end], text[end+1:]
			translation = w.Catalogue(Key(piece))
		}
		said += translation
		if text = rest; text != "" && !strings.HasSuffix(said, "。") {
			said += " "
		}
	}
	return said
}

// sentenceEnd finds the end of the last sentence but one, -1 if there is one only.
func sentenceEnd(text string) int {
	for i := len(text) - 2; i > 0; i-- {
		if text[i] == ' ' && strings.IndexByte(".?!", text[i-1]) >= 0 {
			return i
		}
	}
	return -1
}
