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
func fold(text string) string {
	ascii := true
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 {
			ascii = false
		}
	}
	if ascii {
		return strings.ToLower(spaced(text))
	}
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		b.WriteString(letter(r))
	}
	return spaced(b.String())
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
