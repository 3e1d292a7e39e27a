package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/wire"
)

func (c *core) exportOptions(s *browser.Surface) {
	s.Export("readSettings", c.readSettings)
	s.Export("saveSettings", c.saveSettings)
	s.Export("testConnection", c.testConnection)
}

func (c *core) readSettings(document []byte) ([]byte, error) {
	if _, err := texts(document); err != nil {
		return nil, err
	}
	_, s, err := c.ready(context.Background())
	if err != nil {
		return nil, err
	}
	return settingsAnswer(s), nil
}

func settingsAnswer(s settings.Settings) []byte {
	base := s.Base
	if base == "" {
		base = apollo.DefaultBase
	}
	return answer(func(w *wire.Writer) {
		w.Member("keyEnds").String(s.KeyEnds()).Member("base").String(base).Member("rep").String(string(s.Rep))
	})
}

// saveSettings changes what the document holds. Another key or address may
// mean another team, so what was learned of the old one is forgotten; what
// waited for a key is sent.
func (c *core) saveSettings(document []byte) ([]byte, error) {
	doc, err := texts(document)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	a, err := c.open()
	if err != nil {
		return nil, err
	}
	// Settings that cannot be read must not keep the rep from new ones.
	before, err := settings.Load(ctx, a.settings)
	if err != nil && crm.KindOf(err) != crm.Internal {
		return nil, err
	}
	s, err := before.With(doc, apollo.CheckBase)
	if err != nil {
		return nil, err
	}
	if err := settings.Save(ctx, a.settings, s); err != nil {
		return nil, err
	}
	if s.Key != before.Key || s.Base != before.Base {
		if err := a.idx().Forget(ctx); err != nil {
			return nil, err
		}
		if err := a.box().Unblock(ctx); err != nil {
			return nil, err
		}
		browser.Wake("drain")
	}
	return settingsAnswer(s), nil
}

func (c *core) testConnection(document []byte) ([]byte, error) {
	if _, err := texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	_, s, err := c.ready(ctx)
	if err != nil {
		return nil, err
	}
	report := settings.Check(ctx, c.client(s))
	rep := s.Rep
	if rep == "" {
		rep = report.Rep
	}
	return answer(func(w *wire.Writer) {
		w.Member("checks").BeginArray()
		for _, r := range report.Results {
			w.BeginObject().Member("name").String(r.Name).Member("ok").Bool(r.OK).Member("text").String(r.Text).EndObject()
		}
		w.EndArray().Member("users").BeginArray()
		for _, u := range report.Users {
			w.BeginObject().Member("id").String(string(u.ID)).Member("name").String(u.Name).EndObject()
		}
		w.EndArray().Member("rep").String(string(rep))
	}), nil
}
