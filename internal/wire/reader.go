package wire

import (
	"errors"
	"strings"
)

// Reader reads one JSON document (RFC 8259). Its methods must be called in the
// order of the document. The first error ends the reading: every later call
// gives a zero value, and [Reader.Err] the error. A null reads as the zero value
// of whatever is asked for; any other value of the wrong type is an error.
//
// Two things are taken that the RFC leaves open: of members with one name each
// is given, and bytes that are not UTF-8 read as U+FFFD.
type Reader struct {
	scanner
}

// NewReader starts to read document, which must not be changed meanwhile.
func NewReader(document []byte) *Reader {
	return &Reader{scanner{document: document}}
}

// Err is the first error, nil if there was none.
func (r *Reader) Err() error { return r.err }

// End reports an error if anything but white space is left of the document.
func (r *Reader) End() error {
	if r.peek(); r.err == nil && r.at < len(r.document) {
		r.fail("the document goes on after its end")
	}
	return r.err
}

// Fail ends the reading with err, unless it has failed already.
func (r *Reader) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Object reads an object and calls member once for each of its members, in the
// order of the document. The member's value is skipped if member does not read
// it. The name is valid only during the call.
func (r *Reader) Object(member func(name []byte)) {
	if !r.begin('{') {
		return
	}
	for first := true; r.next('}', first); first = false {
		if r.peek() != '"' {
			r.mismatch('"')
			return
		}
		name := unquoted(r.quoted())
		r.expect(':')
		r.given(func() { member(name) })
	}
}

// Array reads an array and calls item once for each of its items. An item is
// skipped if item does not read it.
func (r *Reader) Array(item func()) {
	if !r.begin('[') {
		return
	}
	for first := true; r.next(']', first); first = false {
		r.given(item)
	}
}

// given calls read for the value that follows, and skips what it leaves.
func (r *Reader) given(read func()) {
	r.peek()
	before := r.at
	if r.err == nil {
		read()
	}
	if r.err == nil && r.at == before {
		r.value()
	}
}

// Is says whether the next value is of a kind: one of { [ " 0 t f n, where 0 is
// any number.
//
//go:noinline
func (r *Reader) Is(kind byte) bool { return r.err == nil && r.peek() == kind }

// Skip reads over one value.
func (r *Reader) Skip() {
	if r.err == nil {
		r.value()
	}
}

// Raw reads one value as it stands in the document. The bytes are a copy.
func (r *Reader) Raw() []byte {
	r.peek()
	start := r.at
	r.Skip()
	if r.err != nil {
		return nil
	}
	return append([]byte(nil), r.document[start:r.at]...)
}

// String reads a string.
func (r *Reader) String() string {
	if !r.scalar('"') {
		return ""
	}
	return string(unquoted(r.quoted()))
}

// Number reads a number as its digits stand in the document, so that nothing is
// rounded; also from within a string, which some APIs use.
func (r *Reader) Number() string {
	if r.Is('"') {
		return r.String()
	}
	if !r.scalar('0') {
		return ""
	}
	start := r.at
	r.number()
	return string(r.document[start:r.at])
}

// Int reads a whole number, also from within a string. A fraction of zero
// ("25.0") is allowed.
func (r *Reader) Int() int {
	text := r.Number()
	if text == "" {
		return 0
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n, ok := wholeNumber(whole)
	if !ok || strings.Trim(fraction, "0") != "" {
		r.Fail(errors.New("not a whole number: " + text))
		return 0
	}
	return int(n)
}

// wholeNumber reads digits, at most 18 after leading zeros, and a minus sign
// before them. strconv's errors are 25 KB of WebAssembly.
func wholeNumber(text string) (n int64, ok bool) {
	digits, negative := strings.CutPrefix(text, "-")
	for i := range len(digits) {
		if n >= 1e17 || digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(digits[i]-'0')
	}
	if negative {
		n = -n
	}
	return n, digits != ""
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	switch {
	case r.Is('t'), r.Is('f'):
		yes := r.Is('t')
		r.Skip()
		return yes
	}
	r.scalar('t')
	return false
}

// scalar says whether the next value is of a kind. A null is read over; any
// other kind is an error.
func (r *Reader) scalar(kind byte) bool {
	if r.err != nil {
		return false
	}
	switch r.peek() {
	case kind:
		return true
	case 'n':
		r.value()
	default:
		r.mismatch(kind)
	}
	return false
}

// begin enters an object or an array; null counts as none.
func (r *Reader) begin(kind byte) bool {
	if !r.scalar(kind) {
		return false
	}
	r.enter()
	return r.err == nil
}

// Offset is where in the document the reading stands: at the next value, or
// where it ended.
func (r *Reader) Offset() int {
	r.peek()
	return min(r.at, len(r.document))
}
