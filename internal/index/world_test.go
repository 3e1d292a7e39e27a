package index_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

var morning = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)

// world is an index with its store and a clock that every reading moves on by
// a second.
type world struct {
	*index.Index
	store *store.Memory
	now   time.Time
}

func newWorld() *world {
	w := &world{store: &store.Memory{}, now: morning}
	w.Index = w.index(w.store)
	return w
}

// index is another index on a store, as another context has it.
func (w *world) index(s store.Store) *index.Index {
	return index.New(s, func() time.Time { w.now = w.now.Add(time.Second); return w.now })
}

func id[T crm.ID](n int) T { return T(fmt.Sprintf("%024d", n)) }

// deal is an opportunity with every value set.
func deal(n, account int) crm.Opportunity {
	amount, _ := crm.ParseMoney(fmt.Sprint(n) + ".5")
	amount.Currency = "EUR"
	closes, _ := crm.NewDate(2026, time.December, 1+n%28)
	return crm.Opportunity{
		ID: id[crm.OpportunityID](n), StageName: "Proposal", CreatedAt: morning.Add(-time.Duration(n) * time.Hour),
		Values: crm.Values{
			Name: fmt.Sprintf("deal %03d", n), Amount: amount, CloseDate: closes,
			StageID: id[crm.StageID](n % 5), OwnerID: id[crm.UserID](n % 7), AccountID: id[crm.AccountID](account),
		},
	}
}

func (w *world) listing(t *testing.T, account int) index.Listing {
	t.Helper()
	listing, err := w.Opportunities(t.Context(), id[crm.AccountID](account))
	require.NoError(t, err)
	return listing
}

func (w *world) names(t *testing.T, account int) (names []string) {
	t.Helper()
	for _, o := range w.listing(t, account).Opportunities {
		names = append(names, o.Name)
	}
	return names
}

// corrupt overwrites a record with what cannot be read.
func (w *world) corrupt(t *testing.T, key, with string) {
	t.Helper()
	value, err := store.Get(t.Context(), w.store, key)
	require.NoError(t, err)
	require.NotNil(t, value, "there is no record %s", key)
	require.NoError(t, store.Put(t.Context(), w.store, key, []byte(with)))
}

// team is Apollo's list of opportunities, newest first, in pages of three.
type team struct {
	list  []crm.Opportunity
	reads []int // the pages that were asked for
}

func newTeam(deals, accounts int) *team {
	var a team
	for n := deals; n > 0; n-- {
		a.list = append(a.list, deal(n, n%accounts))
	}
	return &a
}

func (a *team) page(n int) index.Page {
	const size = 3
	a.reads = append(a.reads, n)
	from, to := min((n-1)*size, len(a.list)), min(n*size, len(a.list))
	return index.Page{Opportunities: a.list[from:to], Total: len(a.list), Last: to == len(a.list)}
}

// walk reads the team's list to its end, or until before says to stop.
func walk(ctx context.Context, x *index.Index, a *team, before func(index.Walk) bool) (index.Walk, error) {
	at, err := x.Begin(ctx)
	for err == nil && at.UnderWay() && (before == nil || before(at)) {
		at, err = x.LearnPage(ctx, at, a.page(at.Page))
	}
	return at, err
}
