package apollo

import (
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// opportunityList is how the search is documented; POST takes the same, and is
// what Apollo's own programs use. Both count as one endpoint.
var opportunityList = &operation{
	name: OpOpportunitySearch, method: "GET", path: "/opportunities/search",
	right: "deals/api/v1/opportunities/search",
}

// OpportunityFilter says which opportunities a list holds, and in which order.
// As with [OpportunityQuery] every row is compared with it again.
type OpportunityFilter struct {
	AccountID crm.AccountID // only opportunities of this account; "" for all
	StageID   crm.StageID   // only opportunities at this stage; "" for all
	Name      string        // only opportunities with this in their name; "" for all
	Sort      Sort          // "" for newest first
	Ascending bool          // the other way round; for Sort only
	PerPage   int           // rows that each request asks for, 1 to MaxPerPage; otherwise MaxPerPage
	Get       bool          // ask with GET and a query in place of POST and a body
}

// Sort is an order of opportunities.
type Sort string

// The orders that Apollo documents: the largest, the closed, the won first.
const (
	SortAmount Sort = "amount"
	SortClosed Sort = "is_closed"
	SortWon    Sort = "is_won"
)

// ListOpportunities lists the team's opportunities that the filter lets through.
//
// https://docs.apollo.io/reference/list-all-deals
func (c *Client) ListOpportunities(filter OpportunityFilter) *List[crm.Opportunity] {
	return &List[crm.Opportunity]{
		client: c, ask: filter.call, member: "opportunities", keep: filter.fits,
		row: func(r *wire.Reader) (crm.Opportunity, bool) { return readOpportunity(r, nil) },
		id:  func(o crm.Opportunity) string { return string(o.ID) },
	}
}

// ListRecords is [Client.ListOpportunities] with all that Apollo knows of each.
//
// https://docs.apollo.io/reference/list-all-deals
func (c *Client) ListRecords(filter OpportunityFilter) *List[Record] {
	return &List[Record]{
		client: c, ask: filter.call, member: "opportunities", row: readRecord,
		keep: func(r Record) bool { return filter.fits(r.Opportunity) },
		id:   func(r Record) string { return string(r.ID) },
	}
}

func (f OpportunityFilter) fits(o crm.Opportunity) bool {
	return OpportunityQuery{AccountID: f.AccountID, Name: f.Name}.fits(o) && (f.StageID == "" || o.StageID == f.StageID)
}

func (f OpportunityFilter) call(page int) call {
	perPage := f.PerPage
	if perPage < 1 || perPage > MaxPerPage {
		perPage = MaxPerPage
	}
	if f.Get {
		return call{operation: opportunityList, query: f.params(page, perPage)}
	}
	body := new(wire.Writer).BeginObject()
	body.Member("page").Int(page).Member("per_page").Int(perPage)
	body.Text("account_id", string(f.AccountID)).Text("q_opportunity_name", f.Name)
	if f.StageID != "" {
		body.Member("opportunity_stage_ids").BeginArray().String(string(f.StageID)).EndArray()
	}
	if f.Sort != "" {
		body.Text("sort_by_field", string(f.Sort)).Member("sort_ascending").Bool(f.Ascending)
	}
	return call{operation: opportunitySearch, body: body.EndObject()}
}

func (f OpportunityFilter) params(page, perPage int) []Param {
	params := []Param{{"page", strconv.Itoa(page)}, {"per_page", strconv.Itoa(perPage)}}
	add := func(name, value string) {
		if value != "" {
			params = append(params, Param{name, value})
		}
	}
	add("account_id", string(f.AccountID))
	add("q_opportunity_name", f.Name)
	add("opportunity_stage_ids[]", string(f.StageID))
	add("sort_by_field", string(f.Sort))
	if f.Sort != "" {
		add("sort_ascending", strconv.FormatBool(f.Ascending))
	}
	return params
}
