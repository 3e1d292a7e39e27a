package site

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNameRunes is the length of the longest guess of a name; a page may send a
// megabyte.
const maxNameRunes = 120

// cleanName makes a page's name for itself fit for a line of text: runs of
// white space and controls become one space, what does not show goes, and so
// does what is not text. It is empty if nothing is left.
func cleanName(text string) string {
	var b strings.Builder
	runes, marks, gap := 0, maxMarks, false
	for i, r := range text {
		joiner := r == 0x200C || r == 0x200D // Persian, Indic and family emoji are spelled with them
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			gap = runes > 0
			continue
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			continue
		case joiner && (runes == 0 || gap), !joiner && invisible(r) && r != emojiStyle:
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		if gap {
			runes++
		}
		if runes++; runes > maxNameRunes {
			break
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// emojiStyle asks for the coloured form of the character before it.
const emojiStyle = 0xFE0F

// labelName is a company's name as far as its domain tells, "Acme" of
// "acme.co.uk". An encoded label stays as it is: it is a spelling, not a word.
func labelName(domain string) string {
	label, _, _ := strings.Cut(domain, ".")
	if strings.HasPrefix(label, acePrefix) {
		return label
	}
	first, size := utf8.DecodeRuneInString(label)
	return string(unicode.ToTitle(first)) + label[size:]
}
