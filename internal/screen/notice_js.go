package screen

import "github.com/dealmark/dealmark/internal/popup"

// notice is the card that says what stands in the way.
type notice struct{ card, text, action element }

func newNotice(f *finder) *notice {
	return &notice{card: f.find("notice"), text: f.find("notice-text"), action: f.find("notice-action")}
}

func sameNotice(a, b *popup.Notice) bool {
	return a == b || a != nil && b != nil && *a == *b
}

func (n *notice) show(v *popup.Notice) {
	n.card.flag("hidden", v == nil)
	if v == nil {
		n.text.show("") // so that the same notice is read aloud when it comes again
		return
	}
	n.card.SetAttribute("data-kind", string(v.Kind))
	n.text.show(v.Text)
	n.action.show(v.Label)
	n.action.state("data-action", string(v.Action))
	n.action.flag("hidden", v.Action == "" || v.Label == "")
}
