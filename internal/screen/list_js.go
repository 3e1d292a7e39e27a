package screen

import (
	"slices"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/words"
)

// list shows the company's opportunities.
type list struct {
	section, status element
	rows            *keyed[popup.Row]
	shown           []popup.Row
}

func newList(f *finder, in words.Words) *list {
	return &list{
		section: f.find("list"),
		status:  f.find("list-status"),
		rows: &keyed[popup.Row]{
			parent: f.find("rows"),
			key:    func(v popup.Row) string { return string(v.ID) },
			equal:  func(a, b popup.Row) bool { return a == b },
			build:  func() (element, func(popup.Row)) { return buildRow(in) },
		},
	}
}

func (l *list) show(v popup.List) {
	l.section.state("aria-busy", when(v.Busy, "true"))
	l.status.show(v.Status)
	if !slices.Equal(l.shown, v.Rows) {
		l.rows.show(v.Rows)
	}
	l.shown = v.Rows
}

func buildRow(in words.Words) (element, func(popup.Row)) {
	child := create("li", "")
	button := child.add("button", "row")
	button.SetAttribute("type", "button")
	button.SetAttribute("data-action", "view")
	name := button.add("span", "row-name")
	name.SetDir("auto")
	amount := button.add("span", "row-amount")
	detail := button.add("span", "row-detail")
	stage := detail.add("span", "row-stage")
	stage.SetDir("auto") // by which side it is cut
	date := detail.add("span", "row-date")
	owner := detail.add("span", "row-owner")
	owner.SetDir("auto")
	ended := button.add("span", "row-outcome")
	return child, func(v popup.Row) {
		button.SetAttribute("data-id", string(v.ID))
		button.state("aria-current", when(v.Current, "true"))
		state, said := outcome(v)
		button.state("data-closed", state)
		name.show(v.Name)
		name.SetTitle(v.Name)
		amount.show(v.Amount)
		stage.show(v.Stage)
		date.show(v.CloseDate)
		owner.show(v.Owner)
		ended.show(in.Say(said))
	}
}

// outcome is how an opportunity ended, for the style and in words; "" while it
// is open.
func outcome(v popup.Row) (state string, said crm.English) {
	switch {
	case v.Won:
		return "won", "Won"
	case v.Closed:
		return "lost", "Lost"
	}
	return "", ""
}
