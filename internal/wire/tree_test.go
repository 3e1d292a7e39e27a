package wire_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/wire"
)

// tree reads a whole value into what encoding/json would give for it.
func tree(r *wire.Reader) any {
	switch {
	case r.Is('{'):
		object := map[string]any{}
		r.Object(func(name []byte) {
			key := string(name)
			object[key] = tree(r)
		})
		return object
	case r.Is('['):
		array := []any{}
		r.Array(func() { array = append(array, tree(r)) })
		return array
	case r.Is('"'):
		return r.String()
	case r.Is('0'):
		return json.Number(r.Number())
	case r.Is('t'), r.Is('f'):
		return r.Bool()
	}
	r.Skip()
	return nil
}

// depth is how deep a document is nested at most; brackets in strings count.
func depth(document []byte) int {
	return bytes.Count(document, []byte("[")) + bytes.Count(document, []byte("{"))
}

// FuzzReader holds the reader against encoding/json and jsontext: the same
// documents are taken, and they mean the same.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,-2.5e+10,"\u00e9\ud83d\ude00",true,false,null,{}],"a":2}`, "\"\xff\\n\xfe\"", `[[[[]]]]`, "{}\x00", "1 2", `"\ud800\u0041"`, "", "nul", "-", "1e+", "{\"a\":1,}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		if depth(document) > 500 {
			return // the limits differ
		}
		before := bytes.Clone(document)
		r := wire.NewReader(document)
		read := tree(r)
		err := r.End()
		require.Equal(t, before, document, "the document was changed")

		skipped := wire.NewReader(document)
		skipped.Skip()
		require.Equal(t, err == nil, skipped.End() == nil, "reading and skipping disagree")
		raw := wire.NewReader(document)
		value := raw.Raw()
		require.Equal(t, err == nil, raw.End() == nil, "reading and copying disagree")

		require.Equal(t, json.Valid(document), err == nil, "encoding/json disagrees: %v", err)
		require.Equal(t, validForJSONText(document), err == nil, "jsontext disagrees: %v", err)
		if err != nil {
			return
		}
		require.Equal(t, string(bytes.Trim(document, " \t\r\n")), string(value))
		var want any
		decoder := json.NewDecoder(bytes.NewReader(document))
		decoder.UseNumber()
		require.NoError(t, decoder.Decode(&want))
		require.Equal(t, want, read)
	})
}

func validForJSONText(document []byte) bool {
	decoder := jsontext.NewDecoder(bytes.NewReader(document), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if _, err := decoder.ReadValue(); err != nil {
		return false
	}
	_, err := decoder.ReadToken()
	return err == io.EOF
}

// FuzzCalls reads any document with any calls, fitting or not: it never panics,
// and it comes to an end.
func FuzzCalls(f *testing.F) {
	f.Add([]byte(`{"a":[1,2,{"b":"c"}],"d":true}`), []byte{5, 6, 3, 1, 0, 7, 2})
	f.Add([]byte(`[[],[[]],"x"]`), []byte{6, 6, 6, 0, 4, 8})
	f.Fuzz(func(t *testing.T, document, calls []byte) {
		r := wire.NewReader(document)
		steps := 0
		var step func()
		step = func() {
			steps++
			if len(calls) == 0 {
				return
			}
			call := calls[0]
			calls = calls[1:]
			switch call % 9 {
			case 0:
				_ = r.String()
			case 1:
				r.Int()
			case 2:
				r.Bool()
			case 3:
				r.Number()
			case 4:
				r.Skip()
			case 5:
				r.Object(func([]byte) { step() })
			case 6:
				r.Array(step)
			case 7:
				r.Raw()
			case 8:
				r.Is('{')
			}
		}
		for range 3 {
			step()
		}
		_ = r.End()
		require.LessOrEqual(t, steps, len(document)+3, "more items than the document has bytes")
	})
}

// values generates what a document can hold.
func values() *rapid.Generator[any] {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "</script>", "\u2028", "\x00\x1f\x7f", `"\`, "\U0001F600", "\uFFFD"}))
	scalar := rapid.OneOf(
		rapid.Map(text, func(s string) any { return s }),
		rapid.Map(rapid.Int(), func(n int) any { return n }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Just[any](nil),
	)
	return rapid.Custom(func(t *rapid.T) any { return drawValue(t, text, scalar, 4) })
}

func drawValue(t *rapid.T, text *rapid.Generator[string], scalar *rapid.Generator[any], deep int) any {
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	if deep == 0 || kind < 2 {
		return scalar.Draw(t, "scalar")
	}
	size := rapid.IntRange(0, 4).Draw(t, "size")
	if kind == 2 {
		array := make([]any, size)
		for i := range array {
			array[i] = drawValue(t, text, scalar, deep-1)
		}
		return array
	}
	object := map[string]any{}
	for range size {
		object[text.Draw(t, "name")] = drawValue(t, text, scalar, deep-1)
	}
	return object
}

func write(w *wire.Writer, value any) {
	switch value := value.(type) {
	case string:
		w.String(value)
	case int:
		w.Int(value)
	case bool:
		w.Bool(value)
	case nil:
		w.Null()
	case []any:
		w.BeginArray()
		for _, item := range value {
			write(w, item)
		}
		w.EndArray()
	case map[string]any:
		w.BeginObject()
		names := make([]string, 0, len(value))
		for name := range value {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if text, ok := value[name].(string); ok && text != "" {
				w.Text(name, text)
				continue
			}
			w.Member(name)
			if item, ok := value[name].(map[string]any); ok && len(item) == 0 {
				w.Raw([]byte("{}"))
				continue
			}
			write(w, value[name])
		}
		w.EndObject()
	}
}

// What the writer writes is JSON for everybody, and reads back as it was.
func TestWriterAgainstEncodingJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		value := values().Draw(rt, "value")
		var w wire.Writer
		write(&w, value)
		document := w.Bytes()
		require.True(rt, json.Valid(document), "%q", document)

		// Both sides through encoding/json, which writes in one way only.
		want, err := json.Marshal(value)
		require.NoError(rt, err)
		var have any
		decoder := json.NewDecoder(strings.NewReader(string(document)))
		decoder.UseNumber()
		require.NoError(rt, decoder.Decode(&have))
		again, err := json.Marshal(have)
		require.NoError(rt, err)
		require.Equal(rt, string(want), string(again))

		r := wire.NewReader(document)
		require.Equal(rt, have, tree(r))
		require.NoError(rt, r.End())
	})
}
