package apollo

import "github.com/dealmark/dealmark/internal/wire"

// Decimal is a number with the digits that Apollo wrote, so that nothing is
// rounded: "9999999.9". "" is none.
type Decimal string

// decimal reads a number, or one within a string.
func decimal(r *wire.Reader) Decimal {
	if !r.Is('0') && !r.Is('"') {
		return ""
	}
	digits := r.Number()
	if reader := wire.NewReader([]byte(digits)); !reader.Is('0') || reader.Number() == "" || reader.End() != nil {
		return ""
	}
	return Decimal(digits)
}

// Raw is a JSON value as it stood in the answer.
type Raw []byte

// String is the JSON text.
func (v Raw) String() string { return string(v) }

// MarshalJSON gives the value itself.
func (v Raw) MarshalJSON() ([]byte, error) {
	if len(v) == 0 {
		return []byte("null"), nil
	}
	return v, nil
}

// Texts are the texts of a value: of a string itself, of a number its digits, of
// a list those of its items; none of null and of an object.
func (v Raw) Texts() []string {
	var texts []string
	r := wire.NewReader(v)
	var read func()
	read = func() {
		switch {
		case r.Is('"'):
			texts = append(texts, r.String())
		case r.Is('0'):
			texts = append(texts, r.Number())
		case r.Is('t'), r.Is('f'):
			texts = append(texts, string(r.Raw()))
		case r.Is('['):
			r.Array(read)
		default:
			r.Skip()
		}
	}
	read()
	return texts
}
