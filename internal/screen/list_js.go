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
	known           bool
}

func newList(f *finder, in words.Words) *list {
	return &list{
		section: f.find("list"),
		status:  f.find("list-status"),
		rows: &keyed[popup.Row]{
			children: children{parent: f.find("rows"), painted: paintedRow},
			key:      func(v popup.Row) string { return string(v.ID) },
			equal:    func(a, b popup.Row) bool { return a == b },
			build:    func(child element) func(popup.Row) { return buildRow(child, in) },
		},
	}
}

func (l *list) show(v popup.List) {
	l.section.state("aria-busy", when(v.Busy, "true"))
	l.status.show(v.Status)
	// What shown.js has painted stands until it is known what is there now.
	if !slices.Equal(l.shown, v.Rows) || !l.known && !v.Busy {
		l.rows.show(v.Rows)
		l.known = true
	}
	l.shown = v.Rows
}

// paintedRow is the key of a row that shown.js has painted.
func paintedRow(child element) string {
	row := child.Call("querySelector", ".row")
	if row.IsNull() {
		return ""
	}
	return row.Get("dataset").Get("id").String()
}

func buildRow(child element, in words.Words) func(popup.Row) {
	button := child.part("button", "row")
	button.SetAttribute("type", "button")
	button.SetAttribute("data-action", "view")
	name := button.part("span", "row-name")
	name.SetDir("auto")
	amount := button.part("span", "row-amount")
	detail := button.part("span", "row-detail")
	stage := detail.part("span", "row-stage")
	stage.SetDir("auto") // by which side it is cut
	date := detail.part("span", "row-date")
	owner := detail.part("span", "row-owner")
	owner.SetDir("auto")
	ended := button.part("span", "row-outcome")
	return func(v popup.Row) {
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
