package pipeline

import (
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Shape is an element of SVG, for the page to make: no text becomes markup.
type Shape struct {
	Name       string // of the element
	Attributes []Attribute
	Text       string // its content
	As         As     // what the content is
	Currency   string // of money
	Shapes     []Shape
}

// Attribute is an attribute of an element.
type Attribute struct{ Name, Value string }

// As says how the page writes a text, for that is the locale's.
type As string

const (
	AsText  As = ""      // as it stands
	AsWords As = "words" // a sentence of this program
	AsMonth As = "month" // a [Month]
	AsMoney As = "money" // digits, of the shape's currency
	AsShort As = "short" // the same where there is little room
	AsCount As = "count" // digits
)

// shape gives a shape with attributes in pairs of a name and a whole number or
// text.
func shape(name string, attributes ...any) Shape {
	s := Shape{Name: name}
	for i := 0; i < len(attributes); i += 2 {
		value, ok := attributes[i+1].(string)
		if number, is := attributes[i+1].(int); is && !ok {
			value = strconv.Itoa(number)
		}
		s.Attributes = append(s.Attributes, Attribute{attributes[i].(string), value})
	}
	return s
}

func (s Shape) words(text crm.English) Shape {
	return s.says(AsWords, string(text))
}

func (s Shape) says(as As, text string) Shape {
	s.As, s.Text = as, text
	return s
}

// Write writes the shape and those in it as a document.
func (s Shape) Write(w *wire.Writer) {
	w.BeginObject().Text("name", s.Name).Text("as", string(s.As)).Text("text", s.Text).Text("currency", s.Currency)
	w.Member("attributes").BeginObject()
	for _, a := range s.Attributes {
		w.Member(a.Name).String(a.Value)
	}
	w.EndObject().Member("shapes").BeginArray()
	for _, inner := range s.Shapes {
		inner.Write(w)
	}
	w.EndArray().EndObject()
}
