package apollo

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// MaxPerPage is the longest page that Apollo gives.
const MaxPerPage = 100

// OpportunityQuery asks for opportunities, newest first unless sorted otherwise.
// Apollo documents no filter for them and ignores what it does not know without
// an error: every row is compared with the query again.
type OpportunityQuery struct {
	Page      int           // from 1; less means 1
	PerPage   int           // 1 to MaxPerPage; otherwise MaxPerPage
	AccountID crm.AccountID // a hint: only opportunities of this account; "" for all
	Name      string        // only opportunities with this in their name; "" for all
}

// fits says whether o is what the query asks for.
func (q OpportunityQuery) fits(o crm.Opportunity) bool {
	return (q.AccountID == "" || o.AccountID == q.AccountID) && holds(o.Name, q.Name)
}

// holds says whether text holds part, whatever their case.
func holds(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimSpace(part)))
}
