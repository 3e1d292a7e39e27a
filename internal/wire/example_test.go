package wire_test

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/wire"
)

// A type says in a few lines how it is read; what it does not know is skipped.
func ExampleReader() {
	var name string
	var tags []string
	r := wire.NewReader([]byte(`{"id":7,"name":"Acme","tags":["new","big"],"more":{"x":[1,2]}}`))
	r.Object(func(member []byte) {
		switch string(member) {
		case "name":
			name = r.String()
		case "tags":
			r.Array(func() { tags = append(tags, r.String()) })
		}
	})
	fmt.Println(name, tags, r.End())
	// Output: Acme [new big] <nil>
}

// A mistake in the document is one error at the end.
func ExampleReader_End() {
	r := wire.NewReader([]byte(`{"name":"Acme","amount":[]}`))
	r.Object(func(member []byte) {
		if string(member) == "amount" {
			r.Number()
		}
	})
	fmt.Println(r.End() != nil)
	// Output: true
}

func ExampleWriter() {
	var w wire.Writer
	w.BeginObject().Text("name", "Acme").Text("owner", "")
	w.Member("tags").BeginArray().String("new").String("big").EndArray()
	w.EndObject()
	fmt.Println(string(w.Bytes()))
	// Output: {"name":"Acme","tags":["new","big"]}
}
