package crm

import "strings"

// English is a text for reps as the code has it: whole sentences, with {0}, {1}
// where parts are filled in that differ. It is what is shown where English is
// spoken; elsewhere it is the id of its translation, which package words finds.
// Whatever stands in the code as a constant of this type is translated:
// cmd/words collects them by the type, and its tests fail until all languages
// have each.
type English string

// With is the text with its parts filled in. Without parts it is the text as it
// is: another program's words may hold anything.
func (t English) With(parts ...string) string { return Fill(string(t), parts) }

// Fill puts parts in the place of {0}, {1} and so on. A part is not looked into;
// what names no part stays.
func Fill(text string, parts []string) string {
	if len(parts) == 0 {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 || open+2 >= len(text) {
			break
		}
		n := int(text[open+1]) - '0'
		if n < 0 || n >= len(parts) || text[open+2] != '}' {
			b.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		b.WriteString(text[:open])
		b.WriteString(parts[n])
		text = text[open+3:]
	}
	b.WriteString(text)
	return b.String()
}
