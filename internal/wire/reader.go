package wire

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Reader reads one JSON document. Its methods must be called in the order of
// the document. The first error ends the reading: every later call gives a zero
// value, and [Reader.Err] the error. A null reads as the zero value of whatever
// is asked for; any other value of the wrong type is an error.
type Reader struct {
	decoder *jsontext.Decoder
	err     error
}

// NewReader starts to read document, which must not be changed meanwhile.
func NewReader(document []byte) *Reader {
	return &Reader{decoder: jsontext.NewDecoder(
		bytes.NewBuffer(document),
		jsontext.AllowDuplicateNames(true),
		jsontext.AllowInvalidUTF8(true),
	)}
}

// Err is the first error, nil if there was none.
func (r *Reader) Err() error { return r.err }

// End reports an error if anything but white space is left of the document.
func (r *Reader) End() error {
	if r.err != nil {
		return r.err
	}
	if _, err := r.decoder.ReadToken(); err == nil {
		r.err = errors.New("the document goes on after its end")
	} else if err != io.EOF {
		r.err = err
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
	var scratch [64]byte
	for r.err == nil && r.decoder.PeekKind() != '}' {
		raw, err := r.decoder.ReadValue()
		if err != nil {
			r.Fail(err)
			return
		}
		name := raw[1 : len(raw)-1]
		if bytes.IndexByte(name, '\\') >= 0 {
			name, _ = jsontext.AppendUnquote(scratch[:0], raw)
		} else {
			name = append(scratch[:0], name...)
		}
		before := r.decoder.InputOffset()
		member(name)
		if r.err == nil && r.decoder.InputOffset() == before {
			r.Skip()
		}
	}
	r.end()
}

// Array reads an array and calls item once for each of its items. An item is
// skipped if item does not read it.
func (r *Reader) Array(item func()) {
	if !r.begin('[') {
		return
	}
	for r.err == nil && r.decoder.PeekKind() != ']' {
		before := r.decoder.InputOffset()
		item()
		if r.err == nil && r.decoder.InputOffset() == before {
			r.Skip()
		}
	}
	r.end()
}

// Is says whether the next value is of a kind: one of { [ " 0 t f n, as
// jsontext.Kind has them.
func (r *Reader) Is(kind jsontext.Kind) bool {
	return r.err == nil && r.decoder.PeekKind() == kind
}

// Skip reads over one value.
func (r *Reader) Skip() {
	if r.err == nil {
		if err := r.decoder.SkipValue(); err != nil {
			r.Fail(err)
		}
	}
}

// Raw reads one value as it stands in the document. The bytes are a copy.
func (r *Reader) Raw() []byte {
	if r.err != nil {
		return nil
	}
	raw, err := r.decoder.ReadValue()
	if err != nil {
		r.Fail(err)
		return nil
	}
	return bytes.Clone(raw)
}

// String reads a string.
func (r *Reader) String() string {
	if token, ok := r.scalar('"'); ok {
		return token.String()
	}
	return ""
}

// Number reads a number as its digits stand in the document, so that nothing is
// rounded; also from within a string, which some APIs use.
func (r *Reader) Number() string {
	if r.Is('"') {
		return r.String()
	}
	if token, ok := r.scalar('0'); ok {
		return token.String()
	}
	return ""
}

// Int reads a whole number, also from within a string. A fraction of zero
// ("25.0") is allowed.
func (r *Reader) Int() int {
	text := r.Number()
	if text == "" {
		return 0
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != float64(int(f)) {
		r.Fail(errors.New("not a whole number: " + text))
		return 0
	}
	return int(f)
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	if r.Is('f') {
		r.Skip()
		return false
	}
	_, ok := r.scalar('t')
	return ok
}

// scalar reads a token that must be of a kind, or null: then it is not ok, and
// no error.
func (r *Reader) scalar(kind jsontext.Kind) (jsontext.Token, bool) {
	if r.err != nil {
		return jsontext.Token{}, false
	}
	switch got := r.decoder.PeekKind(); got {
	case kind, 'n':
		token, err := r.decoder.ReadToken()
		if err != nil {
			r.Fail(err)
			return jsontext.Token{}, false
		}
		return token, got == kind
	default:
		r.mismatch(kind, got)
		return jsontext.Token{}, false
	}
}

// begin enters an object or an array; null counts as none.
func (r *Reader) begin(kind jsontext.Kind) bool {
	_, ok := r.scalar(kind)
	return ok
}

func (r *Reader) end() {
	if r.err == nil {
		if _, err := r.decoder.ReadToken(); err != nil {
			r.Fail(err)
		}
	}
}

func (r *Reader) mismatch(want, got jsontext.Kind) {
	if got == jsontext.KindInvalid {
		if _, err := r.decoder.ReadToken(); err != nil {
			r.Fail(err)
			return
		}
	}
	r.Fail(errors.New("at " + string(r.decoder.StackPointer()) + ": " + kindName(got) + " where " + kindName(want) + " was expected"))
}

func kindName(kind jsontext.Kind) string {
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
	}
	return "the end"
}
