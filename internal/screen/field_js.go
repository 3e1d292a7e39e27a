package screen

import (
	"slices"
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
)

// touched marks an input whose text is the rep's own. popup.html's modules set
// it at the very key, before the core hears of it.
const touched = "data-touched"

// field is one input or choice with its remark and its error.
type field struct {
	input, understood, err element

	choice bool
	shown  *popup.Field
}

func newField(f *finder, name crm.Field) *field {
	field := &field{
		input:      f.find(string(name)),
		understood: f.find(string(name) + "-understood"),
		err:        f.find(string(name) + "-error"),
	}
	if f.err == nil {
		field.choice = field.input.TagName() == "SELECT"
	}
	return field
}

// show writes v; another says that v belongs to another form than what stands.
func (f *field) show(v popup.Field, another bool) {
	f.understood.show(v.Understood)
	f.err.show(v.Error)
	f.input.state("aria-invalid", when(v.Error != "", "true"))
	f.lock(v.Locked)
	if f.choice && (f.shown == nil || another || !slices.Equal(f.shown.Options, v.Options)) {
		f.offer(v)
	}
	if another || !f.input.HasAttribute(touched) {
		if f.input.value() != v.Value {
			f.input.setValue(v.Value)
			f.input.state("data-gap", when(v.Gap > 0, strconv.Itoa(v.Gap-1)))
			f.yield(v)
		}
		f.input.flag(touched, v.Touched)
	}
	if f.choice {
		f.input.state("data-value", f.input.value()) // a value alone cannot be observed
	}
	f.shown = &v
}

// yield selects a default that came into the field where the cursor stands, so
// that typing replaces it, as it does when the first key is faster; or puts the
// cursor into the default's gap. say.js does the same where the cursor comes later.
func (f *field) yield(v popup.Field) {
	switch {
	case f.choice || v.Touched || !f.input.Matches(":focus"):
	case v.Gap > 0:
		f.input.Call("setSelectionRange", v.Gap-1, v.Gap-1)
	default:
		f.input.Call("select")
	}
}

// lock makes the field readable only.
func (f *field) lock(on bool) {
	if f.choice {
		f.input.Set("disabled", on)
	} else {
		f.input.Set("readOnly", on)
	}
}

// offer sets the choices anew and keeps what is chosen.
func (f *field) offer(v popup.Field) {
	chosen := v.Value
	if f.input.HasAttribute(touched) && f.input.value() != "" {
		chosen = f.input.value()
	}
	f.input.clear()
	options := v.Options
	if len(options) == 0 && v.Value != "" {
		options = []popup.Option{{Value: v.Value, Label: label(v.Value)}}
	}
	for _, option := range options {
		o := f.input.add("option", "")
		o.setValue(option.Value)
		o.show(option.Label)
		o.state("data-pipeline", option.Pipeline)
		o.state("data-outcome", option.Outcome)
	}
	f.input.setValue(chosen)
}

// label is what stands for the value of a choice whose options are not known
// yet: a name stands for itself, an identifier says nothing to anybody.
func label(value string) string {
	if _, ok := crm.ParseID[crm.UserID](value); ok {
		return "…"
	}
	return value
}
