package settings

import (
	"errors"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/wire"
)

// WriteForm writes the members of a setup into an object that is open:
//
//	"template":"{account} – {quarter}",
//	"fields":[{"field":"custom.choice.ID","label":"Lead source","required":true,
//	  "options":[{"id":…,"name":"Website"}],"max":120,"defaults":[{"stage":ID,"text":…}]}]
//
// What is empty is left out; a default without a stage is for all others.
func WriteForm(w *wire.Writer, setup form.Setup) {
	w.Text("template", string(setup.Template))
	w.Member("fields").BeginArray()
	for _, f := range setup.Custom {
		w.BeginObject()
		WriteField(w, f)
		w.Member("required").Bool(f.Required)
		w.Member("defaults").BeginArray()
		for _, d := range f.Defaults {
			w.BeginObject().Text("stage", string(d.Stage)).Text("text", d.Text).EndObject()
		}
		w.EndArray().EndObject()
	}
	w.EndArray()
}

// WriteField writes what Apollo says of a custom field into an object that is
// open.
func WriteField(w *wire.Writer, f form.Custom) {
	kind, _, _ := f.Field.Custom()
	w.Text("field", string(f.Field)).Text("label", f.Label).Text("kind", string(kind))
	w.Member("options").BeginArray()
	for _, o := range f.Options {
		w.BeginObject().Text("id", o.ID).Text("name", o.Name).EndObject()
	}
	w.EndArray()
	if f.Max > 0 {
		w.Member("max").Int(f.Max)
	}
}

// ReadForm reads one member that [WriteForm] wrote into setup; any other is left
// alone.
func ReadForm(r *wire.Reader, name string, setup *form.Setup) {
	switch name {
	case "template":
		setup.Template = form.Template(r.String())
	case "fields":
		setup.Custom = nil
		r.Array(func() { setup.Custom = append(setup.Custom, readField(r)) })
	}
}

func readField(r *wire.Reader) (f form.Custom) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			f.Field = crm.Field(r.String())
			if kind, _, _ := f.Field.Custom(); kind == "" {
				r.Fail(errors.New("not a custom field: " + string(f.Field)))
			}
		case "label":
			f.Label = r.String()
		case "required":
			f.Required = r.Bool()
		case "max":
			f.Max = r.Int()
		case "options":
			r.Array(func() {
				id, text := readPair(r, "id", "name")
				f.Options = append(f.Options, form.Option{ID: id, Name: text})
			})
		case "defaults":
			r.Array(func() {
				stage, text := readPair(r, "stage", "text")
				f.Defaults = append(f.Defaults, form.Default{Stage: crm.StageID(stage), Text: text})
			})
		}
	})
	return f
}

// readPair reads an object of two texts.
func readPair(r *wire.Reader, first, second string) (a, b string) {
	r.Object(func(name []byte) {
		switch string(name) {
		case first:
			a = r.String()
		case second:
			b = r.String()
		}
	})
	return a, b
}
