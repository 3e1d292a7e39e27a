package index_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
)

func TestLearnOpportunities(t *testing.T) {
	w := newWorld()
	won := deal(1, 1)
	won.Closed, won.Won = true, true
	bare := crm.Opportunity{ID: id[crm.OpportunityID](4), Values: crm.Values{AccountID: id[crm.AccountID](1)}}
	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{won, deal(2, 1), deal(3, 2), bare}))
	assert.Equal(t, index.Listing{Opportunities: []crm.Opportunity{deal(2, 1), bare, won}, AsOf: w.now}, w.listing(t, 1), "every value, open ones first")
	assert.Equal(t, []string{"deal 003"}, w.names(t, 2))
	assert.Zero(t, w.listing(t, 3))
}

func TestLearningAgainReplacesByID(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(1, 1), deal(2, 1)}))
	first := w.now
	renamed := deal(1, 1)
	renamed.Name = "renamed"
	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{renamed}))
	assert.Equal(t, []string{"renamed", "deal 002"}, w.names(t, 1))
	assert.Equal(t, first, w.listing(t, 1).AsOf, "the oldest of what is shown")
}

func TestOpportunitiesWithoutAnAccountAreNotKept(t *testing.T) {
	w := newWorld()
	loose := deal(1, 1)
	loose.AccountID = ""
	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{loose, deal(2, 1)}))
	records, err := w.store.List(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, records, 1)
	assert.Equal(t, []string{"deal 002"}, w.names(t, 1))
}

func TestLearnAllReplaces(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(1, 1), deal(2, 1), deal(3, 2)}))
	assert.False(t, w.listing(t, 1).Complete, "others may be missing")
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), []crm.Opportunity{deal(2, 1), deal(4, 1)}))
	assert.Equal(t, index.Listing{Opportunities: []crm.Opportunity{deal(2, 1), deal(4, 1)}, AsOf: w.now, Complete: true}, w.listing(t, 1))
	assert.Equal(t, []string{"deal 003"}, w.names(t, 2))

	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(5, 1)}))
	assert.True(t, w.listing(t, 1).Complete)
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), nil))
	assert.Equal(t, index.Listing{Complete: true}, w.listing(t, 1), "it is known that there are none")
}

// What cannot be read may have held anything: the listing must not say that it
// is complete until all was read anew.
func TestAnUnreadableAccountIsNotComplete(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	_, err := walk(t.Context(), w.Index, a, nil)
	require.NoError(t, err)
	require.True(t, w.listing(t, 1).Complete)
	for _, record := range []string{"", "x", `{"opportunities":[{"id":7}]}`, `{"opportunities":[{"values":{"amount":"1,5"}}]}`} {
		w.corrupt(t, "account/"+string(id[crm.AccountID](1)), record)
		listing := w.listing(t, 1)
		assert.Empty(t, listing.Opportunities)
		assert.False(t, listing.Complete, "a walk was finished before the record broke")
		assert.True(t, w.listing(t, 2).Complete, "the others are not concerned")

		require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(1, 1)}))
		assert.Equal(t, []string{"deal 001"}, w.names(t, 1))
		assert.False(t, w.listing(t, 1).Complete, "one row does not make it whole")

		_, err = walk(t.Context(), w.Index, a, nil)
		require.NoError(t, err)
		assert.True(t, w.listing(t, 1).Complete)
		assert.Equal(t, []string{"deal 001", "deal 004", "deal 007", "deal 010"}, w.names(t, 1))
	}
}

func TestLearningAtOnceLosesNothing(t *testing.T) {
	w := newWorld()
	x := index.New(w.store, func() time.Time { return morning })
	var group sync.WaitGroup
	for n := range 50 {
		group.Go(func() {
			assert.NoError(t, x.LearnOpportunities(t.Context(), []crm.Opportunity{deal(n, 1)}))
		})
	}
	group.Wait()
	assert.Len(t, w.names(t, 1), 50)
}

// Whatever the store holds under the index's keys, a click gets an answer.
func FuzzOpportunities(f *testing.F) {
	f.Add([]byte(`{"complete":1,"opportunities":[{"id":"1","values":{"name":"A"},"seen":1}]}`))
	f.Add([]byte("\x021\x1f\x1f\x1f000000000000000000000001\x1f1\x1fx\x1fn\x1f1\x1f\x1f\x1f\x1f\x1fs\x1fc\x1f1\x1f\x1f1\x1f"))
	f.Add([]byte(`{"page":2,"read":3,"total":4,"started":5,"since":6}`))
	f.Add([]byte(`{"learned":1,"chosen":"1","accounts":[{"id":"1"}],"stages":[{"order":"x"}],"users":[null]}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		w := newWorld()
		account := id[crm.AccountID](1)
		for _, key := range []string{"team", "walk", "domain/acme.com", "account/" + string(account)} {
			require.NoError(t, putRecord(w, key, record))
		}
		_, _, err := w.Open(t.Context(), "acme.com")
		require.NoError(t, err)
		_, err = w.Opportunities(t.Context(), account)
		require.NoError(t, err)
		require.NoError(t, w.LearnAll(t.Context(), account, []crm.Opportunity{deal(1, 1)}))
		_, err = walk(t.Context(), w.Index, newTeam(4, 2), func(at index.Walk) bool { return at.Page == 1 })
		require.NoError(t, err)
	})
}
