package wire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/wire"
)

func TestReaderReadsOneValue(t *testing.T) {
	type reader = *wire.Reader
	text := func(r reader) any { return r.String() }
	number := func(r reader) any { return r.Number() }
	whole := func(r reader) any { return r.Int() }
	truth := func(r reader) any { return r.Bool() }
	raw := func(r reader) any { return string(r.Raw()) }
	for name, c := range map[string]struct {
		document string
		read     func(reader) any
		want     any // nil for an error
	}{
		"a string":                          {`"a"`, text, "a"},
		"an empty string":                   {`""`, text, ""},
		"null for a string":                 {`null`, text, ""},
		"escapes":                           {`"\"\\\/\b\f\n\r\té\u00E9\ud83d\ude00"`, text, "\"\\/\b\f\n\r\téé\U0001F600"},
		"half a pair":                       {`"\ud83d!\ude00"`, text, "\uFFFD!\uFFFD"},
		"two first halves":                  {`"\ud83d\ud83d\ude00"`, text, "\uFFFD\U0001F600"},
		"bytes that are not UTF-8":          {"\"a\xff\xfe\"", text, "a\uFFFD\uFFFD"},
		"such bytes beside an escape":       {"\"\\n\xff\xfe\"", text, "\n\uFFFD\uFFFD"},
		"NUL within a string":               {`"\u0000"`, text, "\x00"},
		"white space around":                {" \t\r\n\"a\" \t\r\n", text, "a"},
		"a number for a string":             {`1`, text, nil},
		"an object for a string":            {`{}`, text, nil},
		"a control character":               {"\"a\nb\"", text, nil},
		"an unknown escape":                 {`"\x41"`, text, nil},
		"an escape without its digits":      {`"\u00g0"`, text, nil},
		"an escape cut off":                 {`"\u00`, text, nil},
		"a string cut off":                  {`"abc`, text, nil},
		"a string that ends in a backslash": {`"abc\`, text, nil},

		"a number":                   {`-12.50e+3`, number, "-12.50e+3"},
		"many digits":                {`12345678901234567890.123456789`, number, "12345678901234567890.123456789"},
		"a number within a string":   {`"1,5"`, number, "1,5"},
		"null for a number":          {`null`, number, ""},
		"an array for a number":      {`[1]`, number, nil},
		"a leading zero":             {`01`, number, nil},
		"a plus":                     {`+1`, number, nil},
		"a point and no digits":      {`1.`, number, nil},
		"no digits and a point":      {`.5`, number, nil},
		"an exponent without digits": {`1e`, number, nil},
		"a minus alone":              {`-`, number, nil},
		"NaN":                        {`NaN`, number, nil},
		"Infinity":                   {`-Infinity`, number, nil},
		"a hexadecimal number":       {`0x10`, number, nil},

		"a whole number":               {`-25`, whole, -25},
		"a whole number with zeros":    {`25.00`, whole, 25},
		"a whole number in a string":   {`"25"`, whole, 25},
		"an empty string for a number": {`""`, whole, 0},
		"null for a whole number":      {`null`, whole, 0},
		"a fraction":                   {`25.5`, whole, nil},
		"a number too large":           {`9223372036854775808`, whole, nil},
		"a number far too large":       {`1e300`, whole, nil},
		"words for a whole number":     {`"twelve"`, whole, nil},
		"infinity for a whole number":  {`"Inf"`, whole, nil},
		"true for a whole number":      {`true`, whole, nil},

		"true":                 {`true`, truth, true},
		"false":                {`false`, truth, false},
		"null for a truth":     {`null`, truth, false},
		"a string for a truth": {`"true"`, truth, nil},
		"a number for a truth": {`1`, truth, nil},
		"a truth cut off":      {`tru`, truth, nil},
		"more than a truth":    {`truely`, truth, nil},
		"a truth in capitals":  {`True`, truth, nil},

		"any value as it stands":   {` {"a" : [1, "\u0041"]} `, raw, `{"a" : [1, "\u0041"]}`},
		"a bare null as it stands": {`null`, raw, `null`},
		"a raw value cut off":      {`{"a":[1`, raw, nil},

		"nothing":               {``, text, nil},
		"white space alone":     {" \n", text, nil},
		"a byte order mark":     {"\uFEFF\"a\"", text, nil},
		"more after the end":    {`"a" "b"`, text, nil},
		"NUL after the end":     {"\"a\"\x00", text, nil},
		"NUL and more after it": {"\"a\"\x00{}", text, nil},
		"a comment":             {`"a" // b`, text, nil},
		"a web page":            {`<!doctype html>`, text, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := wire.NewReader([]byte(c.document))
			value := c.read(r)
			if err := r.End(); c.want == nil {
				require.Error(t, err)
				assert.NotEmpty(t, err.Error())
				assert.Equal(t, err, r.Err())
			} else {
				require.NoError(t, err)
				assert.Equal(t, c.want, value)
			}
		})
	}
}

func TestReaderSkipsWhatNobodyReads(t *testing.T) {
	r := wire.NewReader([]byte(`{"unknown":{"deep":[1,{"x":null}]}, "name":"Acme", "list":[1,"two",[3]], "after":true}`))
	var names []string
	var texts []string
	r.Object(func(name []byte) {
		names = append(names, string(name))
		switch string(name) {
		case "name":
			texts = append(texts, r.String())
		case "list":
			r.Array(func() {
				if r.Is('"') {
					texts = append(texts, r.String())
				}
			})
		}
	})
	require.NoError(t, r.End())
	assert.Equal(t, []string{"unknown", "name", "list", "after"}, names)
	assert.Equal(t, []string{"Acme", "two"}, texts)
}

func TestReaderTakesNullForAnObjectAndAnArray(t *testing.T) {
	r := wire.NewReader([]byte(`{"object":null,"array":null,"rest":1}`))
	rest := 0
	r.Object(func(name []byte) {
		switch string(name) {
		case "object":
			r.Object(func([]byte) { t.Error("null has no members") })
		case "array":
			r.Array(func() { t.Error("null has no items") })
		case "rest":
			rest = r.Int()
		}
	})
	require.NoError(t, r.End())
	assert.Equal(t, 1, rest)
}

func TestReaderGivesNamesAsTheyAreMeant(t *testing.T) {
	long := strings.Repeat("long", 100)
	r := wire.NewReader([]byte(`{"\u006eame":1,"":2,"` + long + `":3,"na\"me":4,"name":5,"a` + "\xff" + `":6}`))
	var names []string
	r.Object(func(name []byte) { names = append(names, string(name)) })
	require.NoError(t, r.End())
	assert.Equal(t, []string{"name", "", long, `na"me`, "name", "a\uFFFD"}, names, "one name twice is given twice")
}

func TestReaderRefusesBadStructure(t *testing.T) {
	for _, document := range []string{
		`{`, `}`, `[`, `]`, `{]`, `[}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{,"a":1}`, `{"a":1 "b":2}`, `{"a" 1}`, `{1:2}`, `{a:1}`, `{'a':1}`,
		`{null:1}`, `[1,]`, `[,1]`, `[1 2]`, `[1,,2]`, `[1`, `{"a":1`, `{"a":[1}`, `{"a":1}}`, `[]]`, `{"a":1}{"b":2}`, `[1,2],`, `:`, `,`,
		"{\"a\x01\":1}", `{"a`, `{"a":"b}`,
	} {
		t.Run(document, func(t *testing.T) {
			r := wire.NewReader([]byte(document))
			if strings.HasPrefix(document, "[") {
				r.Array(func() {})
			} else {
				r.Object(func([]byte) {})
			}
			assert.Error(t, r.End())

			r = wire.NewReader([]byte(document))
			r.Skip()
			assert.Error(t, r.End(), "skipped as a whole")
		})
	}
}

func TestReaderStopsAtTheFirstError(t *testing.T) {
	r := wire.NewReader([]byte(`{"a":1,"b":"text","c":[1,2],"d":true}`))
	var names []string
	r.Object(func(name []byte) {
		names = append(names, string(name))
		if string(name) == "b" {
			assert.Zero(t, r.Int())
			first := r.Err()
			require.Error(t, first)
			assert.Zero(t, r.String())
			assert.Zero(t, r.Number())
			assert.Zero(t, r.Bool())
			assert.Nil(t, r.Raw())
			assert.False(t, r.Is('"'))
			r.Skip()
			r.Object(func([]byte) { t.Error("read on") })
			r.Array(func() { t.Error("read on") })
			r.Fail(errors.New("another"))
			assert.Equal(t, first, r.Err())
		}
	})
	assert.Equal(t, []string{"a", "b"}, names)
	assert.Error(t, r.End())
}

func TestReaderFailsAsItIsTold(t *testing.T) {
	mine := errors.New("mine")
	r := wire.NewReader([]byte(`[1,2,3]`))
	read := 0
	r.Array(func() {
		read++
		if r.Int() == 2 {
			r.Fail(mine)
		}
	})
	assert.Equal(t, 2, read)
	assert.Equal(t, mine, r.End())
}

func TestReaderSaysWhatItMetInWords(t *testing.T) {
	r := wire.NewReader([]byte(`{"amount":{"value":1}}`))
	r.Object(func([]byte) { _ = r.String() })
	assert.ErrorContains(t, r.End(), "an object where a string was expected")
}

func TestReaderRefusesADocumentThatIsNestedWithoutEnd(t *testing.T) {
	for name, document := range map[string]string{
		"arrays":         strings.Repeat("[", 1_000_000),
		"objects":        strings.Repeat(`{"a":`, 1_000_000),
		"closed arrays":  strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"closed objects": strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			r := wire.NewReader([]byte(document))
			r.Skip()
			assert.Error(t, r.End())

			r = wire.NewReader([]byte(document))
			tree(r)
			assert.Error(t, r.End())
		})
	}
}

func TestReaderRawIsACopy(t *testing.T) {
	document := []byte(`["abc"]`)
	var raw []byte
	r := wire.NewReader(document)
	r.Array(func() { raw = r.Raw() })
	require.NoError(t, r.End())
	document[2] = 'X'
	assert.Equal(t, `"abc"`, string(raw))
}
