package wire

import "strconv"

// Writer writes one JSON document. Begin and End calls must be paired. The
// zero Writer is ready.
//
// Its methods are kept from being inlined: a document is written where a
// microsecond does not matter, and copies at every call would cost 75 KB of
// WebAssembly.
type Writer struct {
	buffer []byte
}

// Bytes is the document so far.
func (w *Writer) Bytes() []byte { return w.buffer }

// BeginObject, EndObject, BeginArray and EndArray open and close.
func (w *Writer) BeginObject() *Writer { w.separate(); return w.put('{') }
func (w *Writer) EndObject() *Writer   { return w.put('}') }
func (w *Writer) BeginArray() *Writer  { w.separate(); return w.put('[') }
func (w *Writer) EndArray() *Writer    { return w.put(']') }

// Member starts a member of an object; its value must follow.
//
//go:noinline
func (w *Writer) Member(name string) *Writer {
	w.String(name)
	return w.put(':')
}

// String writes text; bytes that are not UTF-8 are written as U+FFFD.
func (w *Writer) String(text string) *Writer {
	w.separate()
	w.buffer = appendQuoted(w.buffer, text)
	return w
}

// Int writes a whole number.
func (w *Writer) Int(n int) *Writer {
	w.separate()
	w.buffer = strconv.AppendInt(w.buffer, int64(n), 10)
	return w
}

// Bool writes true or false.
func (w *Writer) Bool(b bool) *Writer {
	w.separate()
	w.buffer = strconv.AppendBool(w.buffer, b)
	return w
}

// Null writes null.
func (w *Writer) Null() *Writer {
	return w.Raw([]byte("null"))
}

// Raw writes a value that is JSON already.
func (w *Writer) Raw(value []byte) *Writer {
	w.separate()
	w.buffer = append(w.buffer, value...)
	return w
}

// Text writes a member with a string unless text is empty: what is not set is
// left out of a document.
//
//go:noinline
func (w *Writer) Text(name, text string) *Writer {
	if text != "" {
		w.Member(name).String(text)
	}
	return w
}

// separate writes the comma before a value, where one is due.
//
//go:noinline
func (w *Writer) separate() {
	if len(w.buffer) == 0 {
		return
	}
	switch w.buffer[len(w.buffer)-1] {
	case '{', '[', ':', ',':
	default:
		w.buffer = append(w.buffer, ',')
	}
}

//go:noinline
func (w *Writer) put(c byte) *Writer {
	w.buffer = append(w.buffer, c)
	return w
}
