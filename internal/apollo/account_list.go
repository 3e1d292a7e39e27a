package apollo

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// AccountQuery asks for accounts. At least the name is needed to keep the list
// short: Apollo searches by name only.
type AccountQuery struct {
	Name   string     // only accounts with this in their name; "" for all
	Domain crm.Domain // only accounts of this domain; "" for all
}

// ListAccounts lists the team's accounts that fit the query. Apollo ignores what
// it does not know, so that every row is compared with the query again; it has
// no filter by domain, so that one is done here alone.
//
// https://docs.apollo.io/reference/search-for-accounts
func (c *Client) ListAccounts(query AccountQuery) *List[crm.Account] {
	return &List[crm.Account]{
		client: c, member: "accounts", row: readAccount, keep: query.fits,
		id: func(a crm.Account) string { return string(a.ID) },
		ask: func(page int) call {
			body := new(wire.Writer).BeginObject().Text("q_organization_name", strings.TrimSpace(query.Name))
			body.Member("page").Int(page).Member("per_page").Int(MaxPerPage)
			return call{operation: accountSearch, body: body.EndObject()}
		},
	}
}

func (q AccountQuery) fits(a crm.Account) bool {
	return (q.Domain == "" || a.Domain == q.Domain) && holds(a.Name, q.Name)
}
