package site

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// display is domain with its encoded labels decoded, save those that would
// show nothing, something else than they are, or look like another name. It
// follows what browsers do in their address bars,
// https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md, as far as
// can be had without tables; the ASCII form is to stand beside it anyway.
func display(domain string) string {
	if !strings.Contains(domain, acePrefix) {
		return domain
	}
	foreign := strings.HasPrefix(domain[strings.LastIndexByte(domain, '.')+1:], acePrefix)
	labels := strings.Split(domain, ".")
	for i, label := range labels {
		encoded, ok := strings.CutPrefix(label, acePrefix)
		if !ok {
			continue
		}
		if text, ok := decodePunycode(encoded); ok && readable(text) && (foreign || !lookalike(text)) {
			labels[i] = string(text)
		}
	}
	return strings.Join(labels, ".")
}

// readable says that a decoded label is made of letters, digits, hyphens and
// few marks on them, in alphabets that do not resemble one another. What does
// not show has made parseHost refuse the name.
func readable(label []rune) bool {
	marks, alphabet := maxMarks, (*unicode.RangeTable)(nil)
	for _, r := range label {
		switch {
		case unicode.Is(unicode.M, r):
			marks++
		case r == '-' || r == '_' || unicode.IsDigit(r) || unicode.IsLetter(r) && unicode.ToLower(r) == r:
			marks = 0
		default:
			return false
		}
		if marks > maxMarks {
			return false
		}
		for _, table := range alikeAlphabets {
			if !unicode.Is(table, r) {
				continue
			}
			if alphabet != nil && alphabet != table {
				return false
			}
			alphabet = table
		}
	}
	return true
}

// maxMarks is how many combining marks may follow one another. Thai and
// Vietnamese need two; more make towers.
const maxMarks = 3

// alikeAlphabets have letters that look the same: а, a and α.
var alikeAlphabets = [...]*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu,
}

// lookalike says that every letter of a label is one of another alphabet that
// passes for a Latin one, as in аррӏе.
func lookalike(label []rune) bool {
	const letters = "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ" + "αικνρυωηοτ" + "օոսւզհցյ"
	for _, r := range label {
		if r >= utf8.RuneSelf && !strings.ContainsRune(letters, r) {
			return false
		}
	}
	return true
}

// invisible says that r, though it may count as a letter or mark, shows nothing
// or changes the order in which its neighbours show: the code points that
// Unicode has as Default_Ignorable or Bidi_Control.
func invisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5,
		0x180B <= r && r <= 0x180F, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0x3164, 0xFE00 <= r && r <= 0xFE0F,
		r == 0xFEFF, r == 0xFFA0, 0xFFF0 <= r && r <= 0xFFFB, 0x1BCA0 <= r && r <= 0x1BCA3,
		0x1D173 <= r && r <= 0x1D17A, 0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}
