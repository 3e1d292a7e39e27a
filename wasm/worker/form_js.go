package main

import (
	"context"
	"time"

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
		w.Member("template").String(string(setup.Template))
	})
}

// saveForm changes what the document holds.
func (p *program) saveForm(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
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
	if template, ok := doc["template"]; ok {
		setup.Template = form.Template(template)
	}
	if err := settings.SaveForm(ctx, stores.Settings, setup); err != nil {
		return nil, err
	}
	return formAnswer(setup), nil
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
