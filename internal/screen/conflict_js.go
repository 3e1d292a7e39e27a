package screen

import (
	"slices"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/words"
)

// conflicts is the table of what somebody else changed. Of several fields each
// can be chosen: theirs or the rep's, which stands chosen at first.
type conflicts struct {
	in     words.Words
	table  element
	theirs map[crm.Field]element // the radio buttons
	shown  []popup.Conflict
}

// show makes the table anew where it is another one; what was chosen stays so.
func (t *conflicts) show(v popup.Entry) {
	if t.theirs != nil && slices.Equal(t.shown, v.Conflicts) {
		return
	}
	t.shown = v.Conflicts
	table, before := t.table, t.theirs
	t.theirs = map[crm.Field]element{}
	table.clear()
	table.flag("hidden", len(v.Conflicts) == 0)
	if len(v.Conflicts) == 0 {
		return
	}
	head := table.add("tr", "")
	head.add("td", "") // over the fields' names
	for _, text := range [...]crm.English{"You saw", "There now", "You want"} {
		head.add("th", "").show(t.in.Say(text))
	}
	for _, c := range v.Conflicts {
		row := table.add("tr", "")
		row.add("th", "").show(c.Field)
		addCell(row).show(blank(c.Then))
		if len(v.Conflicts) == 1 {
			addCell(row).show(blank(c.Now))
			addCell(row).show(blank(c.Wanted))
			continue
		}
		radio, known := before[c.Name]
		chosen := known && radio.Get("checked").Bool()
		t.theirs[c.Name] = addChoice(row, v.ID, c, "theirs", t.in.Say("{0}, there now: {1}", c.Field, blank(c.Now)), c.Now, chosen)
		addChoice(row, v.ID, c, "ours", t.in.Say("{0}, you want: {1}", c.Field, blank(c.Wanted)), c.Wanted, !chosen)
	}
}

func addCell(row element) element {
	cell := row.add("td", "")
	cell.SetDir("auto")
	return cell
}

// addChoice is a value that can be chosen: one of two radio buttons in a row.
func addChoice(row element, entry string, c popup.Conflict, decision, label, text string, chosen bool) (radio element) {
	choice := row.add("td", "").add("label", "")
	radio = choice.add("input", "")
	radio.SetAttribute("type", "radio")
	radio.SetAttribute("name", entry+" "+string(c.Name))
	radio.SetAttribute("value", decision)
	radio.SetAttribute("data-field", string(c.Name))
	radio.SetAttribute("aria-label", label)
	radio.Set("checked", chosen)
	value := choice.add("span", "")
	value.SetDir("auto")
	value.show(blank(text))
	return radio
}

// blank stands for a value that is none.
func blank(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
