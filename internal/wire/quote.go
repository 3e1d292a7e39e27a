package wire

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// quoted reads over a string and gives it without its quotes, escapes and all.
func (s *scanner) quoted() []byte {
	s.at++
	start := s.at
	for s.at < len(s.document) {
		switch c := s.document[s.at]; {
		case c == '"':
			s.at++
			return s.document[start : s.at-1]
		case c == '\\':
			if !s.escape() {
				return nil
			}
		case c < ' ':
			s.fail("a control character in a string")
			return nil
		default:
			s.at++
		}
	}
	s.fail("a string without its end")
	return nil
}

// escape reads over one escape.
func (s *scanner) escape() bool {
	size := 2
	if s.at+1 < len(s.document) && s.document[s.at+1] == 'u' {
		size = 6
	}
	if s.at+size <= len(s.document) {
		if _, ok := escaped(s.document[s.at:]); ok {
			s.at += size
			return true
		}
	}
	s.fail("not an escape")
	return false
}

// escaped gives what the escape at the beginning of text stands for: a rune, or
// half of a surrogate pair.
func escaped(text []byte) (rune, bool) {
	switch text[1] {
	case '"', '\\', '/':
		return rune(text[1]), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'u':
		var r rune
		for _, c := range text[2:6] {
			digit := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
			if c < '0' || digit < 0 {
				return 0, false
			}
			r = r<<4 | rune(digit)
		}
		return r, true
	}
	return 0, false
}

// unquoted gives a string that quoted gave as the text that it stands for, with
// U+FFFD for each byte that is not UTF-8. Where it stands for itself, that is
// the same bytes.
func unquoted(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 && utf8.Valid(text) {
		return text
	}
	plain := make([]byte, 0, len(text))
	for len(text) > 0 {
		if text[0] != '\\' {
			r, size := utf8.DecodeRune(text)
			plain = utf8.AppendRune(plain, r)
			text = text[size:]
			continue
		}
		r, _ := escaped(text)
		size := 2
		if text[1] == 'u' {
			size = 6
		}
		text = text[size:]
		if utf16.IsSurrogate(r) && len(text) > 1 && text[0] == '\\' && text[1] == 'u' {
			if low, ok := escaped(text); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
				r, text = utf16.DecodeRune(r, low), text[6:]
			}
		}
		plain = utf8.AppendRune(plain, r) // half a pair becomes U+FFFD
	}
	return plain
}

// appendQuoted writes text as a JSON string.
func appendQuoted(to []byte, text string) []byte {
	const digits = "0123456789abcdef"
	to = append(to, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			to = append(to, '\\', byte(r))
		case r < ' ':
			to = append(to, '\\', 'u', '0', '0', digits[r>>4], digits[r&15])
		default:
			to = utf8.AppendRune(to, r) // a byte that is not UTF-8 reads as U+FFFD
		}
	}
	return append(to, '"')
}
