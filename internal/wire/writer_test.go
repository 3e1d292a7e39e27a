package wire_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/wire"
)

func TestWriter(t *testing.T) {
	for name, c := range map[string]struct {
		write func(*wire.Writer)
		want  string
	}{
		"nothing":         {func(*wire.Writer) {}, ``},
		"an empty object": {func(w *wire.Writer) { w.BeginObject().EndObject() }, `{}`},
		"an empty array":  {func(w *wire.Writer) { w.BeginArray().EndArray() }, `[]`},
		"commas in arrays": {func(w *wire.Writer) {
			w.BeginArray().Int(1).String("2").Bool(true).Null().Raw([]byte(`{"a":1}`)).EndArray()
		}, `[1,"2",true,null,{"a":1}]`},
		"commas in objects": {func(w *wire.Writer) { w.BeginObject().Member("a").Int(1).Member("b").Bool(false).EndObject() }, `{"a":1,"b":false}`},
		"nesting": {func(w *wire.Writer) {
			w.BeginObject().Member("a").BeginArray().BeginObject().EndObject().BeginArray().EndArray().EndArray().Member("b").BeginObject().EndObject().EndObject()
		}, `{"a":[{},[]],"b":{}}`},
		"texts that are set": {func(w *wire.Writer) {
			w.BeginObject().Text("a", "").Text("b", "x").Text("c", "").Text("d", "y").EndObject()
		}, `{"b":"x","d":"y"}`},
		"text like structure":  {func(w *wire.Writer) { w.BeginArray().String("[").String("{").String(":").String(",").EndArray() }, `["[","{",":",","]`},
		"the largest numbers":  {func(w *wire.Writer) { w.BeginArray().Int(math.MaxInt64).Int(math.MinInt64).EndArray() }, `[9223372036854775807,-9223372036854775808]`},
		"quotes and backslash": {func(w *wire.Writer) { w.String(`"\/`) }, `"\"\\/"`},
		"not UTF-8":            {func(w *wire.Writer) { w.String("a\xff\xfeb") }, "\"a\uFFFD\uFFFDb\""},
		"a name not UTF-8":     {func(w *wire.Writer) { w.BeginObject().Text("a\xff", "b").EndObject() }, "{\"a\uFFFD\":\"b\"}"},
	} {
		t.Run(name, func(t *testing.T) {
			var w wire.Writer
			c.write(&w)
			assert.Equal(t, c.want, string(w.Bytes()))
		})
	}
}

func TestWriterEscapesWhatJSONForbids(t *testing.T) {
	text := ""
	for c := range rune(0x100) {
		text += string(c)
	}
	document := new(wire.Writer).String(text).Bytes()
	for _, c := range document {
		require.GreaterOrEqual(t, c, byte(' '), "a control character as it stands")
	}
	r := wire.NewReader(document)
	assert.Equal(t, text, r.String())
	assert.NoError(t, r.End())
}
