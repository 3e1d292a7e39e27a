package apollo

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// For the tests that hold them against package time.
var (
	Timestamp = timestamp
	HTTPDate  = httpDate
)

// Stream reads a search answer of any length as [Client.OpportunityPage] does,
// and gives its rows one by one.
func Stream(document []byte, row func(crm.Opportunity)) error {
	r := wire.NewReader(document)
	envelope(r, func(name []byte) bool {
		if string(name) != "opportunities" {
			return false
		}
		rows(r, func() bool {
			o, ok := readOpportunity(r, func(crm.AccountID) {})
			if ok {
				row(o)
			}
			return ok
		})
		return true
	})
	return r.End()
}
