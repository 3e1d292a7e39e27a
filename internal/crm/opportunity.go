package crm

import (
	"cmp"
	"strings"
	"time"
)

// Opportunity is a possible deal with a company, as Apollo has it.
type Opportunity struct {
	ID        OpportunityID
	Values           // what a rep can see and change
	Closed    bool   // by its stage
	Won       bool   // by its stage
	StageName string // as Apollo gives it; usually empty: see Stages
	CreatedAt time.Time

	LastActivityAt time.Time // as Apollo counts activity; zero where it does not say
}

// SortOpportunities puts open ones before closed ones, then the nearest close
// date first (none last), then by name.
func SortOpportunities(list []Opportunity) {
	Sort(list, func(a, b Opportunity) int {
		switch {
		case a.Closed != b.Closed:
			if a.Closed {
				return 1
			}
			return -1
		case a.CloseDate.IsSet() != b.CloseDate.IsSet():
			if b.CloseDate.IsSet() {
				return 1
			}
			return -1
		}
		return cmp.Or(
			a.CloseDate.Compare(b.CloseDate),
			strings.Compare(a.Name, b.Name),
			cmp.Compare(a.ID, b.ID),
		)
	})
}
