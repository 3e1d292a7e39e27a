package index_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/index"
)

// fill walks through the team's list as the worker does; asked is called while
// each page is on its way.
func fill(t *testing.T, x *index.Index, a *team, asked func(page int)) index.Walk {
	t.Helper()
	at, err := x.Fill(t.Context(), func(_ context.Context, page int) (index.Page, bool, error) {
		asked(page)
		return a.page(page), true, nil
	}, func(index.Walk) {})
	require.NoError(t, err)
	return at
}

func TestAPauseKeepsThePageThatIsOnItsWay(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	other := w.index(w.store) // the options page, beside the worker
	at := fill(t, w.Index, a, func(page int) {
		if page == 2 {
			require.NoError(t, other.Pause(t.Context()))
		}
	})
	assert.Equal(t, []int{1, 2}, a.reads, "no page is asked for after the pause")
	assert.Equal(t, 6, at.Read, "the page that was asked for is kept")
	assert.True(t, at.Paused)
	assert.True(t, w.listing(t, 1).Walk.Paused)

	again := w.index(w.store) // a new start of the browser
	at = fill(t, again, a, func(int) { t.Error("a page was asked for in a pause") })
	assert.True(t, at.Paused && at.UnderWay())

	require.NoError(t, other.Resume(t.Context()))
	at = fill(t, again, a, func(int) {})
	assert.Equal(t, []int{1, 2, 3, 4}, a.reads, "it goes on where it was")
	assert.True(t, at.Complete() && !at.Paused)
}

func TestAPauseLetsNoWalkBegin(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.Pause(t.Context()))
	at := fill(t, w.Index, newTeam(3, 3), func(int) { t.Error("a page was asked for in a pause") })
	assert.Equal(t, index.Walk{Paused: true}, at)
	require.NoError(t, w.Resume(t.Context()))
	require.NoError(t, w.Resume(t.Context()), "what is not paused can be resumed")
	assert.True(t, fill(t, w.Index, newTeam(3, 3), func(int) {}).Complete())
}

func TestAnotherTeamIsNotPaused(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.Pause(t.Context()))
	require.NoError(t, w.Forget(t.Context()))
	at, err := w.Walk(t.Context())
	require.NoError(t, err)
	assert.False(t, at.Paused)
}
