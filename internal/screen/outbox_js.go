package screen

import (
	"slices"

	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/words"
)

func sameEntry(a, b popup.Entry) bool {
	return a.ID == b.ID && a.Title == b.Title && a.State == b.State && a.Text == b.Text &&
		slices.Equal(a.Conflicts, b.Conflicts) && slices.Equal(a.Buttons, b.Buttons)
}

// newOutbox is the list of what was saved and what became of it.
func newOutbox(f *finder, in words.Words) *keyed[popup.Entry] {
	return &keyed[popup.Entry]{
		children: children{parent: f.find("outbox")},
		key:      func(v popup.Entry) string { return v.ID },
		equal:    sameEntry,
		build:    func(child element) func(popup.Entry) { return buildEntry(child, in) },
	}
}

func buildEntry(child element, in words.Words) func(popup.Entry) {
	child.SetClass("entry")
	title := child.add("p", "entry-title")
	title.SetDir("auto")
	text := child.add("p", "entry-text")
	conflicts := &conflicts{in: in, table: child.add("table", "conflicts")}
	buttons := child.add("div", "entry-buttons")
	var shown []popup.Button // which stay as long as they are the same
	return func(v popup.Entry) {
		child.SetAttribute("data-entry", v.ID)
		child.SetAttribute("data-state", v.State)
		title.showQuoted(in, v.Title)
		title.SetTitle(v.Title)
		text.show(v.Text)
		conflicts.show(v)
		if slices.Equal(shown, v.Buttons) {
			return
		}
		shown = v.Buttons
		buttons.clear()
		for _, button := range v.Buttons {
			addButton(buttons, button)
		}
	}
}

// addButton offers what an entry allows. Looking at an opportunity is a link, so
// that it opens as links do.
func addButton(parent element, v popup.Button) {
	if v.Action == popup.Open {
		link := parent.add("a", "quiet")
		link.SetAttribute("target", "_blank")
		link.SetAttribute("rel", "noopener noreferrer")
		link.link(v.Link)
		link.show(v.Label)
		return
	}
	button := parent.add("button", "quiet")
	button.SetAttribute("type", "button")
	button.SetAttribute("data-action", string(v.Action))
	button.show(v.Label)
}
