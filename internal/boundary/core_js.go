package boundary

import (
	"context"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/team"
)

// Core is what the exported functions of one program share. A Core with a Place is
// ready; it opens nothing before the first call needs it.
type Core struct {
	Place browser.Place
	mu    sync.Mutex
	areas *areas
	page  *Stores               // of the page that the program runs in, nil in the worker
	apis  map[string]*receivers // by workspace
}

// receivers are the clients for one workspace.
type receivers struct {
	of   settings.Settings // what they were made of
	api  *apollo.Client
	team *team.Client
}

// Ready opens the stores and reads the settings.
func (c *Core) Ready(ctx context.Context) (*Stores, settings.Settings, error) {
	stores, err := c.Stores()
	if err != nil {
		return nil, settings.Settings{}, err
	}
	s, err := stores.Load(ctx)
	return stores, s, err
}

// Policy gives what the team's admin has set, as it is now; a trial has none.
func (c *Core) Policy() settings.Policy {
	if c.Place.Name != "" {
		return settings.Policy{}
	}
	return settings.ReadPolicy(browser.Managed())
}

// Client gives Apollo's API as the settings have it: the same one as long as they
// stay, for it knows how many requests Apollo still allows.
func (c *Core) Client(s settings.Settings) *apollo.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.receivers(s)
	if r.api == nil {
		r.api = apollo.New(apollo.Options{Base: s.Base, Key: s.Key, Locked: s.Shut(), Transport: c.transport(s), Clock: time.Now})
	}
	return r.api
}

// Trying gives Apollo's API for settings that are not stored yet.
func (c *Core) Trying(s settings.Settings) *apollo.Client {
	return apollo.New(apollo.Options{Base: s.Base, Key: s.Key, Transport: c.transport(s), Clock: time.Now})
}

// Team gives the team's gateway as the settings have it.
func (c *Core) Team(s settings.Settings) *team.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.receivers(s)
	if r.team == nil {
		r.team = team.New(team.Options{
			Base: s.Base, Token: s.Key, Locked: s.Shut(), Transport: c.transport(s), NewID: browser.NewID, Entry: outbox.EntryID,
		})
	}
	return r.team
}

// transport is the browser's fetch, with a record of each request.
func (c *Core) transport(s settings.Settings) apollo.Transport {
	return c.areas.journal.Transport(s.Workspace, browser.Fetch{Place: c.Place})
}

// receivers gives the clients of a workspace, new ones where its settings changed.
func (c *Core) receivers(s settings.Settings) *receivers {
	r := c.apis[s.Workspace]
	if r == nil || r.of != s {
		r = &receivers{of: s}
		if c.apis == nil {
			c.apis = map[string]*receivers{}
		}
		c.apis[s.Workspace] = r
	}
	return r
}
