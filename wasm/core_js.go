package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

// core is what the exported functions share in one context of the extension.
type core struct {
	mu    sync.Mutex
	areas *areas
	story *popup.Story
}

// areas are the stores in the extension's database.
type areas struct {
	settings store.Store
	drafts   store.Store
	index    store.Store
	outbox   store.Store
}

// open gives the stores, opened by the first call that needs them.
func (c *core) open() (*areas, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.areas != nil {
		return c.areas, nil
	}
	db, err := browser.OpenDatabase("dealmark", 1, "settings", "drafts", "index", "outbox")
	if err != nil {
		return nil, &crm.Error{Kind: crm.Unavailable, Err: err,
			Message: "The browser's storage cannot be opened, so nothing could be kept. Close other windows of Dealmark, free some disk space, and open it again."}
	}
	c.areas = &areas{
		settings: db.Area("settings", browser.Strict),
		drafts:   db.Area("drafts", browser.Relaxed),
		index:    db.Area("index", browser.Relaxed),
		outbox:   db.Area("outbox", browser.Strict),
	}
	return c.areas, nil
}

// client gives the API as the settings have it.
func client(s settings.Settings) *apollo.Client {
	return apollo.New(apollo.Options{Base: s.Base, Key: s.Key, Transport: browser.Fetch{}, Clock: time.Now})
}

// ready opens the stores and reads the settings.
func (c *core) ready(ctx context.Context) (*areas, settings.Settings, error) {
	a, err := c.open()
	if err != nil {
		return nil, settings.Settings{}, err
	}
	s, err := settings.Load(ctx, a.settings)
	return a, s, err
}

func (a *areas) box() *outbox.Box {
	return outbox.New(outbox.Ports{Primary: a.outbox, Clock: time.Now, Rand: rand.Uint64}, outbox.DefaultPolicy())
}

func (a *areas) idx() *index.Index {
	return index.New(a.index, time.Now)
}
