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

// BenchmarkClick is what a click waits for in a large team: 100,000
// opportunities of 5,000 accounts.
func BenchmarkClick(b *testing.B) {
	const accounts, each = 5_000, 20
	x := index.New(&store.Memory{}, func() time.Time { return morning })
	var t index.Team
	for n := range 12 {
		t.Stages = append(t.Stages, crm.Stage{ID: id[crm.StageID](n), Name: fmt.Sprint("Stage ", n), Order: n})
	}
	for n := range 100 {
		t.Users = append(t.Users, crm.User{ID: id[crm.UserID](n), Name: fmt.Sprint("User ", n), Email: fmt.Sprintf("user%d@example.com", n)})
	}
	require.NoError(b, x.LearnTeam(b.Context(), t))
	for n := range accounts {
		account := crm.Account{ID: id[crm.AccountID](n), Name: fmt.Sprint("Company ", n), Domain: crm.Domain(fmt.Sprintf("company%d.com", n))}
		require.NoError(b, x.LearnCompany(b.Context(), account.Domain, []crm.Account{account}))
		list := make([]crm.Opportunity, each)
		for i := range list {
			list[i] = deal(n*each+i, n)
		}
		require.NoError(b, x.LearnAll(b.Context(), account.ID, list))
	}
	n := 0
	for b.Loop() {
		n = (n + 1) % accounts
		company, _, err := x.Open(b.Context(), crm.Domain(fmt.Sprintf("company%d.com", n)))
		require.NoError(b, err)
		listing, err := x.Opportunities(b.Context(), company.Accounts[0].ID)
		require.NoError(b, err)
		require.Len(b, listing.Opportunities, each)
	}
}

// BenchmarkAll is what the pipeline page waits for: the same team, read whole,
// from the accounts, after a walk, and packed.
func BenchmarkAll(b *testing.B) {
	s := &store.Memory{}
	x := index.New(s, func() time.Time { return morning })
	_, err := x.Fill(b.Context(), func(_ context.Context, n int) (p index.Page, more bool, err error) {
		for i := (n - 1) * 100; i < n*100; i++ {
			p.Opportunities = append(p.Opportunities, deal(i, i/20))
		}
		p.Total, p.Last = 100_000, n == 1_000
		return p, true, nil
	}, func(index.Walk) {})
	require.NoError(b, err)
	for _, c := range []struct {
		name  string
		ready func()
	}{
		{"walked", func() {}},
		{"packed", func() {
			all, err := x.All(b.Context())
			require.NoError(b, err)
			require.NoError(b, x.Pack(b.Context(), &all))
		}},
		{"accounts", func() { require.NoError(b, store.Delete(b.Context(), s, "stack")) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.ready()
			for b.Loop() {
				all, err := x.All(b.Context())
				require.NoError(b, err)
				require.Equal(b, 100_000, all.List.Len())
				if c.name == "accounts" {
					c.ready()
				}
			}
		})
	}
}
