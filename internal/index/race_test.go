package index_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

// beside is a store in which another context comes in between: once, just before
// sheets are read or bound.
type beside struct {
	store.Store
	between func()
}

func (b *beside) moment(keys []string) {
	ofSheet := func(key string) bool { return strings.HasPrefix(key, "sheet/") }
	if between := b.between; between != nil && slices.ContainsFunc(keys, ofSheet) {
		b.between = nil
		between()
	}
}

func (b *beside) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	b.moment(keys)
	return b.Store.Read(ctx, keys...)
}

func (b *beside) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	b.moment(keys)
	return b.Store.Update(ctx, keys, change)
}

// pages walks on by so many pages of one opportunity.
func pages(t *testing.T, x *index.Index, count, account int) {
	t.Helper()
	for n := range count {
		at, err := x.Begin(t.Context())
		require.NoError(t, err)
		_, err = x.LearnPage(t.Context(), at, index.Page{Opportunities: []crm.Opportunity{deal(1_000*account+n, account)}, Total: 1_000})
		require.NoError(t, err)
	}
}

func (w *world) packed(t *testing.T) {
	t.Helper()
	all, err := w.All(t.Context())
	require.NoError(t, err)
	require.NoError(t, w.Pack(t.Context(), &all))
}

func TestAllWhileSheetsAreBound(t *testing.T) {
	w := newWorld()
	w.packed(t)
	pages(t, w.Index, 20, 1)
	x := w.index(&beside{w.store, func() { pages(t, w.Index, 20, 2) }})
	all, err := x.All(t.Context())
	require.NoError(t, err)
	assert.Len(t, names(all), 40)
}

func TestBindingTakesNothingAwayThatWasLearnedMeanwhile(t *testing.T) {
	w := newWorld()
	w.packed(t)
	x := w.index(&beside{w.store, func() {
		require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(1, 2)}))
	}})
	pages(t, x, 40, 1)
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Len(t, names(all), 41)
	volumes, err := w.store.List(t.Context(), "volume/")
	require.NoError(t, err)
	assert.Len(t, volumes, 2, "the packed one, and the sheets")
}

func TestWhatIsGoneStaysGoneInAVolume(t *testing.T) {
	w := newWorld()
	w.packed(t)
	pages(t, w.Index, 40, 1)
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), nil))
	pages(t, w.Index, 40, 2)
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Len(t, names(all), 40)
	assert.Empty(t, w.names(t, 1))
}

// The name was given along by a walk of which nothing is kept any more.
func TestACompanyKeepsItsName(t *testing.T) {
	w := newWorld()
	at, err := w.Begin(t.Context())
	require.NoError(t, err)
	_, err = w.LearnPage(t.Context(), at, index.Page{
		Opportunities: []crm.Opportunity{deal(1, 1)}, Total: 1, Last: true, Accounts: []crm.Account{{ID: id[crm.AccountID](1), Name: "Acme"}},
	})
	require.NoError(t, err)
	w.packed(t)
	at, err = w.Begin(t.Context())
	require.NoError(t, err)
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), []crm.Opportunity{deal(2, 1)}))
	_, err = w.LearnPage(t.Context(), at, index.Page{Total: 1, Last: true})
	require.NoError(t, err)
	volumes, err := w.store.List(t.Context(), "volume/")
	require.NoError(t, err)
	require.Empty(t, volumes)
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"deal 002"}, names(all))
	assert.Equal(t, "Acme", all.Companies[id[crm.AccountID](1)])
}

// A large team is several volumes, and an account may be in more than one.
func TestAPackOfSeveralVolumes(t *testing.T) {
	w := newWorld()
	const size = 13_000
	at, err := w.Begin(t.Context())
	require.NoError(t, err)
	for from := 0; from < size; from += 1_000 {
		page := index.Page{Total: size, Last: from+1_000 == size}
		for n := range 1_000 {
			page.Opportunities = append(page.Opportunities, deal(from+n, 1+n%2))
		}
		at, err = w.LearnPage(t.Context(), at, page)
		require.NoError(t, err)
	}
	known := w.listing(t, 1).Opportunities
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), known[1:]))
	w.packed(t)
	volumes, err := w.store.List(t.Context(), "volume/")
	require.NoError(t, err)
	require.Len(t, volumes, 3)
	all, err := w.All(t.Context())
	require.NoError(t, err)
	require.Equal(t, size-1, all.List.Len())
	require.NotContains(t, names(all), known[0].Name)
}
