package boundary

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/journal"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

// areas are those of the extension's database, which all workspaces share; each has
// its own space in them.
type areas struct {
	settings, drafts, index, outbox, mirror store.Store

	journal *journal.Journal
	boot    string
}

// Stores are the stores of one workspace.
type Stores struct {
	Workspace  settings.Workspace
	Workspaces settings.Workspaces // all, as they were when these were given

	Settings store.Store
	Opening  store.Store // the same as they were then, for who reads them at once
	Drafts   store.Store
	index    store.Store
	outbox   store.Store
	mirror   store.Store
	areas    *areas
}

// open gives the areas, opened by the first call.
func (c *Core) open() (*areas, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.areas != nil {
		return c.areas, nil
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
	c.areas = &areas{
		settings: db.Area("settings", browser.Strict),
		drafts:   db.Area("drafts", browser.Relaxed),
		index:    db.Area("index", browser.Relaxed),
		outbox:   db.Area("outbox", browser.Strict),
		mirror:   browser.Mirror{Place: c.Place},
		journal:  journal.New(db.Area("journal", browser.Relaxed), time.Now, browser.Soon),
		boot:     boot,
	}
	return c.areas, nil
}

// Stores gives the stores of the current workspace. On a page it is the one that
// was current when the page was opened, whatever is chosen elsewhere meanwhile:
// what a page shows and what it stores are of the workspace that it names.
func (c *Core) Stores() (*Stores, error) {
	c.mu.Lock()
	stores := c.page
	c.mu.Unlock()
	if stores != nil {
		return stores, nil
	}
	a, known, w, err := c.workspaces()
	if err != nil {
		return nil, err
	}
	stores = a.of(*w.Find(w.Current), w, known)
	if browser.OnPage() {
		c.mu.Lock()
		c.page = stores
		c.mu.Unlock()
	}
	return stores, nil
}

// Each gives the stores of every workspace.
func (c *Core) Each() ([]*Stores, error) {
	a, known, w, err := c.workspaces()
	if err != nil {
		return nil, err
	}
	all := make([]*Stores, len(w.All))
	for i, one := range w.All {
		all[i] = a.of(one, w, known)
	}
	return all, nil
}

// Of gives the stores of the workspace with an id.
func (c *Core) Of(id string) (*Stores, error) {
	all, err := c.Each()
	for _, stores := range all {
		if stores.Workspace.ID == id {
			return stores, nil
		}
	}
	return nil, cmp.Or(err, settings.NoWorkspace())
}

// ChangeWorkspaces stores a change of the workspaces.
func (c *Core) ChangeWorkspaces(ctx context.Context, change func(*settings.Workspaces) error) error {
	a, err := c.open()
	if err == nil {
		_, err = settings.ChangeWorkspaces(ctx, a.settings, change)
	}
	return err
}

// Recover adds the workspaces of which nothing is left but entries of the outbox:
// the list of workspaces may be lost, what was saved may not.
func (c *Core) Recover(ctx context.Context) error {
	a, _, w, err := c.workspaces()
	if err != nil {
		return err
	}
	lost := map[string]bool{}
	for _, area := range []store.Store{a.outbox, a.mirror} {
		records, err := area.List(ctx, "")
		if err != nil {
			continue // the other one has them too
		}
		for _, r := range records {
			if id := store.SpaceOf(r.Key); w.Find(id) == nil && (id != "" || strings.HasPrefix(r.Key, "entry/")) {
				lost[id] = true
			}
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return c.ChangeWorkspaces(ctx, func(w *settings.Workspaces) error {
		for id := range lost {
			w.Meet(id)
		}
		return nil
	})
}

func (c *Core) workspaces() (a *areas, known []store.Record, w settings.Workspaces, err error) {
	if a, err = c.open(); err != nil {
		return a, known, w, err
	}
	known, err = a.settings.List(context.Background(), "")
	if err != nil {
		return a, known, w, settings.Unreadable(err)
	}
	return a, known, settings.ReadWorkspaces(known), nil
}

func (a *areas) of(one settings.Workspace, all settings.Workspaces, known []store.Record) *Stores {
	return &Stores{
		Workspace: one, Workspaces: all, areas: a,
		Settings: store.Within(a.settings, one.ID),
		Opening:  store.Within(store.Ahead(a.settings, known), one.ID),
		Drafts:   store.Within(a.drafts, one.ID),
		index:    store.Within(a.index, one.ID),
		outbox:   store.Within(a.outbox, one.ID),
		mirror:   store.Within(a.mirror, one.ID),
	}
}

// Forget removes all that is kept of the workspace, settings and unsent entries
// among it.
func (s *Stores) Forget(ctx context.Context) error {
	for _, one := range []store.Store{s.outbox, s.mirror, s.Drafts, s.index} {
		records, err := one.List(ctx, "")
		if err != nil {
			return err
		}
		keys := make([]string, len(records))
		for i, r := range records {
			keys[i] = r.Key
		}
		if err := store.Delete(ctx, one, keys...); err != nil {
			return err
		}
	}
	return settings.Forget(ctx, s.Settings)
}

// Load reads the workspace's settings.
func (s *Stores) Load(ctx context.Context) (settings.Settings, error) {
	return s.LoadFrom(ctx, s.Settings)
}

// LoadFrom is [Stores.Load] from another store: [Stores.Opening].
func (s *Stores) LoadFrom(ctx context.Context, from store.Store) (settings.Settings, error) {
	loaded, err := settings.Load(ctx, from)
	loaded.Workspace = s.Workspace.ID
	if !loaded.Locked() {
		return loaded, err
	}
	// extension/lock.js puts both there.
	key, err := browser.SessionText(openKey(s.Workspace.ID))
	if key == "" || err != nil {
		return loaded, err
	}
	used, err := browser.SessionText("used")
	if !settings.StillOpen(used, time.Now()) {
		key = ""
	}
	return loaded.Unlocked(key), err
}

// KeepOpen keeps the key of settings that were sealed just now open: the rep has
// typed it. Before they are stored the key that was open is that of those before.
func (s *Stores) KeepOpen(of settings.Settings) error {
	return browser.KeepSessionText(openKey(s.Workspace.ID), of.Key)
}

func openKey(workspace string) string { return "key@" + workspace }

// Outbox gives the outbox over its stores, for the receiver that the settings
// name.
func (s *Stores) Outbox(of settings.Settings) *outbox.Box {
	policy := outbox.DefaultPolicy()
	policy.Idempotent = of.Gateway()
	return outbox.New(outbox.Ports{
		Primary: s.outbox, Mirror: s.mirror,
		Clock: time.Now, Rand: browser.Random, Boot: s.areas.boot, Field: of.Tag,
	}, policy)
}

// Index gives the index over its store.
func (s *Stores) Index() *index.Index {
	return index.New(s.index, time.Now)
}

// Journal gives the journal, which is one for all workspaces.
func (s *Stores) Journal() *journal.Journal { return s.areas.journal }
