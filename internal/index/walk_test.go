package index_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

func TestWalkReadsTheWholeList(t *testing.T) {
	w := newWorld()
	at, err := w.Walk(t.Context())
	require.NoError(t, err)
	assert.Zero(t, at)

	a := newTeam(10, 3)
	at, err = walk(t.Context(), w.Index, a, func(at index.Walk) bool {
		stored, err := w.Walk(t.Context())
		require.NoError(t, err)
		require.Equal(t, at, stored)
		require.False(t, at.Complete())
		require.False(t, w.listing(t, 1).Complete)
		return true
	})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2, 3, 4}, a.reads)
	assert.Equal(t, index.Walk{Page: 5, Read: 10, Total: 10, Started: at.Started, Finished: w.now, Since: at.Started}, at)
	assert.True(t, at.Complete())
	assert.False(t, at.UnderWay())
	assert.Equal(t, []string{"deal 001", "deal 004", "deal 007", "deal 010"}, w.names(t, 1))
	assert.True(t, w.listing(t, 1).Complete)
	assert.True(t, w.listing(t, 99).Complete, "after a whole walk an account without a record has none")
	assert.Equal(t, at, w.listing(t, 1).Walk)
}

func TestAWalkOverNothing(t *testing.T) {
	w := newWorld()
	at, err := walk(t.Context(), w.Index, &team{}, nil)
	require.NoError(t, err)
	assert.True(t, at.Complete())
	assert.True(t, w.listing(t, 1).Complete)
}

// cut is a store whose context ends just before or just after one operation.
type cut struct {
	store.Store
	moments int
}

type theEnd struct{}

func (c *cut) moment() {
	if c.moments == 0 {
		panic(theEnd{})
	}
	c.moments--
}

func (c *cut) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	c.moment()
	return c.Store.Read(ctx, keys...)
}

func (c *cut) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	c.moment()
	err := c.Store.Update(ctx, keys, change)
	c.moment()
	return err
}

// A worker is ended at every moment that there is; the next one goes on.
func TestAWalkGoesOnWhereItWasCut(t *testing.T) {
	for moments := 0; ; moments++ {
		w := newWorld()
		a := newTeam(10, 3)
		ended := func() (ended bool) {
			defer func() { ended = recover() == theEnd{} }()
			_, err := walk(t.Context(), w.index(&cut{w.store, moments}), a, nil)
			require.NoError(t, err)
			return false
		}()
		if !ended {
			assert.Equal(t, 10, moments, "moments at which the walk was cut")
			return
		}
		at, err := w.Walk(t.Context())
		require.NoError(t, err)
		if !at.Complete() { // but for the end that came after the last page
			at, err = walk(t.Context(), w.Index, a, nil)
			require.NoError(t, err)
		}
		require.LessOrEqual(t, len(a.reads), 5, "at most the page that was cut is read again: %v", a.reads)
		require.Equal(t, 10, at.Read)
		require.Equal(t, []string{"deal 001", "deal 004", "deal 007", "deal 010"}, w.names(t, 1))
		require.True(t, w.listing(t, 1).Complete)
	}
}

func TestAFinishedWalkDropsWhatItDidNotMeet(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	_, err := walk(t.Context(), w.Index, a, nil)
	require.NoError(t, err)
	a.list = append(a.list[:3:3], a.list[4:]...) // deal 007 is deleted
	_, err = walk(t.Context(), w.Index, a, func(index.Walk) bool {
		require.Contains(t, w.names(t, 1), "deal 007", "as long as the walk is under way nobody knows")
		require.True(t, w.listing(t, 1).Complete, "as of the walk before")
		return true
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"deal 001", "deal 004", "deal 010"}, w.names(t, 1))

	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(7, 1)}))
	assert.Contains(t, w.names(t, 1), "deal 007", "it is back, or was made just now")
}

func TestAShorterListStartsTheWalkAgain(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	started, err := w.Begin(t.Context())
	require.NoError(t, err)
	at, err := walk(t.Context(), w.Index, a, func(at index.Walk) bool {
		if at.Page == 3 && len(a.list) == 10 {
			a.list = a.list[1:] // every row moves up: one slips from page 3 to page 2
		}
		return true
	})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2, 3, 1, 2, 3}, a.reads)
	assert.Equal(t, 9, at.Read)
	assert.True(t, at.Since.After(started.Started), "what is older than the second start is gone")
	for account := range 3 {
		assert.Len(t, w.names(t, account), 3)
	}
}

func TestALongerListIsReadOn(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	_, err := walk(t.Context(), w.Index, a, func(at index.Walk) bool {
		if at.Page == 2 && len(a.list) == 10 {
			a.list = append([]crm.Opportunity{deal(13, 1)}, a.list...)
		}
		return true
	})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2, 3, 4}, a.reads)
	assert.Equal(t, []string{"deal 001", "deal 004", "deal 007", "deal 010"}, w.names(t, 1), "the newest comes with the next walk")
	_, err = walk(t.Context(), w.Index, a, nil)
	require.NoError(t, err)
	assert.Contains(t, w.names(t, 1), "deal 013")
}

// The page was asked for with a key that another context has replaced since.
func TestAPageOfAnotherTeamIsNotKept(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	at, err := walk(t.Context(), w.Index, a, func(at index.Walk) bool { return at.Page < 3 })
	require.NoError(t, err)
	page := a.page(at.Page)
	require.NoError(t, w.Forget(t.Context()))
	at, err = w.LearnPage(t.Context(), at, page)
	require.NoError(t, err)
	assert.Zero(t, at, "the walk as it stands: there is none")
	records, err := w.store.List(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, records)
}

func TestTwoWalkersDoNotPullEachOtherBack(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	slow, err := w.Begin(t.Context())
	require.NoError(t, err)
	page := a.page(slow.Page)
	fast, err := walk(t.Context(), w.Index, a, func(at index.Walk) bool { return at.Page < 4 })
	require.NoError(t, err)
	slow, err = w.LearnPage(t.Context(), slow, page)
	require.NoError(t, err)
	assert.Equal(t, fast, slow)
	at, err := w.Walk(t.Context())
	require.NoError(t, err)
	assert.Equal(t, fast, at)
}

func TestAnUnreadableWalkIsBegunAnew(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	_, err := walk(t.Context(), w.Index, a, nil)
	require.NoError(t, err)
	for _, record := range []string{"", "x", `{"page":1.5}`, `{"page":[]}`} {
		w.corrupt(t, "walk", record)
		assert.False(t, w.listing(t, 1).Complete)
		assert.Len(t, w.names(t, 1), 4, "what is known is still shown")
		at, err := walk(t.Context(), w.Index, a, nil)
		require.NoError(t, err)
		assert.True(t, at.Complete())
	}
}

func putRecord(w *world, key string, value []byte) error {
	return store.Put(context.Background(), w.store, key, append([]byte{}, value...))
}
