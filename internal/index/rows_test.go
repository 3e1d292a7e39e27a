package index_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

const accountOne = "account/000000000000000000000001"

// The stored form is a promise to every version that comes.
func TestStoredFormOfAnAccount(t *testing.T) {
	w := newWorld()
	won := deal(2, 1)
	won.Closed, won.Won, won.Amount, won.CloseDate = true, true, crm.Money{}, crm.Date{}
	won.LastActivityAt = time.UnixMilli(-5).UTC()
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), []crm.Opportunity{deal(1, 1), won}))
	stored, err := store.Get(t.Context(), w.store, accountOne)
	require.NoError(t, err)
	const now = "1791190801000"
	assert.Equal(t, strings.Join([]string{
		"\x02", now, "", "000000000000000000000001", "2",
		"000000000000000000000001", "deal 001", "1.5", "EUR", "000000000000000000000001", "2026-12-02", "000000000000000000000001", "Proposal", "", "1791187200000", "", now,
		"000000000000000000000002", "deal 002", "", "", "000000000000000000000002", "", "000000000000000000000002", "Proposal", "cw", "1791183600000", "-5", now, "",
	}, "\x1f"), string(stored))
	listing := w.listing(t, 1)
	assert.Equal(t, []crm.Opportunity{deal(1, 1), won}, listing.Opportunities)
	assert.True(t, listing.Complete)
}

// What an earlier version stored, and what the rows cannot hold, is JSON.
func TestAccountsInJSON(t *testing.T) {
	w := newWorld()
	require.NoError(t, putRecord(w, accountOne, []byte(`{"name":"Acme","complete":1791190800000,"opportunities":[{"id":"000000000000000000000001","values":{"name":"deal 001","amount":"1.5","stage":"000000000000000000000001","close_date":"2026-12-02","owner":"000000000000000000000001","account":"000000000000000000000001","currency":"EUR"},"stage_name":"Proposal","created":1791187200000,"seen":1791190800000}]}`)))
	assert.Equal(t, []crm.Opportunity{deal(1, 1)}, w.listing(t, 1).Opportunities)
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []crm.Opportunity{deal(1, 1)}, opportunities(all))
	assert.Equal(t, "Acme", all.Companies[id[crm.AccountID](1)])

	odd := deal(3, 1)
	odd.Name = "deal\x1f003"
	require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{odd}))
	stored, err := store.Get(t.Context(), w.store, accountOne)
	require.NoError(t, err)
	assert.Equal(t, byte('{'), stored[0])
	assert.ElementsMatch(t, []crm.Opportunity{deal(1, 1), odd}, w.listing(t, 1).Opportunities)
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), []crm.Opportunity{deal(4, 1)}))
	all, err = w.All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []crm.Opportunity{deal(4, 1)}, opportunities(all))
	assert.Equal(t, "Acme", all.Companies[id[crm.AccountID](1)], "the name went along")
}

// A part of a record, and one with another value in it, is none.
func TestDamagedRowsAreNotRead(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), []crm.Opportunity{deal(1, 1), deal(2, 1)}))
	stored, err := store.Get(t.Context(), w.store, accountOne)
	require.NoError(t, err)
	whole := string(stored)
	damaged := []string{
		strings.Replace(whole, "1.5", "1,5", 1), strings.Replace(whole, "2026-12-02", "2026-02-30", 1), strings.Replace(whole, "\x1f2\x1f", "\x1f3\x1f", 1),
		strings.Replace(whole, "\x1f2\x1f", "\x1f1\x1f", 1), strings.Replace(whole, "\x1f2\x1f", "\x1f\x1f", 1), strings.Replace(whole, "1791187200000", "yesterday", 1), whole + "x", whole + "\x1f",
	}
	for n := range len(whole) {
		damaged = append(damaged, whole[:n])
	}
	for _, record := range damaged {
		require.NotEqual(t, whole, record)
		require.NoError(t, putRecord(w, accountOne, []byte(record)))
		listing := w.listing(t, 1)
		require.Empty(t, listing.Opportunities, "%q", record)
		require.False(t, listing.Complete, "%q", record)
		all, err := w.All(t.Context())
		require.NoError(t, err)
		require.Empty(t, opportunities(all), "%q", record)
		require.Equal(t, 1, all.Unreadable, "%q", record)
		require.Zero(t, all.AsOf)
	}
}
