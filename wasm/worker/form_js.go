package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportForm(s *browser.Surface) {
	s.Export("readForm", p.readForm)
	s.Export("saveForm", p.saveForm)
	s.Export("listCustomFields", p.listCustomFields)
	s.Export("exampleName", p.exampleName)
}

func (p *program) readForm(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	stores, err := p.Stores()
	if err != nil {
		return nil, err
	}
	setup, err := settings.LoadForm(context.Background(), stores.Settings)
	if err != nil {
		return nil, err
	}
	return formAnswer(setup), nil
}

func formAnswer(setup form.Setup) []byte {
	return boundary.Answer(func(w *wire.Writer) {
		settings.WriteForm(w, setup)
	})
}

// saveForm changes what the document holds.
func (p *program) saveForm(document []byte) ([]byte, error) {
	if err := boundary.Read(document, func(*wire.Reader, string) {}); err != nil {
		return nil, err
	}
	ctx := context.Background()
	stores, err := p.Stores()
	if err != nil {
		return nil, err
	}
	// A setup that cannot be read must not keep the rep from a new one.
	setup, err := settings.LoadForm(ctx, stores.Settings)
	if err != nil && crm.KindOf(err) != crm.Internal {
		return nil, err
	}
	if err := boundary.Read(document, func(r *wire.Reader, name string) { settings.ReadForm(r, name, &setup) }); err != nil {
		return nil, err
	}
	if err := settings.SaveForm(ctx, stores.Settings, setup); err != nil {
		return nil, err
	}
	return formAnswer(setup), nil
}

// fieldLister reads what the form could have.
type fieldLister interface {
	OpportunityFields(context.Context) (fields []apollo.CustomField, others []string, err error)
	Stages(context.Context) ([]crm.Stage, error)
}

// listCustomFields asks Apollo for what the form could have. The field for tags is
// Dealmark's own.
func (p *program) listCustomFields(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	_, s, err := p.Ready(ctx)
	if err != nil {
		return nil, err
	}
	var api fieldLister = p.Client(s)
	if s.Gateway() {
		api = p.Team(s)
	}
	fields, others, err := api.OpportunityFields(ctx)
	if err != nil {
		return nil, err
	}
	stages, err := api.Stages(ctx)
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("fields").BeginArray()
		for _, f := range fields {
			if _, id, _ := f.Field.Custom(); id == s.Tag || f.Label == settings.TagLabel {
				continue
			}
			custom := form.Custom{Field: f.Field, Label: f.Label, Max: f.MaxLength}
			for _, o := range f.Options {
				custom.Options = append(custom.Options, form.Option(o))
			}
			w.BeginObject()
			settings.WriteField(w, custom)
			w.EndObject()
		}
		w.EndArray().Member("others").BeginArray()
		for _, label := range others {
			if label != settings.TagLabel { // which a gateway lets nobody write
				w.String(label)
			}
		}
		w.EndArray().Member("stages").BeginArray()
		for _, stage := range stages {
			w.BeginObject().Text("id", string(stage.ID)).Text("name", stage.Name).EndObject()
		}
		w.EndArray()
	}), nil
}

func (p *program) exampleName(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	template := form.Template(doc["template"])
	if err := form.CheckTemplate(template); err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("name").String(form.ExampleName(template, crm.DateOf(time.Now())))
	}), nil
}
