package main

import (
	"context"
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/screen"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/wire"
)

func (c *core) exportPopup(s *browser.Surface) {
	s.Export("openPage", c.openPage)
	s.Export("chooseDomain", c.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		if err := story.ChooseDomain(ctx, doc["text"]); err != nil {
			return err
		}
		go story.Read(ctx, false)
		return nil
	}))
	s.Export("chooseAccount", c.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		if err := story.ChooseAccount(ctx, crm.AccountID(doc["id"])); err != nil {
			return err
		}
		go story.Read(ctx, false)
		return nil
	}))
	s.Export("editField", c.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.Edit(ctx, doc["form"], crm.Field(doc["field"]), doc["text"])
	}))
	s.Export("createOpportunity", c.save)
	s.Export("updateOpportunity", c.save)
	s.Export("listOpportunities", c.listOpportunities)
	s.Export("viewOpportunity", c.viewOpportunity)
	s.Export("newOpportunity", c.told(func(ctx context.Context, story *popup.Story, _ map[string]string) error {
		return story.NewOpportunity(ctx)
	}))
	s.Export("discardDraft", c.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.Discard(ctx, doc["form"])
	}))
	s.Export("resolveEntry", c.told(func(ctx context.Context, story *popup.Story, doc map[string]string) error {
		return story.Resolve(ctx, doc["entry"], popup.Action(doc["action"]))
	}))
	s.Export("refresh", c.told(func(ctx context.Context, story *popup.Story, _ map[string]string) error {
		return story.Refresh(ctx)
	}))
}

var errNotOpen = errors.New("openPage was not called")

// told makes an exported function of one that has nothing to answer.
func (c *core) told(f func(context.Context, *popup.Story, map[string]string) error) func([]byte) ([]byte, error) {
	return func(document []byte) ([]byte, error) {
		doc, err := texts(document)
		if err != nil {
			return nil, err
		}
		if c.story == nil {
			return nil, errNotOpen
		}
		if err := f(context.Background(), c.story, doc); err != nil {
			return nil, err
		}
		return answer(nil), nil
	}
}

func (c *core) openPage(document []byte) ([]byte, error) {
	var page site.Page
	typed := map[crm.Field]string{}
	err := read(document, func(r *wire.Reader, name string) {
		switch name {
		case "page":
			page = readPage(r)
		case "typed":
			r.Object(func(field []byte) { typed[crm.Field(field)] = r.String() })
		}
	})
	if err != nil {
		return nil, err
	}
	shown, err := screen.New()
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	a, s, err := c.ready(ctx)
	if err != nil {
		return nil, err
	}
	var reader popup.Reader
	if s.Key != "" {
		reader = c.client(s)
	}
	c.story = popup.New(popup.Ports{
		Reader:  reader,
		Index:   a.idx(),
		Outbox:  a.box(),
		Drafts:  a.drafts,
		Clock:   time.Now,
		NewID:   browser.NewID,
		ToASCII: browser.ToASCII,
		Show:    shown.Show,
		Wake:    func(t popup.Task) { browser.Wake(string(t)) },
		Link:    apollo.OpportunityURL,
		Rep:     s.Rep,
		Fresh:   popup.DefaultFreshness(),
	})
	if err := c.story.Open(ctx, page, typed); err != nil {
		return nil, err
	}
	go c.story.Read(ctx, false)
	return answer(nil), nil
}

func readPage(r *wire.Reader) (page site.Page) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "url":
			page.URL = r.String()
		case "title":
			page.Title = r.String()
		case "siteName":
			page.SiteName = r.String()
		case "links":
			r.Array(func() { page.Links = append(page.Links, r.String()) })
		}
	})
	return page
}

func (c *core) save(document []byte) ([]byte, error) {
	doc, err := texts(document)
	if err != nil {
		return nil, err
	}
	if c.story == nil {
		return nil, errNotOpen
	}
	entry, err := c.story.Save(context.Background(), doc["form"])
	if err != nil {
		return nil, err
	}
	return answer(func(w *wire.Writer) { w.Text("entry", entry.ID) }), nil
}

func (c *core) listOpportunities(document []byte) ([]byte, error) {
	if _, err := texts(document); err != nil {
		return nil, err
	}
	if c.story == nil {
		return nil, errNotOpen
	}
	c.story.Read(context.Background(), true)
	return answer(func(w *wire.Writer) {
		w.Member("opportunities").BeginArray()
		for _, o := range c.story.Opportunities() {
			writeOpportunity(w, o, apollo.OpportunityURL(o.ID))
		}
		w.EndArray()
	}), nil
}

func (c *core) viewOpportunity(document []byte) ([]byte, error) {
	doc, err := texts(document)
	if err != nil {
		return nil, err
	}
	if c.story == nil {
		return nil, errNotOpen
	}
	o, err := c.story.View(context.Background(), crm.OpportunityID(doc["id"]))
	if err != nil {
		return nil, err
	}
	return answer(func(w *wire.Writer) {
		w.Member("opportunity")
		writeOpportunity(w, o, apollo.OpportunityURL(o.ID))
	}), nil
}
