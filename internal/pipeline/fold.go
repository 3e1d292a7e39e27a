package pipeline

import "strings"

// plain are letters with marks, as names have them, by the letters that they
// are found by as well: who types "muller" or "sao paulo" finds Müller and
// São Paulo.
var plain = [...]struct{ letter, marked string }{
	{"a", "àáâãäåāăą"}, {"ae", "æ"}, {"c", "çćĉċč"}, {"d", "ďđð"}, {"e", "èéêëēĕėęě"}, {"g", "ĝğġģ"}, {"i", "ìíîïĩīĭįı"},
	{"l", "ĺļľł"}, {"n", "ñńņň"}, {"o", "òóôõöøōŏő"}, {"oe", "œ"}, {"r", "ŕŗř"}, {"s", "śŝşšș"}, {"ss", "ß"}, {"t", "ţťț"},
	{"u", "ùúûüũūŭůűų"}, {"y", "ýÿ"}, {"z", "źżž"},
}

// fold brings a text to the form in which texts are compared: small letters
// without marks, every white space a plain one.
func fold(text string) string { return string(appendFold(nil, text)) }

func folded(texts []string) []string {
	forms := make([]string, len(texts))
	for i, text := range texts {
		forms[i] = fold(text)
	}
	return forms
}

func appendFold(to []byte, text string) []byte {
	before := len(to)
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 0x80:
			to = to[:before]
			for _, r := range strings.ToLower(text) {
				to = append(to, spaced(letter(r))...)
			}
			return to
		case 'A' <= c && c <= 'Z':
			to = append(to, c+'a'-'A')
		case c == '\n' || c == '\t':
			to = append(to, ' ')
		default:
			to = append(to, c)
		}
	}
	return to
}

// spaced replaces what parts the fields and lines of the search.
func spaced(text string) string {
	if strings.IndexByte(text, '\n') < 0 && strings.IndexByte(text, '\t') < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, text)
}

func letter(r rune) string {
	switch {
	case r < 0x80:
		return string(r)
	case r == 0x00A0 || r == 0x202F || r == 0x3000:
		return " "
	case r >= 0x0300 && r <= 0x036F: // a mark that stands by itself
		return ""
	case r >= 0xFF01 && r <= 0xFF5E: // full-width
		return strings.ToLower(string(r - 0xFF01 + '!'))
	case r <= 0x024F:
		for _, row := range plain {
			if strings.ContainsRune(row.marked, r) {
				return row.letter
			}
		}
	}
	return string(r)
}
