package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
)

// OpportunitiesOf gives the newest opportunities, asking for those of one
// account. Apollo may ignore that: the list then holds other accounts' too.
// whole says that none of the account's is missing from it, which is so
// whenever one page held all that there was to give.
//
// https://docs.apollo.io/reference/list-all-deals
func (c *Client) OpportunitiesOf(ctx context.Context, account crm.AccountID) (list []crm.Opportunity, whole bool, err error) {
	page, err := c.OpportunityPage(ctx, OpportunityQuery{AccountID: account})
	// Without pagination nobody knows what is missing.
	one := page.Pages == 1 || page.Pages == 0 && len(page.Opportunities) == 0
	whole = err == nil && one && !page.Partial && page.Skipped == 0
	return page.Opportunities, whole, err
}
