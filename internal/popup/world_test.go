package popup_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/idna"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/sandbox/direct"
	"github.com/dealmark/dealmark/internal/sender"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/words"
)

// morning is when these tests begin, a Wednesday.
var morning = time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)

const secret = "a-key-that-is-long-enough"

// world is a browser with Dealmark, and the team's Apollo. A story after
// another on the same world is another opening of the popup.
type world struct {
	words words.Words // the rep's language
	*screen
	apollo                *sandbox.Server
	client                *apollo.Client
	reader                *reader // nil for no key
	locked                bool    // only a passphrase opens the key
	drafts, index, outbox *store.Memory
	kept                  *store.Memory // aliases
	clock                 *clock
	rep                   crm.UserID
	tag                   apollo.FieldID // the team's field for tags, "" for none
	form                  form.Setup
	people                popup.PeopleReader // nil for no contacts

	mu    sync.Mutex
	ids   int
	wakes []popup.Task
}

// newWorld is one with the demo's team. Key and team can be others.
func newWorld(options ...func(*sandbox.Options)) *world {
	w := &world{
		screen: &screen{}, clock: &clock{now: morning},
		kept: &store.Memory{}, drafts: &store.Memory{}, index: &store.Memory{}, outbox: &store.Memory{},
	}
	o := sandbox.Options{
		Keys: []sandbox.Key{{Secret: secret, Master: true}}, Clock: w.clock.Now, Seed: sandbox.DemoSeed(),
		HonourAccountFilter: true,
	}
	for _, option := range options {
		option(&o)
	}
	w.apollo = sandbox.New(o)
	w.client = apollo.New(apollo.Options{
		Base: "http://127.0.0.1:8700/api/v1", Key: secret, Transport: direct.Transport{Apollo: w.apollo}, Clock: w.clock.Now,
	})
	w.reader = &reader{Reader: w.client}
	return w
}

func ignoresFilter(o *sandbox.Options) { o.HonourAccountFilter = false }

// without gives a key that has every right but these.
func without(scopes ...string) func(*sandbox.Options) {
	rights := slices.DeleteFunc(sandbox.Scopes(), func(s string) bool { return slices.Contains(scopes, s) })
	return func(o *sandbox.Options) { o.Keys = []sandbox.Key{{Secret: secret, Scopes: rights}} }
}

func wrongKey(o *sandbox.Options) { o.Keys = nil }

func (w *world) idx() *index.Index { return index.New(w.index, w.clock.Now) }

func (w *world) box() *outbox.Box {
	ports := outbox.Ports{Primary: w.outbox, Clock: w.clock.Now, Rand: func() uint64 { return 0 }, Field: string(w.tag)}
	return outbox.New(ports, outbox.DefaultPolicy())
}

// story is the popup of this browser before it opens on a page.
func (w *world) story() *popup.Story {
	if w.reader == nil {
		return w.storyWith(nil)
	}
	return w.storyWith(w.reader)
}

func (w *world) storyWith(reader popup.Reader) *popup.Story {
	aliases, err := alias.Load(context.Background(), w.kept)
	if err != nil {
		panic(err)
	}
	p := popup.Ports{
		Index: w.idx(), Outbox: w.box(), Drafts: w.drafts, Aliases: aliases, Keep: w.kept, Clock: w.clock.Now, NewID: w.newID,
		Show: w.show, Wake: w.wake, Link: link, Rep: w.rep, Locked: w.locked, Form: w.form, People: w.people, Words: w.words, ToASCII: idna.Lookup.ToASCII, Fresh: popup.DefaultFreshness(),
	}
	if reader != nil {
		p.Reader = reader
	}
	return popup.New(p)
}

func (w *world) newID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return "form-" + strconv.Itoa(w.ids)
}

func (w *world) wake(task popup.Task) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wakes = append(w.wakes, task)
}

// woken gives what the worker was woken for since the last call.
func (w *world) woken() []popup.Task {
	w.mu.Lock()
	defer w.mu.Unlock()
	wakes := w.wakes
	w.wakes = nil
	return wakes
}

func link(id crm.OpportunityID) string { return "https://apollo.test/" + string(id[20:]) }

// Pages that the rep is on.
var (
	acmePage    = site.Page{URL: "https://www.acme.test/about", SiteName: "Acme Corp"}
	initechPage = site.Page{URL: "https://initech.test/"}
	freshPage   = site.Page{URL: "https://fresh.test/", SiteName: "Fresh Foods"}
)

// opened is the popup on a page with what is known locally, and read what
// Apollo adds.
func (w *world) opened(t testing.TB, page site.Page) *popup.Story {
	t.Helper()
	s := w.story()
	require.NoError(t, s.Open(t.Context(), page, nil))
	return s
}

func (w *world) read(t testing.TB, page site.Page) *popup.Story {
	t.Helper()
	s := w.opened(t, page)
	s.Read(t.Context(), false)
	return s
}

// drain does what the worker does when it is woken to send.
func (w *world) drain(t testing.TB) outbox.Report {
	t.Helper()
	report, err := w.box().Drain(t.Context(), sender.Apollo{Client: w.client, Field: w.tag})
	require.NoError(t, err)
	for _, account := range report.Made {
		require.NoError(t, w.idx().LearnAccount(t.Context(), account))
	}
	require.NoError(t, w.idx().LearnOpportunities(t.Context(), report.Stored))
	return report
}

// fill does what the worker does when it is woken to read the team's list, for
// so many pages.
func (w *world) fill(t testing.TB, pages int) {
	t.Helper()
	_, err := w.idx().Fill(t.Context(), func(ctx context.Context, page int) (index.Page, bool, error) {
		p, err := w.client.OpportunityPage(ctx, apollo.OpportunityQuery{Page: page, PerPage: 10})
		pages--
		return index.Page{Opportunities: p.Opportunities, Total: p.Total, Last: p.Page >= p.Pages}, pages > 0, err
	}, func(index.Walk) {})
	require.NoError(t, err)
}

// entry gives the only entry of the outbox.
func (w *world) entry(t testing.TB) outbox.Entry {
	t.Helper()
	entries, damaged, err := w.box().List(t.Context())
	require.NoError(t, err)
	require.Empty(t, damaged)
	require.Len(t, entries, 1)
	return entries[0]
}

// stored gives the fields of what Apollo stored by an operation, in order.
func (w *world) stored(operation string) []map[string]any {
	var all []map[string]any
	for _, e := range w.apollo.Log() {
		if e.Stored && e.Operation == operation {
			all = append(all, e.Fields)
		}
	}
	return all
}

var errStorage = errors.New("the disk is full")

// fails makes a store refuse an operation; "" makes it well again.
func fails(m *store.Memory, operation string) {
	m.Fail = func(o string) error {
		if o == operation {
			return errStorage
		}
		return nil
	}
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// typing is what a rep does in the form that stands, field by field.
func (w *world) typing(t testing.TB, s *popup.Story, texts ...string) {
	t.Helper()
	for i := 0; i < len(texts); i += 2 {
		require.NoError(t, s.Edit(t.Context(), w.formID(), crm.Field(texts[i]), texts[i+1]))
	}
}

// save saves the form that stands.
func (w *world) save(t testing.TB, s *popup.Story) outbox.Entry {
	t.Helper()
	entry, err := s.Save(t.Context(), w.formID())
	require.NoError(t, err)
	return entry
}

// dying is a sender whose worker ends while the create is under way.
type dying struct {
	sender.Apollo
	die func()
}

func (d *dying) CreateOpportunity(context.Context, crm.Values, string) (outbox.Row, []crm.Difference, error) {
	d.die()
	return outbox.Row{}, nil, context.Canceled
}
