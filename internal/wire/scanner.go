package wire

import (
	"errors"
	"strconv"
)

// maxDepth is how deep arrays and objects may be nested.
const maxDepth = 1000

// scanner walks over a document and checks its grammar.
type scanner struct {
	document []byte
	at       int
	depth    int
	err      error
}

// peek reads over white space and gives the kind of the value, or the
// punctuation, that follows; 0 at the end.
func (s *scanner) peek() byte {
	for s.at < len(s.document) {
		switch c := s.document[s.at]; c {
		case ' ', '\t', '\n', '\r':
			s.at++
		case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			return '0'
		default:
			return c
		}
	}
	return 0
}

// expect reads one byte of punctuation.
func (s *scanner) expect(c byte) {
	if s.err != nil {
		return
	}
	if s.peek() != c {
		s.mismatch(c)
		return
	}
	s.at++
}

// enter reads the bracket that opens an array or an object.
func (s *scanner) enter() {
	s.at++
	if s.depth++; s.depth > maxDepth {
		s.fail("nested too deeply")
	}
}

// next says whether another item follows before the bracket that closes, and
// reads the comma or the bracket.
func (s *scanner) next(closing byte, first bool) bool {
	if s.err != nil {
		return false
	}
	switch c := s.peek(); {
	case c == closing:
		s.at++
		s.depth--
		return false
	case first:
		return true
	case c == ',':
		s.at++
		return true
	}
	s.mismatch(closing)
	return false
}

// value reads over one value.
func (s *scanner) value() {
	switch s.peek() {
	case '{':
		s.enter()
		for first := true; s.next('}', first); first = false {
			if s.peek() != '"' {
				s.mismatch('"')
				return
			}
			s.quoted()
			s.expect(':')
			if s.err == nil {
				s.value()
			}
		}
	case '[':
		s.enter()
		for first := true; s.next(']', first); first = false {
			s.value()
		}
	case '"':
		s.quoted()
	case '0':
		s.number()
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		s.mismatch(0)
	}
}

func (s *scanner) word(word string) {
	if end := s.at + len(word); end <= len(s.document) && string(s.document[s.at:end]) == word {
		s.at = end
		return
	}
	s.fail("not JSON")
}

// number reads over a number.
func (s *scanner) number() {
	if s.byte() == '-' {
		s.at++
	}
	if s.byte() == '0' {
		s.at++
	} else {
		s.digits()
	}
	if s.byte() == '.' {
		s.at++
		s.digits()
	}
	if c := s.byte(); c == 'e' || c == 'E' {
		s.at++
		if c := s.byte(); c == '+' || c == '-' {
			s.at++
		}
		s.digits()
	}
}

func (s *scanner) byte() byte {
	if s.at < len(s.document) {
		return s.document[s.at]
	}
	return 0
}

// digits reads over one digit or more.
func (s *scanner) digits() {
	start := s.at
	for c := s.byte(); '0' <= c && c <= '9'; c = s.byte() {
		s.at++
	}
	if s.at == start {
		s.fail("not a number")
	}
}

func (s *scanner) fail(message string) {
	if s.err == nil {
		s.err = errors.New("at byte " + strconv.Itoa(s.at) + ": " + message)
	}
}

// mismatch fails with what was expected: a kind, a punctuation, or 0 for any
// value.
func (s *scanner) mismatch(want byte) {
	s.fail(kindName(s.peek()) + " where " + kindName(want) + " was expected")
}

func kindName(kind byte) string {
	switch kind {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	case 0:
		return "the end or a value"
	}
	return "'" + string(rune(kind)) + "'"
}
