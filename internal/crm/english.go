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
	filled := ""
	for len(parts) > 0 {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		before, name := text[:open+1], text[open+1:]
		text = name
		if len(name) > 1 && name[1] == '}' && name[0] >= '0' && int(name[0]-'0') < len(parts) {
			before, text = before[:open]+parts[name[0]-'0'], name[2:]
		}
		filled += before
	}
	return filled + text
}
