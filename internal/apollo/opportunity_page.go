package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var opportunitySearch = &operation{
	name: OpOpportunitySearch, method: "POST", path: "/opportunities/search",
	right: "deals/api/v1/opportunities/search",
}

// OpportunityPage is a page of opportunities, newest first.
type OpportunityPage struct {
	Opportunities []crm.Opportunity
	Accounts      []crm.Account // those that the rows carry, each once
	Page          int           // as Apollo says, which may not be the one asked for
	PerPage       int
	Total         int  // of all pages, when this one was made
	Pages         int  // 0 for an empty list
	Partial       bool // Apollo left some out of the whole list
	Ignored       bool // a row is not what was asked for: the filter had no effect
	Skipped       int  // rows that could not be read
}

// OpportunityPage reads one page of the team's opportunities.
//
// https://docs.apollo.io/reference/list-all-deals
func (c *Client) OpportunityPage(ctx context.Context, query OpportunityQuery) (OpportunityPage, error) {
	at := pagination{page: max(query.Page, 1), perPage: query.PerPage}
	if at.perPage < 1 || at.perPage > MaxPerPage {
		at.perPage = MaxPerPage
	}
	body := new(wire.Writer).BeginObject()
	body.Member("page").Int(at.page).Member("per_page").Int(at.perPage)
	body.Text("account_id", string(query.AccountID)).Text("q_opportunity_name", query.Name)
	body.EndObject()
	var page OpportunityPage
	err := c.do(ctx, call{operation: opportunitySearch, body: body}, func(r *wire.Reader) {
		envelope(r, func(name []byte) bool {
			switch string(name) {
			case "opportunities":
				if !r.Is('[') && !r.Is('n') {
					return false
				}
				page.readRows(r)
				return true
			case "pagination":
				at.read(r)
			case "partial_results_only":
				page.Partial = truth(r)
			}
			return false
		})
	})
	if err != nil {
		return OpportunityPage{}, err
	}
	page.Page, page.PerPage, page.Total, page.Pages = at.page, at.perPage, at.total, at.pages
	for _, o := range page.Opportunities {
		page.Ignored = page.Ignored || !query.fits(o)
	}
	return page, nil
}

func (p *OpportunityPage) readRows(r *wire.Reader) {
	seen := map[crm.AccountID]bool{}
	p.Skipped += rows(r, func() bool {
		o, ok := readOpportunity(r, func(id crm.AccountID) {
			if seen[id] {
				return // skipped by the reader, which is much cheaper
			}
			if account, ok := readAccount(r); ok && !seen[account.ID] {
				seen[account.ID] = true
				p.Accounts = append(p.Accounts, account)
			}
		})
		if ok {
			p.Opportunities = append(p.Opportunities, o)
		}
		return ok
	})
}
