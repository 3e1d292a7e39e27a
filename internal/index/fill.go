package index

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
)

// Page is one page of the team's list of opportunities, newest first.
type Page struct {
	Opportunities []crm.Opportunity
	Accounts      []crm.Account // theirs, as far as Apollo gave them along
	Total         int           // rows of all pages
	Last          bool          // nothing follows, and nothing was left out
	Cut           bool          // nothing follows, but Apollo left some out
}

// Lister gives a page of the team's list by its number, from 1. more is false
// where the next request would take what saving may need.
type Lister func(ctx context.Context, page int) (p Page, more bool, err error)

// Fill walks through the team's list until it ends, the rep pauses it, the
// lister says that it is enough for now, or it fails. Every page is kept at
// once; the next Fill goes on where this one stopped. progress is called after
// each page.
func (x *Index) Fill(ctx context.Context, list Lister, progress func(Walk)) (Walk, error) {
	walk, err := x.Begin(ctx)
	for more := true; err == nil && more && walk.UnderWay() && !walk.Paused; {
		var page Page
		if page, more, err = list(ctx, walk.Page); err != nil {
			break
		}
		if walk, err = x.LearnPage(ctx, walk, page); err == nil {
			progress(walk)
		}
		more = more && !page.Cut
	}
	return walk, err
}
