package form

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNameLength is the longest name of an opportunity, in runes.
const maxNameLength = 255

// readName gives the name that is meant, or what is wrong with it.
func readName(text string) (name string, complaint objection) {
	name = cleanName(text)
	if name == "" {
		return "", objection{text: "Give the opportunity a name."}
	}
	if n := utf8.RuneCountInString(name); n > maxNameLength {
		return "", objection{
			text:  "The name has {1} characters and Apollo takes {2}; shorten it by {3}.",
			parts: [4]string{strconv.Itoa(n), strconv.Itoa(maxNameLength), strconv.Itoa(n - maxNameLength)},
		}
	}
	return name, objection{}
}

// cleanName trims a name and takes out what nobody sees and nobody typed: line
// breaks and other control characters become one space, and characters that
// change the direction of other text, or have no width and no meaning, are
// dropped. They come along with text copied from a page. They are cleaned
// rather than refused because a rep cannot find a character that is not shown,
// and dropped rather than kept because a name must read the same everywhere.
// Joiners and direction marks of Arabic, Hebrew, Indic scripts and emoji stay.
func cleanName(text string) string {
	var b strings.Builder
	gap, space, visible := false, true, false
	for _, r := range text {
		switch {
		case invisible(r):
			continue
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			gap = true
			continue
		}
		blank := unicode.IsSpace(r)
		if gap && !space && !blank {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		gap, space = false, blank
		visible = visible || !blank && !shapesOnly(r)
	}
	if !visible {
		return ""
	}
	return strings.TrimSpace(b.String())
}

// invisible are embeddings, overrides and isolates of direction, and spaces of
// no width.
func invisible(r rune) bool {
	switch {
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0x200B || r == 0x2060 || r == 0xFEFF
}

// shapesOnly are characters that act on their neighbours: alone they make no
// name.
func shapesOnly(r rune) bool {
	return r == 0x200C || r == 0x200D || r == 0x200E || r == 0x200F || r == 0x061C || r == 0x00AD
}

// shorten cuts text to n runes at most.
func shorten(text string, n int) string {
	for i := range text {
		if n == 0 {
			return strings.TrimSpace(text[:i])
		}
		n--
	}
	return text
}
