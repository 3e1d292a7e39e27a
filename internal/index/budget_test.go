package index_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/store"
)

// counted counts what goes in and out of a store.
type counted struct {
	store.Memory
	transactions, read, written, bytes, wrote int
}

func (c *counted) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	records, err := c.Memory.Read(ctx, keys...)
	c.transactions++
	c.count(records)
	return records, err
}

func (c *counted) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	c.transactions++
	return c.Memory.Update(ctx, keys, func(read []store.Record) ([]store.Record, error) {
		c.count(read)
		write, err := change(read)
		c.written += len(write)
		for _, record := range write {
			c.wrote += len(record.Value)
		}
		return write, err
	})
}

func (c *counted) count(records []store.Record) {
	c.read += len(records)
	for _, r := range records {
		c.bytes += len(r.Value)
	}
}

func (c *counted) reset() { c.transactions, c.read, c.written, c.bytes, c.wrote = 0, 0, 0, 0, 0 }

// TestTheCostOfAClickDoesNotGrowWithTheTeam: a company is looked up, and a page
// that changed is kept, at the same cost in a team of a hundred times the size.
func TestTheCostOfAClickDoesNotGrowWithTheTeam(t *testing.T) {
	const each = 20
	type cost struct{ transactions, read, written int }
	var clicks, pages []cost
	var bytes, wrote []int
	for _, size := range []int{1_000, 100_000} {
		s := &counted{}
		x := index.New(s, func() time.Time { return morning })
		account := crm.Account{ID: id[crm.AccountID](7), Name: "Acme", Domain: "acme.com"}
		require.NoError(t, x.LearnCompany(t.Context(), account.Domain, []crm.Account{account}))
		for from := 0; from < size; from += 5_000 {
			var list []crm.Opportunity
			for n := from; n < min(from+5_000, size); n++ {
				list = append(list, deal(n, n/each))
			}
			require.NoError(t, x.LearnOpportunities(t.Context(), list))
		}

		s.reset()
		company, _, err := x.Open(t.Context(), account.Domain)
		require.NoError(t, err)
		listing, err := x.Opportunities(t.Context(), company.Accounts[0].ID)
		require.NoError(t, err)
		require.Len(t, listing.Opportunities, each)
		clicks, bytes = append(clicks, cost{s.transactions, s.read, s.written}), append(bytes, s.bytes)

		walk, err := x.Begin(t.Context())
		require.NoError(t, err)
		s.reset()
		var changed []crm.Opportunity
		for n := range 100 {
			changed = append(changed, deal(n, n/each))
		}
		_, err = x.LearnPage(t.Context(), walk, index.Page{Opportunities: changed, Total: size})
		require.NoError(t, err)
		pages, wrote = append(pages, cost{s.transactions, s.read, s.written}), append(wrote, s.wrote)
	}
	assert.Equal(t, clicks[0], clicks[1])
	assert.LessOrEqual(t, clicks[1].transactions, 2)
	assert.Less(t, bytes[1], 12_000, "bytes read for a click")
	assert.Equal(t, pages[0], pages[1])
	assert.Equal(t, 1, pages[1].transactions)
	assert.LessOrEqual(t, pages[1].written, 100/each+1+2, fmt.Sprint("records for a page of five accounts' opportunities: the walk, a sheet and the stack: ", pages))
	assert.InDelta(t, wrote[0], wrote[1], 200, "bytes written for a page, but for the digits of numbers")
	assert.Less(t, wrote[1], 32_000)
	t.Logf("bytes written for a page of 100 opportunities: %d in a small team, %d in a large one", wrote[0], wrote[1])
}
