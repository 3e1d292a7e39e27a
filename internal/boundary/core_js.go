package boundary

import (
	"cmp"
	"context"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/journal"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/team"
)

// Core is what the exported functions of one program share. A Core with a Place is
// ready; it opens nothing before the first call needs it.
type Core struct {
	Place  browser.Place
	mu     sync.Mutex
	stores *Stores
	api    *apollo.Client
	team   *team.Client
	of     settings.Settings // what api and team were made of
}

// Stores are the areas of the extension's database.
type Stores struct {
	Settings store.Store
	Drafts   store.Store
	Journal  *journal.Journal
	index    store.Store
	outbox   store.Store
	boot     string
	place    browser.Place
}

// Stores gives the stores, opened by the first call.
func (c *Core) Stores() (*Stores, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stores != nil {
		return c.stores, nil
	}
	var boot string
	var bootErr error
	var group sync.WaitGroup
	group.Go(func() { boot, bootErr = browser.Boot() })
	db, err := c.Place.OpenDatabase("dealmark", 2, "settings", "drafts", "index", "outbox", "journal")
	group.Wait()
	if err := cmp.Or(err, bootErr); err != nil {
		return nil, &crm.Error{Kind: crm.Unavailable, Err: err,
			Message: "The browser's storage cannot be opened, so nothing could be kept. Close other windows of Dealmark, free some disk space, and open it again."}
	}
	c.stores = &Stores{
		Settings: db.Area("settings", browser.Strict),
		Drafts:   db.Area("drafts", browser.Relaxed),
		Journal:  journal.New(db.Area("journal", browser.Relaxed), time.Now, browser.Soon),
		index:    db.Area("index", browser.Relaxed),
		outbox:   db.Area("outbox", browser.Strict),
		boot:     boot,
		place:    c.Place,
	}
	return c.stores, nil
}

// Outbox gives the outbox over its stores, for the receiver that the settings
// name.
func (s *Stores) Outbox(of settings.Settings) *outbox.Box {
	policy := outbox.DefaultPolicy()
	policy.Idempotent = of.Gateway()
	return outbox.New(outbox.Ports{
		Primary: s.outbox, Mirror: browser.Mirror{Place: s.place},
		Clock: time.Now, Rand: browser.Random, Boot: s.boot, Field: of.Tag,
	}, policy)
}

// Index gives the index over its store.
func (s *Stores) Index() *index.Index {
	return index.New(s.index, time.Now)
}

// Ready opens the stores and reads the settings.
func (c *Core) Ready(ctx context.Context) (*Stores, settings.Settings, error) {
	stores, err := c.Stores()
	if err != nil {
		return nil, settings.Settings{}, err
	}
	s, err := settings.Load(ctx, stores.Settings)
	return stores, s, err
}

// Client gives Apollo's API as the settings have it: the same one as long as they
// stay, for it knows how many requests Apollo still allows.
func (c *Core) Client(s settings.Settings) *apollo.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(s)
	if c.api == nil {
		c.api = apollo.New(apollo.Options{Base: s.Base, Key: s.Key, Transport: c.transport(), Clock: time.Now})
	}
	return c.api
}

// Team gives the team's gateway as the settings have it.
func (c *Core) Team(s settings.Settings) *team.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(s)
	if c.team == nil {
		c.team = team.New(team.Options{
			Base: s.Base, Token: s.Key, Transport: c.transport(), NewID: browser.NewID, Entry: outbox.EntryID,
		})
	}
	return c.team
}

// transport is the browser's fetch, with a record of each request.
func (c *Core) transport() apollo.Transport {
	return c.stores.Journal.Transport("", browser.Fetch{Place: c.Place})
}

func (c *Core) renew(s settings.Settings) {
	if c.of != s {
		c.api, c.team, c.of = nil, nil, s
	}
}
