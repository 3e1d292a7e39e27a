package screen

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/words"
)

// form is the one form, and holds what was last written into it.
type form struct {
	in words.Words

	self, heading, link, another, line, submit, discard, putBack, text element
	similar, similarText, instead                                      element

	account     element // the whole field, of which a new account has another input
	accountName *field
	fields      map[crm.Field]*field
	more        *more
	people      *people
	id          string // the form that stands on the page, "" before the first
}

func newForm(f *finder, in words.Words) *form {
	form := &form{
		in: in,

		self:    f.find("form"),
		heading: f.find("form-heading"),
		link:    f.find("form-link"),
		another: f.find("form-new"),
		line:    f.find("line"),
		submit:  f.find("submit"),
		discard: f.find("discard"),
		putBack: f.find("put-back"),
		text:    f.find("form-text"),

		similar:     f.find("similar"),
		similarText: f.find("similar-text"),
		instead:     f.find("instead"),

		account:     f.find("account-field"),
		accountName: newField(f, "account_name"),
		fields:      make(map[crm.Field]*field, len(crm.Fields())),
		more:        newMore(f),
		people:      newPeople(f),
	}
	for _, name := range crm.Fields() {
		form.fields[name] = newField(f, name)
	}
	return form
}

func (f *form) show(v popup.Form) {
	f.heading.showQuoted(f.in, v.Heading)
	f.heading.SetTitle(v.Heading)
	f.link.link(v.Link)
	f.another.flag("hidden", v.Editing == "")
	f.offerLine(v)
	f.similar.flag("hidden", v.Similar.ID == "")
	f.similarText.showQuoted(f.in, v.Similar.Text)
	f.similarText.SetTitle(v.Similar.Text)
	f.instead.state("data-id", string(v.Similar.ID))
	f.submit.show(v.Submit)
	f.submit.state("aria-disabled", when(!v.Ready, "true"))
	f.discard.flag("hidden", !v.Dirty)
	f.putBack.flag("hidden", !v.Undo)
	f.text.show(v.Text)

	// The very first form meets what was typed before the core was there; any
	// later one replaces what the rep sees on purpose.
	another := f.id != "" && f.id != v.ID
	for _, field := range v.Fields {
		if shown := f.fields[field.Name]; shown != nil {
			shown.show(field, another)
		}
	}
	f.account.flag("data-new", v.Account.Offered)
	f.accountName.show(popup.Field{Value: v.Account.Value, Touched: v.Account.Touched, Error: v.Account.Error}, another)
	f.more.show(v.More, another)
	f.people.show(v.People, another)
	f.self.state("data-editing", string(v.Editing))
	if f.id != v.ID {
		f.id = v.ID
		f.self.SetAttribute("data-form", v.ID) // last: whoever observes it finds the form complete
	}
}

// offerLine offers to take a line out of the name, or to put it back. The signs
// are the keys that do the same.
func (f *form) offerLine(v popup.Form) {
	action, key, label, text, shown := "take_line", "ArrowDown", crm.English("Fill in {0}"), v.Line, "↓ "+v.Line
	if text == "" && v.Taken != "" {
		action, key, label, text, shown = "put_back", "ArrowUp", "Put back {0}", v.Taken, f.in.Say("↑ Put back {0}", v.Taken)
	}
	f.line.flag("hidden", text == "")
	f.line.state("data-action", when(text != "", action))
	f.line.state("data-key", when(text != "", key))
	f.line.state("aria-label", when(text != "", f.in.Say(label, text)))
	f.line.SetTitle(when(text != "", f.in.Say(label, text)))
	f.line.show(when(text != "", shown))
}
