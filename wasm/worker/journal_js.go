package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/journal"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportJournal(s *browser.Surface) {
	s.Export("readJournal", p.readJournal)
	s.Export("clearJournal", p.clearJournal)
}

// readJournal gives what left this browser, and what is left of the budget by what
// came back.
func (p *program) readJournal(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	stores, err := p.Stores()
	if err != nil {
		return nil, err
	}
	records, err := stores.Journal().Records(context.Background())
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("requests").BeginArray()
		for _, r := range records {
			w.BeginObject().Member("at").Int(int(r.At.UnixMilli())).Member("workspace").String(nameOf(stores, r.Workspace)).Member("host").String(r.Host).Member("method").String(r.Method)
			w.Member("route").String(r.Route).Member("bytes").Int(r.Bytes).Member("outcome").String(r.Outcome).EndObject()
		}
		w.EndArray().Member("budgets").BeginArray()
		for _, b := range journal.Budgets(records, stores.Workspace.ID, time.Now()) {
			w.BeginObject().Member("at").Int(int(b.At.UnixMilli())).Member("endpoint").String(b.Method + " " + b.Route)
			writeRates(w, b.Rates)
			w.EndObject()
		}
		w.EndArray()
	}), nil
}

// nameOf is a workspace's name; one that was removed has none.
func nameOf(stores *boundary.Stores, id string) string {
	if one := stores.Workspaces.Find(id); one != nil {
		return one.Name
	}
	return ""
}

func writeRates(w *wire.Writer, rates apollo.Rates) {
	for i, name := range [len(rates)]string{"minute", "hour", "day"} {
		w.Member(name).BeginObject().Member("limit").Int(rates[i].Limit).Member("left").Int(rates[i].Left).EndObject()
	}
}

func (p *program) clearJournal(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	stores, err := p.Stores()
	if err != nil {
		return nil, err
	}
	if err := stores.Journal().Clear(context.Background()); err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}
