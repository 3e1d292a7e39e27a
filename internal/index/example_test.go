package index_test

import (
	"context"
	"fmt"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

// What Apollo said once is shown at the next click without asking it.
func Example() {
	ctx := context.Background()
	clock := func() time.Time { return time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC) }
	x := index.New(&store.Memory{}, clock)
	account := crm.Account{ID: "64f000000000000000000001", Name: "Acme", Domain: "acme.com"}
	_ = x.LearnCompany(ctx, "acme.com", []crm.Account{account})
	_ = x.LearnAll(ctx, account.ID, []crm.Opportunity{
		{ID: "64f000000000000000000002", Values: crm.Values{Name: "Acme rollout", AccountID: account.ID}},
	})

	company, _, _ := x.Open(ctx, "acme.com")
	listing, _ := x.Opportunities(ctx, company.Accounts[0].ID)
	fmt.Println(company.Accounts[0].Name, "has", listing.Opportunities[0].Name)
	fmt.Println("complete:", listing.Complete, "as of", listing.AsOf.Format(time.TimeOnly))
	// Output:
	// Acme has Acme rollout
	// complete: true as of 09:00:00
}
