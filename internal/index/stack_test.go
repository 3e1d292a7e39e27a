package index_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

// pair is an index, and what All has given of it at several times.
type pair struct {
	*world
	kept []index.Everything
}

// all is what All gives; the same is read from the accounts' records of a copy
// that has no stack.
func (p *pair) all(t *rapid.T) {
	all, err := p.All(t.Context())
	require.NoError(t, err)
	p.kept = append(p.kept, all)

	records, err := p.store.List(t.Context(), "")
	require.NoError(t, err)
	bare := &store.Memory{}
	require.NoError(t, bare.Update(t.Context(), nil, func([]store.Record) ([]store.Record, error) {
		return slices.DeleteFunc(records, func(r store.Record) bool { return r.Key == "stack" }), nil
	}))
	want, err := p.index(bare).All(t.Context())
	require.NoError(t, err)
	require.Equal(t, sorted(want), sorted(all))
	require.Equal(t, want.AsOf, all.AsOf)
	require.Equal(t, want.Walk, all.Walk)
	require.Zero(t, all.Unreadable)
	for _, o := range opportunities(all) {
		require.Equal(t, want.Companies[o.AccountID], all.Companies[o.AccountID])
	}
}

func sorted(all index.Everything) []crm.Opportunity {
	list := opportunities(all)
	slices.SortFunc(list, func(a, b crm.Opportunity) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.AccountID, b.AccountID))
	})
	return list
}

var drawn = rapid.Custom(func(t *rapid.T) crm.Opportunity {
	o := deal(rapid.IntRange(1, 12).Draw(t, "deal"), rapid.IntRange(1, 4).Draw(t, "account"))
	o.Name = rapid.SampledFrom([]string{"", "Rollout", "Größe \x1f\x00", strings.Repeat("long ", 100)}).Draw(t, "name")
	o.Amount, _ = crm.ParseMoney(rapid.SampledFrom([]string{"", "0", "-0.000001", "999999999999999999", "12.5"}).Draw(t, "amount"))
	o.Amount.Currency = rapid.SampledFrom([]string{"", "EUR"}).Draw(t, "currency")
	o.Closed, o.Won = rapid.Bool().Draw(t, "closed"), rapid.Bool().Draw(t, "won")
	switch rapid.IntRange(0, 3).Draw(t, "without") {
	case 0:
		o.CloseDate, o.StageID, o.OwnerID, o.StageName = crm.Date{}, "", "", ""
	case 1:
		o.LastActivityAt = morning.Add(-1e12)
	}
	return o
})

// The stack gives what the accounts' records give, whatever is learned, in
// whatever order, however often it is packed, and whatever is lost of it.
func TestTheStackIsWhatTheAccountsAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &pair{world: newWorld()}
		page := func(t *rapid.T) {
			walk, err := p.Begin(t.Context())
			require.NoError(t, err)
			learned := index.Page{
				Opportunities: rapid.SliceOfN(drawn, 0, 5).Draw(t, "page"), Total: rapid.IntRange(8, 10).Draw(t, "total"),
				Last: rapid.IntRange(0, 5).Draw(t, "last") == 0,
			}
			for _, o := range learned.Opportunities {
				learned.Accounts = append(learned.Accounts, crm.Account{ID: o.AccountID, Name: rapid.SampledFrom([]string{"", "Acme", "Bolt"}).Draw(t, "company")})
			}
			_, err = p.LearnPage(t.Context(), walk, learned)
			require.NoError(t, err)
		}
		t.Repeat(map[string]func(*rapid.T){
			"":     p.all,
			"page": page,
			"many pages": func(t *rapid.T) {
				for range 34 {
					page(t)
				}
			},
			"learn": func(t *rapid.T) {
				require.NoError(t, p.LearnOpportunities(t.Context(), rapid.SliceOfN(drawn, 0, 5).Draw(t, "list")))
			},
			"learn all": func(t *rapid.T) {
				list := rapid.SliceOfNDistinct(drawn, 0, 5, func(o crm.Opportunity) crm.OpportunityID { return o.ID }).Draw(t, "list")
				account := id[crm.AccountID](rapid.IntRange(1, 4).Draw(t, "whose"))
				for i := range list {
					list[i].AccountID = account
				}
				require.NoError(t, p.LearnAll(t.Context(), account, list))
			},
			"pack": func(t *rapid.T) {
				if len(p.kept) > 0 {
					require.NoError(t, p.Pack(t.Context(), &p.kept[rapid.IntRange(max(0, len(p.kept)-3), len(p.kept)-1).Draw(t, "which")]))
				}
			},
			"lose": func(t *rapid.T) {
				records, err := p.store.List(t.Context(), rapid.SampledFrom([]string{"volume/", "sheet/", "stack"}).Draw(t, "of"))
				require.NoError(t, err)
				if len(records) > 0 {
					lost := rapid.SampledFrom(records).Draw(t, "lost")
					lost.Value = lost.Value[:rapid.IntRange(0, max(0, len(lost.Value)-1)).Draw(t, "as far as")]
					require.NoError(t, store.Put(t.Context(), p.store, lost.Key, lost.Value))
				}
			},
			"forget": func(t *rapid.T) {
				if rapid.IntRange(0, 5).Draw(t, "really") == 0 {
					require.NoError(t, p.Forget(t.Context()))
				}
			},
		})
	})
}

// After a walk, and once it was packed, all is read without a look at the accounts.
func TestAllIsReadFromTheStack(t *testing.T) {
	for name, ready := range map[string]func(*testing.T, *world){
		"after the first walk": func(t *testing.T, w *world) {
			_, err := walk(t.Context(), w.Index, newTeam(200, 3), nil)
			require.NoError(t, err)
		},
		"after a second": func(t *testing.T, w *world) {
			for range 2 {
				_, err := walk(t.Context(), w.Index, newTeam(200, 3), nil)
				require.NoError(t, err)
			}
		},
		"packed, with a stack of an earlier version": func(t *testing.T, w *world) {
			_, err := walk(t.Context(), w.Index, newTeam(200, 3), nil)
			require.NoError(t, err)
			require.NoError(t, store.Delete(t.Context(), w.store, "stack"))
			all, err := w.All(t.Context())
			require.NoError(t, err)
			require.NoError(t, w.Pack(t.Context(), &all))
			require.NoError(t, w.LearnOpportunities(t.Context(), []crm.Opportunity{deal(199, 1)}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			ready(t, w)
			accounts, err := w.store.List(t.Context(), "account/")
			require.NoError(t, err)
			for _, record := range accounts {
				w.corrupt(t, record.Key, "x")
			}
			all, err := w.All(t.Context())
			require.NoError(t, err)
			assert.Zero(t, all.Unreadable)
			assert.Len(t, names(all), 200)
			volumes, err := w.store.List(t.Context(), "volume/")
			require.NoError(t, err)
			sheets, err := w.store.List(t.Context(), "sheet/")
			require.NoError(t, err)
			assert.Less(t, len(volumes)+len(sheets), 40, "of what is above all, nothing is kept")
			t.Log(len(volumes), "volumes,", len(sheets), "sheets")
		})
	}
}
