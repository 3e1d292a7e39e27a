package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/pipeline"
	"github.com/dealmark/dealmark/internal/wire"
)

// shown is when the page has been drawn, and what comes next can be made ready.
const shown = 400 * time.Millisecond

// openPipeline reads the index. What was found before is found again by the
// page: the rows have new places.
func (p *program) openPipeline(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	stores, s, err := p.Ready(ctx)
	if err != nil && (stores == nil || crm.KindOf(err) != crm.Internal) { // settings that cannot be read hide nothing that is known
		return nil, err
	}
	all, err := stores.Index().All(ctx)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	opened := pipeline.New(all)
	p.all, p.found, p.board = opened, nil, nil
	time.AfterFunc(shown, func() {
		p.mu.Lock()
		if p.all == opened {
			opened.Prepare()
		}
		p.mu.Unlock()
		_ = stores.Index().Pack(ctx, &all) // the next opening's does it
	})
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("count").Int(p.all.Len()).Member("unreadable").Int(all.Unreadable).Member("gateway").Bool(s.Gateway())
		w.Member("asOf").Int(boundary.Milliseconds(all.AsOf)).Text("rep", string(s.Rep))
		stores.WriteWalk(w, all.Walk)
		if len(stores.Workspaces.All) > 1 {
			w.Text("workspace", stores.Workspace.Name)
		}
		w.Member("stages").BeginArray()
		for _, stage := range p.all.Stages() {
			w.BeginObject().Member("id").String(string(stage.ID)).Member("name").String(stage.Name)
			w.Member("pipeline").String(string(stage.PipelineID)).Member("closed").Bool(stage.Closed).Member("won").Bool(stage.Won).EndObject()
		}
		w.EndArray().Member("owners").BeginArray()
		for _, u := range all.Team.Users {
			w.BeginObject().Member("id").String(string(u.ID)).Member("name").String(u.Name).EndObject()
		}
		w.EndArray()
	}), nil
}
