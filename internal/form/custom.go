package form

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// Custom is one of the team's custom fields as the form has it.
type Custom struct {
	Field    crm.Field
	Label    string
	Options  []Option // of a choice
	Max      int      // of a text, in characters; 0 for no bound
	Required bool
	Defaults []Default
}

// Option is one choice of a custom field.
type Option struct{ ID, Name string }

// Default is the text of a custom field for opportunities of a stage; without
// one it is for all stages that have none of their own.
type Default struct {
	Stage crm.StageID
	Text  string
}

// customInput is one custom field of the form.
type customInput struct {
	field crm.Field
	input
}

// change finds a field to be written, nil if there can be no such field.
//
//go:noinline
func (d *Draft) change(f crm.Field) *input {
	if kind, _, _ := f.Custom(); kind == "" {
		return d.input(f)
	}
	d.custom = slices.Clone(d.custom)
	if d.input(f) == nil {
		d.custom = append(d.custom, customInput{field: f})
	}
	return d.input(f)
}

// Fields gives the fields that every form has, and the custom ones that something
// was put into.
//
//go:noinline
func (d *Draft) Fields() []crm.Field {
	standard := crm.Fields()
	fields := standard[:]
	for i := range d.custom {
		fields = append(fields, d.custom[i].field)
	}
	return fields
}

// Complete adds to what the rep saw the custom fields that were not known then,
// under their names: those of an opportunity that was read since.
func (d *Draft) Complete(there crm.Custom) {
	for f, text := range there.All() {
		if kind, _, _ := f.Custom(); kind != "" && !d.Base.Custom.Has(f) {
			d.Base.Custom = d.Base.Custom.With(f, text)
			d.Prefill(f, text)
		}
	}
}

// Locked says whether a custom field cannot be changed: nobody knows what Apollo
// has in it.
func (d *Draft) Locked(f crm.Field) bool {
	_, _, custom := f.Custom()
	return custom && d.updates() && !d.Base.Custom.Has(f)
}

// PrefillCustom fills the custom fields that the rep has not touched with the
// defaults of the stage. In a change that is where the stage is another, and only
// what is blank.
func (d *Draft) PrefillCustom(c Choices) {
	stage := crm.StageID(d.Text(crm.FieldStage))
	for _, field := range c.Custom {
		f, text := field.Field, field.byStage(stage)
		switch {
		case !d.updates():
			d.Prefill(f, text)
		case !d.Locked(f) && !d.Touched(f):
			if base := d.Base.Text(f); base != "" || stage == d.Base.StageID {
				text = base
			}
			if d.Text(f) != text {
				d.change(f).text = text // and not what was there before: it is to be sent
			}
		}
	}
}

func (field *Custom) byStage(stage crm.StageID) (text string) {
	for _, def := range field.Defaults {
		if def.Stage == stage {
			return def.Text
		}
		if def.Stage == "" {
			text = def.Text
		}
	}
	return text
}

// readCustom puts what the text of a custom field means into values, or gives
// says what is wrong with it.
func (d *Draft) readCustom(values *crm.Values, field *Custom, today crm.Date) error {
	f, text := field.Field, d.Text(field.Field)
	if d.updates() && (d.Locked(f) || d.input(f) == nil || d.input(f).asPrefilled()) {
		return nil
	}
	canonical, err := field.read(text, today)
	switch {
	case err != nil:
	case canonical == "" && field.Required:
		return objection{text: "Your team asks for this with every opportunity. Fill it in."}.err(f, text)
	case canonical != "" || values.Custom.Has(f):
		values.SetText(f, canonical)
	}
	return err
}

// read gives what a text means, in its canonical form.
func (field *Custom) read(text string, today crm.Date) (canonical string, err error) {
	wrong := func(complaint objection) (string, error) { return "", complaint.err(field.Field, text) }
	kind, _, _ := field.Field.Custom()
	switch kind {
	case crm.CustomNumber:
		n, ok := crm.ParseMoney(strings.TrimSpace(text))
		if !ok {
			if n, err = ReadMoney(text, ""); err != nil || n.Currency != "" {
				return wrong(objection{text: "{0} is not a number. Type the digits alone, such as 12.5."})
			}
		}
		return n.Text(), nil
	case crm.CustomDate:
		date, err := ReadDate(text, today)
		return date.String(), err
	case crm.CustomChoice, crm.CustomChoices:
		if canonical = field.choose(text); canonical == "" && text != "" {
			return wrong(objection{text: "This choice is not there any more. Choose again."})
		}
		return canonical, nil
	case crm.CustomBool:
		return text, nil
	}
	text = cleanName(text)
	if n := utf8.RuneCountInString(text); field.Max > 0 && n > field.Max {
		return wrong(objection{
			text:  "This has {1} characters and Apollo takes {2}.",
			parts: [4]string{strconv.Itoa(n), strconv.Itoa(field.Max)},
		})
	}
	return text, nil
}

// choose gives ids of options in their canonical order, "" if one of them is none.
func (field *Custom) choose(text string) string {
	ids := strings.Split(text, ",")
	for _, id := range ids {
		if !slices.ContainsFunc(field.Options, func(o Option) bool { return o.ID == id }) {
			return ""
		}
	}
	crm.Sort(ids, strings.Compare)
	return strings.Join(ids, ",")
}

// Words is the canonical text of a custom field for people.
func (field *Custom) Words(text string, in words.Words) string {
	kind, _, _ := field.Field.Custom()
	switch kind {
	case crm.CustomBool:
		switch text {
		case "true":
			return in.Say("yes")
		case "false":
			return in.Say("no")
		}
	case crm.CustomChoice, crm.CustomChoices:
		names := strings.Split(text, ",")
		for i, id := range names {
			for _, o := range field.Options {
				if o.ID == id {
					names[i] = o.Name
				}
			}
		}
		return strings.Join(names, ", ")
	}
	return text
}

// UnderstoodCustom is [Draft.Understood] for a custom field.
func (d *Draft) UnderstoodCustom(field *Custom, in words.Words, today crm.Date) string {
	text := d.Text(field.Field)
	kind, _, _ := field.Field.Custom()
	if kind != crm.CustomDate && kind != crm.CustomNumber {
		return ""
	}
	canonical, err := field.read(text, today)
	if err != nil || canonical == text {
		return ""
	}
	if date, ok := crm.ParseDate(canonical); ok {
		return in.Weekday(date)
	}
	return canonical
}
