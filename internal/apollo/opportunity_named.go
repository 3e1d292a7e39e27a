package apollo

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/wire"
)

// maxNamedPages is how many pages [Client.OpportunitiesNamed] reads: 500
// opportunities of one name.
const maxNamedPages = 5

// Named is what Apollo lists under a name. The filter by name is not documented:
// the rows may be any.
type Named struct {
	Rows  []Tagged
	Whole bool      // all pages were read, none changed meanwhile, and Apollo kept nothing back
	At    time.Time // Apollo's clock as it answered first; zero if it did not say
}

// OpportunitiesNamed lists the opportunities with a name, newest first, with
// what stands in the custom field tagged; "" for none. It is for finding out
// whether a write was stored, and may use the last of a window's requests.
//
// https://docs.apollo.io/reference/list-all-deals
func (c *Client) OpportunitiesNamed(ctx context.Context, name string, tagged FieldID) (Named, error) {
	var all Named
	total := 0
	row := func(r *wire.Reader) (Tagged, bool) { return readTagged(r, tagged) }
	for number := 1; number <= maxNamedPages; number++ {
		var page Page[Tagged]
		var at time.Time
		call := OpportunityFilter{Name: name}.call(number)
		call.at = &at
		err := c.do(ctx, call, func(r *wire.Reader) { page = readPage(r, "opportunities", row, nil) })
		if err != nil {
			return Named{}, err
		}
		if number == 1 {
			all.At, total = at, page.Total
		}
		all.Rows = append(all.Rows, page.Rows...)
		whole := page.Total == total && !page.Partial && page.Skipped == 0 && (page.Number == number || page.Number == 0)
		switch last := number >= page.Pages; {
		case !whole, page.rows() == 0 && !last:
			return all, nil
		case last:
			all.Whole = len(all.Rows) == total
			return all, nil
		}
	}
	return all, nil
}
