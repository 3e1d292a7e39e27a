package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportSettings(s *browser.Surface) {
	s.Export("readSettings", p.readSettings)
	s.Export("saveSettings", p.saveSettings)
	s.Export("applyPolicy", p.applyPolicy)
	s.Export("storedKey", p.storedKey)
	s.Export("testConnection", p.testConnection)
	s.Export("setUpTag", p.setUpTag)
}

func (p *program) readSettings(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	_, s, err := p.Ready(context.Background())
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
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("keyEnds").String(s.KeyEnds()).Member("base").String(base).Member("rep").String(string(s.Rep))
		w.Member("sealed").Bool(s.Sealed != "").Member("locked").Bool(s.Locked()).Member("bare").Bool(s.Bare)
		w.Member("tag").Bool(s.Tag != "").Member("gateway").Bool(s.Gateway())
	})
}

// saveSettings changes what the document holds. Another key or address may
// mean another team, so what was learned of the old one is forgotten; what
// waited for a key is sent.
func (p *program) saveSettings(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	stores, err := p.Stores()
	if err != nil {
		return nil, err
	}
	// Settings that cannot be read must not keep the rep from new ones.
	before, err := stores.Load(ctx)
	if err != nil && crm.KindOf(err) != crm.Internal {
		return nil, err
	}
	s, err := before.With(doc, apollo.CheckBase)
	if err != nil {
		return nil, err
	}
	policy := p.Policy()
	if err := p.agreed(ctx, policy, before, s); err != nil {
		return nil, err
	}
	if err := settings.Save(ctx, stores.Settings, s, policy); err != nil {
		return nil, err
	}
	if s.Sealed != before.Sealed && s.Sealed != "" {
		if err := stores.KeepOpen(s); err != nil {
			return nil, err
		}
	}
	if s.Key != before.Key || s.Base != before.Base {
		if err := stores.Index().Forget(ctx); err != nil {
			return nil, err
		}
		if err := settings.ForgetFields(ctx, stores.Settings); err != nil {
			return nil, err
		}
	}
	_, key := doc["key"]
	_, base := doc["base"]
	if key || base { // the same key may have got a right meanwhile
		if err := stores.Outbox(s).Unblock(ctx); err != nil {
			return nil, err
		}
		p.Place.Wake("drain", "")
	}
	return settingsAnswer(s), nil
}

// patience is how long a key that is to be stored waits for Apollo.
const patience = 5 * time.Second

// agreed says why a new key is not to be stored, if it is not: Apollo is asked what
// it may do. In a trial there is nothing to protect.
func (p *program) agreed(ctx context.Context, policy settings.Policy, before, s settings.Settings) error {
	if p.Place.Name != "" || !policy.Asks(before, s) {
		return nil
	}
	if err := policy.Permits(before, s); err != nil {
		return err
	}
	type said struct{ master, known bool }
	first := make(chan said, 2) // one channel and a timer: a context that ends by itself costs 40 KB
	go func() {
		master, known := settings.Master(ctx, p.Trying(s))
		first <- said{master, known}
	}()
	defer time.AfterFunc(patience, func() { first <- said{} }).Stop()
	is := <-first
	return policy.Agreed(s, is.master, is.known)
}

// storedKey gives a key that is stored without a passphrase, to be sealed with one.
func (p *program) storedKey(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	_, s, err := p.Ready(context.Background())
	if err != nil {
		return nil, err
	}
	if s.Sealed != "" {
		s.Key = ""
	}
	return boundary.Answer(func(w *wire.Writer) { w.Member("key").String(s.Key) }), nil
}

func (p *program) testConnection(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	_, s, err := p.Ready(ctx)
	if err != nil {
		return nil, err
	}
	report := p.check(ctx, s)
	rep := s.Rep
	if rep == "" {
		rep = report.Rep
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("checks").BeginArray()
		for _, r := range report.Results {
			w.BeginObject().Member("name").String(r.Name).Member("ok").Bool(r.OK).Member("missing").Bool(r.Missing).Member("optional").Bool(r.Optional)
			w.Member("right").String(r.Right).Member("purpose").String(r.Purpose).Member("text").String(r.Text).EndObject()
		}
		w.EndArray().Member("users").BeginArray()
		for _, u := range report.Users {
			w.BeginObject().Member("id").String(string(u.ID)).Member("name").String(u.Name).EndObject()
		}
		w.EndArray().Member("rep").String(string(rep)).Member("master").Bool(report.Master).Member("agreed").Bool(s.Master).Member("letter").String(report.Letter(browser.Words()))
	}), nil
}

func (p *program) check(ctx context.Context, s settings.Settings) settings.Report {
	if s.Gateway() {
		return settings.CheckGateway(ctx, p.Team(s), browser.Words())
	}
	return settings.Check(ctx, p.Client(s), browser.Words())
}

// setUpTag finds or makes the team's custom field for tags. The rep has
// consented: that is what the button says.
func (p *program) setUpTag(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	stores, s, err := p.Ready(ctx)
	if err != nil {
		return nil, err
	}
	field, made, err := settings.SetUpTag(ctx, p.Client(s))
	if err != nil {
		return nil, err
	}
	s.Tag = string(field)
	if err := settings.Save(ctx, stores.Settings, s, p.Policy()); err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) { w.Member("made").Bool(made) }), nil
}
