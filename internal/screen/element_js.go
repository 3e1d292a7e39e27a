package screen

import (
	"errors"
	"strings"
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"github.com/dealmark/dealmark/internal/words"
)

// element is any element of the page. It is dom's plain type on purpose: dom's
// own constructors try some seventy types for each element that they wrap,
// which a list of rows would feel, and link all of them in.
type element struct {
	*dom.BasicHTMLElement
	text *shownText
}

// shownText is what show wrote last. Writing a text again would be read aloud
// again where the element is a live region.
type shownText struct {
	text  string
	known bool
}

func wrap(value js.Value) element {
	node := &dom.BasicNode{Value: value}
	return element{&dom.BasicHTMLElement{BasicElement: &dom.BasicElement{BasicNode: node}}, &shownText{}}
}

// create makes an element that is not in the page yet.
func create(tag, class string) element {
	e := wrap(js.Global().Get("document").Call("createElement", tag))
	e.text.known = true
	if class != "" {
		e.SetClass(class)
	}
	return e
}

// finder looks elements up and remembers the first that is missing.
type finder struct{ err error }

func (f *finder) find(id string) element {
	value := js.Global().Get("document").Call("getElementById", id)
	if value.IsNull() && f.err == nil {
		f.err = errors.New("popup.html has no element with the id " + id)
	}
	return wrap(value)
}

// add makes a child at the end of e.
func (e element) add(tag, class string) element {
	child := create(tag, class)
	e.AppendChild(child)
	return child
}

// part is the child of a class, made at the end of e unless shown.js has painted it.
func (e element) part(tag, class string) element {
	if painted := e.Call("querySelector", ":scope > ."+class); !painted.IsNull() {
		return wrap(painted)
	}
	return e.add(tag, class)
}

// most are the bytes of a text that are shown: more than the longest name has. A
// browser lays a text of a megabyte out for minutes, in which nobody can save.
const most = 8000

func cut(text string) string {
	if len(text) <= most {
		return text
	}
	end := most
	for text[end]&0xc0 == 0x80 { // within a character
		end--
	}
	return text[:end] + "…"
}

// show makes text the element's only content.
func (e element) show(text string) {
	if !e.text.known { // shown.js may have painted it already
		*e.text = shownText{e.TextContent(), true}
	}
	if e.text.text != text {
		e.SetTextContent(cut(text))
		e.text.text = text
	}
}

// showQuoted shows a text that was said with a name. Where parts have a direction of
// their own, so has the name: too long, it is cut at its end, not at the text's.
func (e element) showQuoted(in words.Words, text string) {
	before, name, after := in.Quoted(text)
	if name == "" {
		e.show(text)
		return
	}
	if e.text.known && e.text.text == text {
		return
	}
	e.SetTextContent(cut(before))
	e.add("bdi", "").show(name)
	e.Call("append", cut(after))
	*e.text = shownText{text, true}
}

// clear removes all children.
func (e element) clear() {
	e.SetTextContent("")
	e.text.known = false
}

// flag sets or removes an attribute that has no value of its own.
func (e element) flag(name string, on bool) {
	if on {
		e.SetAttribute(name, "")
	} else {
		e.RemoveAttribute(name)
	}
}

// state sets an attribute, or removes it if value is "".
func (e element) state(name, value string) {
	if value == "" {
		e.RemoveAttribute(name)
	} else {
		e.SetAttribute(name, value)
	}
}

// link points an anchor at a web address and hides it without one. Only http
// and https are followed, whatever a stored record says.
func (e element) link(url string) {
	ok := strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
	e.flag("hidden", !ok)
	if !ok {
		url = ""
	}
	e.state("href", url)
}

func (e element) value() string        { return e.Get("value").String() }
func (e element) setValue(text string) { e.Set("value", text) }

// when gives text if on, else "".
func when(on bool, text string) string {
	if on {
		return text
	}
	return ""
}
