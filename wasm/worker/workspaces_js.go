package main

import (
	"context"
	"strconv"

	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportWorkspaces(s *browser.Surface) {
	s.Export("readWorkspaces", p.readWorkspaces)
	s.Export("addWorkspace", func(document []byte) ([]byte, error) {
		under := p.Policy() // now: nothing can be waited for within a change
		return p.changed(func(w *settings.Workspaces, doc map[string]string) error {
			return w.Add(browser.NewID(), doc["name"], under)
		})(document)
	})
	s.Export("renameWorkspace", p.changed(func(w *settings.Workspaces, doc map[string]string) error {
		return w.Rename(doc["id"], doc["name"])
	}))
	s.Export("chooseWorkspace", p.changed(func(w *settings.Workspaces, doc map[string]string) error {
		return w.Choose(doc["id"])
	}))
	s.Export("removeWorkspace", p.removeWorkspace)
}

// readWorkspaces gives all workspaces, and which of them this page is for.
func (p *program) readWorkspaces(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	page, err := p.Stores()
	if err != nil {
		return nil, err
	}
	all, err := p.Each()
	if err != nil {
		return nil, err
	}
	pending := make([]int, len(all))
	for i, stores := range all {
		if pending[i], err = unsent(context.Background(), stores); err != nil {
			return nil, err
		}
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("current").String(page.Workspace.ID).Member("workspaces").BeginArray()
		for i, stores := range all {
			w.BeginObject().Member("id").String(stores.Workspace.ID).Member("name").String(stores.Workspace.Name)
			w.Member("pending").Int(pending[i]).EndObject()
		}
		w.EndArray()
	}), nil
}

// unsent counts the entries of a workspace that are not over.
func unsent(ctx context.Context, stores *boundary.Stores) (n int, err error) {
	entries, damaged, err := stores.Outbox(settings.Settings{}).List(ctx)
	for i := range entries {
		if entries[i].Pending() {
			n++
		}
	}
	return n + len(damaged), err
}

// changed makes an exported function of a change of the workspaces.
func (p *program) changed(change func(*settings.Workspaces, map[string]string) error) func([]byte) ([]byte, error) {
	return func(document []byte) ([]byte, error) {
		doc, err := boundary.Texts(document)
		if err != nil {
			return nil, err
		}
		if err := p.ChangeWorkspaces(context.Background(), func(w *settings.Workspaces) error { return change(w, doc) }); err != nil {
			return nil, err
		}
		return boundary.Answer(nil), nil
	}
}

// removeWorkspace removes a workspace with all that is kept of it. Where entries
// are not sent yet it wants to be told so, and nothing is sent meanwhile.
func (p *program) removeWorkspace(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	if lockErr := p.Place.Exclusively("drain", func() { err = p.remove(context.Background(), doc["id"], doc["unsent"] == "drop") }); lockErr != nil {
		err = lockErr
	}
	if err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}

func (p *program) remove(ctx context.Context, id string, drop bool) error {
	stores, err := p.Of(id)
	if err != nil {
		return err
	}
	n, err := unsent(ctx, stores)
	if err != nil {
		return err
	}
	if n > 0 && !drop {
		return &crm.Error{Kind: crm.Conflict,
			Message: "Not removed: what was saved in “{1}” is not sent yet ({0}). Send or discard them first, or say that they shall be dropped.",
			Parts:   []string{strconv.Itoa(n), stores.Workspace.Name}}
	}
	// First the name: if this stops in between, what is left shows up again.
	if err := p.ChangeWorkspaces(ctx, func(w *settings.Workspaces) error { return w.Remove(id) }); err != nil {
		return err
	}
	return stores.Forget(ctx)
}
