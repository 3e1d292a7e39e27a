package screen

import (
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
)

// more are the team's custom fields, folded away until they are asked for or one
// of them needs a change.
type more struct {
	fold, panel element
	fields      []*custom // as the first View had them: they stay as long as the popup
}

// custom is one custom field. A choice of several is a hidden input and boxes.
type custom struct {
	field
	name  element
	boxes []element
}

func newMore(f *finder) *more {
	return &more{fold: f.find("more"), panel: f.find("more-fields")}
}

func (m *more) show(list []popup.Field, another bool) {
	m.fold.flag("hidden", len(list) == 0)
	if m.fields == nil {
		for _, v := range list {
			m.fields = append(m.fields, m.build(v))
		}
	}
	asked, wrong := 0, false
	for i, v := range list {
		m.fields[i].show(v, another)
		wrong = wrong || v.Error != ""
		if v.Required && v.Value == "" && !v.Locked {
			asked++
		}
	}
	m.fold.flag("data-asked", asked > 0)
	if wrong || another && m.fold.GetAttribute("aria-expanded") == "true" {
		m.fold.SetAttribute("aria-expanded", strconv.FormatBool(wrong))
		m.panel.flag("hidden", !wrong)
	}
}

func (m *more) build(v popup.Field) *custom {
	c := &custom{field: field{choice: v.Kind == crm.CustomBool || v.Kind == crm.CustomChoice}}
	id := string(v.Name)
	row, name, control := "div", "label", "input"
	if v.Kind == crm.CustomChoices {
		row, name = "fieldset", "legend"
	} else if c.choice {
		control = "select"
	}
	of := m.panel.add(row, "field")
	c.name = of.add(name, "")
	c.name.SetDir("auto")
	c.name.state("for", id)
	c.understood = of.add("span", "understood").add("bdi", "")
	if v.Kind == crm.CustomChoices {
		boxes := of.add("div", "boxes")
		for _, o := range v.Options {
			label := boxes.add("label", "")
			box := label.add("input", "")
			box.SetAttribute("type", "checkbox")
			box.setValue(o.Value)
			label.add("span", "").show(o.Label)
			c.boxes = append(c.boxes, box)
		}
	}
	c.input = of.add(control, "")
	c.input.SetID(id)
	c.input.SetAttribute("name", id)
	c.input.state("type", when(control == "input", when(v.Kind == crm.CustomChoices, "hidden")))
	c.input.state("aria-required", when(v.Required, "true"))
	c.input.SetAttribute("aria-describedby", id+"-error")
	c.err = of.add("p", "error")
	c.err.SetID(id + "-error")
	return c
}

func (c *custom) show(v popup.Field, another bool) {
	c.name.show(v.Label + when(v.Required, " *"))
	c.field.show(v, another)
	chosen := "," + c.input.value() + ","
	for _, box := range c.boxes {
		box.Set("checked", strings.Contains(chosen, ","+box.value()+","))
		box.Set("disabled", v.Locked)
	}
}
