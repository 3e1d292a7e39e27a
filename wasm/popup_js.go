package main

import (
	"context"
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/boundary/page"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/screen"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportPopup(s *browser.Surface) {
	s.Export("openPage", p.openPage)
	s.Export("lookUp", p.lookUp)
	s.Export("readWorkspaces", p.readWorkspaces)
	s.Export("readLock", p.readLock)
	s.Export("chooseDomain", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		err := story.ChooseDomain(ctx, doc["text"], crm.AccountID(doc["id"]))
		if crm.KindOf(err) != crm.Invalid {
			go story.Read(ctx, false)
		}
		return err
	}))
	s.Export("forgetAlias", p.told(func(ctx context.Context, story *popup.Story, _ map[string]string) error {
		err := story.ForgetAlias(ctx)
		go story.Read(ctx, false)
		return err
	}))
	s.Export("changeCompany", p.told(func(_ context.Context, story *popup.Story, doc map[string]string) error {
		story.ChangeCompany(doc["on"] != "")
		return nil
	}))
	s.Export("listContacts", p.told(func(ctx context.Context, story *popup.Story, _ map[string]string) error {
		story.ListContacts(ctx)
		return nil
	}))
	s.Export("findContacts", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		story.FindContacts(ctx, doc["text"])
		return nil
	}))
	s.Export("chooseAccount", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		err := story.ChooseAccount(ctx, crm.AccountID(doc["id"]))
		go story.Read(ctx, false)
		return err
	}))
	s.Export("editField", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.Edit(ctx, doc["form"], crm.Field(doc["field"]), doc["text"])
	}))
	s.Export("takeLine", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.TakeLine(ctx, doc["form"], doc["text"])
	}))
	s.Export("putBack", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.PutBack(ctx, doc["form"])
	}))
	s.Export("createOpportunity", p.save)
	s.Export("updateOpportunity", p.save)
	s.Export("listOpportunities", p.listOpportunities)
	s.Export("viewOpportunity", p.viewOpportunity)
	s.Export("changeInstead", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.ChangeInstead(ctx, doc["form"], crm.OpportunityID(doc["id"]))
	}))
	s.Export("newOpportunity", p.told(func(ctx context.Context, story *popup.Story, _ map[string]string) error {
		return story.NewOpportunity(ctx)
	}))
	s.Export("discardDraft", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.Discard(ctx, doc["form"])
	}))
	s.Export("resolveEntry", p.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.Resolve(ctx, doc["entry"], popup.Action(doc["action"]))
	}))
	s.Export("decideEntry", p.decideEntry)
	s.Export("refresh", p.told(func(ctx context.Context, story *popup.Story, _ map[string]string) error {
		err := story.Refresh(ctx)
		if story.Overtaken() {
			go story.Read(ctx, false)
		}
		return err
	}))
}

var errNotOpen = errors.New("openPage was not called")

// told makes an exported function of one that has nothing to answer.
func (p *program) told(f func(context.Context, *popup.Story, map[string]string) error) func([]byte) ([]byte, error) {
	return func(document []byte) ([]byte, error) {
		doc, err := boundary.Texts(document)
		if err != nil {
			return nil, err
		}
		if p.story == nil {
			return nil, errNotOpen
		}
		if err := f(context.Background(), p.story, doc); err != nil {
			return nil, err
		}
		return boundary.Answer(nil), nil
	}
}

func (p *program) openPage(document []byte) ([]byte, error) {
	var visited site.Page
	typed := map[crm.Field]string{}
	err := boundary.Read(document, func(r *wire.Reader, name string) {
		switch name {
		case "page":
			visited = page.Read(r)
		case "typed":
			r.Object(func(field []byte) { typed[crm.Field(field)] = r.String() })
		}
	})
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	with := p.ready()
	if with.stores == nil {
		return nil, with.err
	}
	in := browser.Words()
	shown, err := screen.New(in, with.stores.Workspace.ID)
	if err != nil {
		return nil, err
	}
	var reader popup.Reader
	var contacts popup.PeopleReader
	switch {
	case with.settings.Shut() != "":
	case with.settings.Gateway():
		client := p.core.Team(with.settings)
		reader, contacts = client, people{client}
	case with.settings.Key != "":
		client := p.core.Client(with.settings)
		reader, contacts = client, people{client}
	}
	p.story = popup.New(popup.Ports{
		Reader:  reader,
		Locked:  with.settings.Locked(),
		Bare:    with.settings.Bare,
		Index:   with.stores.Index(),
		Outbox:  with.stores.Outbox(with.settings),
		Drafts:  with.stores.Drafts,
		Aliases: with.aliases,
		Keep:    with.stores.Settings,
		Clock:   time.Now,
		NewID:   browser.NewID,
		ToASCII: browser.ToASCII,
		Show:    shown.Show,
		Wake:    func(t popup.Task) { p.core.Place.Wake(string(t), with.stores.Workspace.ID) },
		Link:    apollo.OpportunityURL,
		Rep:     with.settings.Rep,
		Form:    with.form,
		People:  contacts,
		Words:   in,
		Fresh:   popup.DefaultFreshness(),
	})
	err = p.story.Open(ctx, visited, typed)
	read := func() { p.story.Read(ctx, false) }
	if p.story.Known() {
		browser.AfterPaint(read) // the rep does not wait for it
	} else {
		go read()
	}
	if err = errors.Join(err, with.err); err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}

// readLock gives the sealed key, for lock.js to open.
func (p *program) readLock(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	with := p.ready()
	if with.stores == nil {
		return nil, with.err
	}
	return boundary.Lock(with.settings), nil
}

// readWorkspaces gives all workspaces, and which of them this popup is for.
func (p *program) readWorkspaces(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	with := p.ready()
	if with.stores == nil {
		return nil, with.err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("current").String(with.stores.Workspace.ID).Member("workspaces").BeginArray()
		for _, one := range with.stores.Workspaces.All {
			w.BeginObject().Member("id").String(one.ID).Member("name").String(one.Name).EndObject()
		}
		w.EndArray()
	}), nil
}

func (p *program) lookUp(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	if p.story == nil {
		return nil, errNotOpen
	}
	ctx := context.Background()
	chosen, err := p.story.Search(ctx, doc["text"])
	if chosen && crm.KindOf(err) != crm.Invalid {
		go p.story.Read(ctx, false)
	}
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) { w.Member("chosen").Bool(chosen) }), nil
}

func (p *program) save(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	if p.story == nil {
		return nil, errNotOpen
	}
	entry, err := p.story.Save(context.Background(), doc["form"])
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) { w.Text("entry", entry.ID) }), nil
}

func (p *program) decideEntry(document []byte) ([]byte, error) {
	entry, decisions := "", map[crm.Field]outbox.Decision{}
	err := boundary.Read(document, func(r *wire.Reader, name string) {
		switch name {
		case "entry":
			entry = r.String()
		case "decisions":
			r.Object(func(field []byte) { decisions[crm.Field(field)] = outbox.Decision(r.String()) })
		}
	})
	if err == nil && p.story == nil {
		err = errNotOpen
	}
	if err == nil {
		err = p.story.Decide(context.Background(), entry, decisions)
	}
	if err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}

func (p *program) listOpportunities(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	if p.story == nil {
		return nil, errNotOpen
	}
	p.story.Read(context.Background(), true)
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("opportunities").BeginArray()
		for _, o := range p.story.Opportunities() {
			writeOpportunity(w, o, apollo.OpportunityURL(o.ID))
		}
		w.EndArray()
	}), nil
}

func (p *program) viewOpportunity(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	if p.story == nil {
		return nil, errNotOpen
	}
	o, err := p.story.View(context.Background(), crm.OpportunityID(doc["id"]))
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("opportunity")
		writeOpportunity(w, o, apollo.OpportunityURL(o.ID))
	}), nil
}

func writeOpportunity(w *wire.Writer, o crm.Opportunity, url string) {
	w.BeginObject().Text("id", string(o.ID)).Text("name", o.Name)
	w.Text("amount", o.Amount.Text()).Text("currency", o.Amount.Currency)
	w.Text("stage", string(o.StageID)).Text("close_date", o.CloseDate.String())
	w.Text("owner", string(o.OwnerID)).Text("account", string(o.AccountID))
	w.Member("closed").Bool(o.Closed).Member("won").Bool(o.Won).Member("url").String(url).EndObject()
}
