package apollo

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// MaxPerPage is the longest page that Apollo gives.
const MaxPerPage = 100

var opportunitySearch = &operation{
	name: OpOpportunitySearch, method: "POST", path: "/opportunities/search",
	right: "deals/api/v1/opportunities/search",
}

// OpportunityQuery asks for a page of opportunities. Apollo documents no filter
// for them and ignores what it does not know without an error: see
// [OpportunityPage.Ignored].
type OpportunityQuery struct {
	Page      int           // from 1; less means 1
	PerPage   int           // 1 to MaxPerPage; otherwise MaxPerPage
	AccountID crm.AccountID // a hint: only opportunities of this account; "" for all
	Name      string        // only opportunities with this in their name; "" for all
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
	asked := pagination{page: max(query.Page, 1), perPage: query.PerPage}
	if asked.perPage < 1 || asked.perPage > MaxPerPage {
		asked.perPage = MaxPerPage
	}
	body := new(wire.Writer).BeginObject()
	body.Member("page").Int(asked.page).Member("per_page").Int(asked.perPage)
	body.Text("account_id", string(query.AccountID)).Text("q_opportunity_name", query.Name)
	body.EndObject()

	var page OpportunityPage
	at := asked
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
	page.Ignored = query.ignored(page.Opportunities)
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

// ignored says whether a row is one that the query's filters would have kept
// out.
func (q OpportunityQuery) ignored(rows []crm.Opportunity) bool {
	wanted := strings.ToLower(strings.TrimSpace(q.Name))
	for _, o := range rows {
		if q.AccountID != "" && o.AccountID != q.AccountID || !strings.Contains(strings.ToLower(o.Name), wanted) {
			return true
		}
	}
	return false
}
