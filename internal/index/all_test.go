package index_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

func TestAllOfNothing(t *testing.T) {
	all, err := newWorld().All(t.Context())
	require.NoError(t, err)
	assert.Zero(t, all.List.Len())
	assert.Empty(t, all.Companies)
	assert.Zero(t, all.Team)
	assert.Zero(t, all.Walk)
	assert.Zero(t, all.AsOf)
	assert.Zero(t, all.Unreadable)
}

func TestAllIsWhatTheCompaniesHave(t *testing.T) {
	w := newWorld()
	_, err := walk(t.Context(), w.Index, newTeam(10, 3), nil)
	require.NoError(t, err)
	require.NoError(t, w.LearnTeam(t.Context(), index.Team{Rep: id[crm.UserID](3)}))
	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme}))

	all, err := w.All(t.Context())
	require.NoError(t, err)
	var want []string
	for account := range 3 {
		want = append(want, w.names(t, account)...)
	}
	assert.ElementsMatch(t, want, names(all))
	assert.True(t, all.Walk.Complete())
	assert.Equal(t, w.listing(t, 0).AsOf, all.AsOf)
	assert.Equal(t, id[crm.UserID](3), all.Team.Rep)
	assert.Equal(t, map[crm.AccountID]string{acme.ID: "Acme"}, all.Companies)
}

func TestAllLeavesOutWhatIsGone(t *testing.T) {
	w := newWorld()
	a := newTeam(10, 3)
	_, err := walk(t.Context(), w.Index, a, nil)
	require.NoError(t, err)
	a.list = a.list[1:]
	_, err = walk(t.Context(), w.Index, a, nil)
	require.NoError(t, err)
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Len(t, names(all), 9)
	assert.NotContains(t, names(all), "deal 010")
}

func TestAllSaysWhatItCannotRead(t *testing.T) {
	w := newWorld()
	_, err := walk(t.Context(), w.Index, newTeam(10, 3), nil)
	require.NoError(t, err)
	w.corrupt(t, "account/"+string(id[crm.AccountID](1)), "x")
	require.NoError(t, store.Delete(t.Context(), w.store, "stack"))
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, all.Unreadable)
	assert.Len(t, names(all), 6)
}

func TestAllGivesTheStoresErrors(t *testing.T) {
	broken := errors.New("the database is closed")
	for fails := range 3 {
		w := newWorld()
		w.store.Fail = func(string) error {
			if fails--; fails < 0 {
				return broken
			}
			return nil
		}
		_, err := w.All(t.Context())
		assert.ErrorIs(t, err, broken)
	}
}

// A page brings the names of its accounts along; an account is named as Apollo
// named it last, and a list of one account does not take its name away.
func TestThePagesNameTheAccounts(t *testing.T) {
	w := newWorld()
	a := newTeam(3, 3)
	name := func(suffix string) {
		at, err := w.Begin(t.Context())
		require.NoError(t, err)
		page := a.page(1)
		page.Accounts = []crm.Account{{ID: id[crm.AccountID](1), Name: "One" + suffix}, {ID: id[crm.AccountID](2)}, {ID: id[crm.AccountID](99), Name: "Nobody's"}}
		_, err = w.LearnPage(t.Context(), at, page)
		require.NoError(t, err)
	}
	name("")
	name(" renamed")
	require.NoError(t, w.LearnAll(t.Context(), id[crm.AccountID](1), nil))
	all, err := w.All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[crm.AccountID]string{id[crm.AccountID](1): "One renamed"}, all.Companies)
	records, err := w.store.List(t.Context(), "account/")
	require.NoError(t, err)
	for _, record := range records {
		assert.False(t, strings.HasSuffix(record.Key, string(id[crm.AccountID](99))), "an account without opportunities has no record")
	}
}

func names(all index.Everything) (names []string) {
	for _, o := range opportunities(all) {
		names = append(names, o.Name)
	}
	return names
}

func opportunities(all index.Everything) (list []crm.Opportunity) {
	for i := range all.List.Len() {
		list = append(list, all.List.Opportunity(i))
	}
	return list
}
