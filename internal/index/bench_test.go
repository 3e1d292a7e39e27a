package index_test

import (
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

// BenchmarkAll is what the pipeline page waits for: the same team, read whole.
func BenchmarkAll(b *testing.B) {
	x := index.New(&store.Memory{}, func() time.Time { return morning })
	for n := range 5_000 {
		list := make([]crm.Opportunity, 20)
		for i := range list {
			list[i] = deal(n*20+i, n)
		}
		require.NoError(b, x.LearnAll(b.Context(), id[crm.AccountID](n), list))
	}
	for b.Loop() {
		all, err := x.All(b.Context())
		require.NoError(b, err)
		require.Len(b, all.Opportunities, 100_000)
	}
}
