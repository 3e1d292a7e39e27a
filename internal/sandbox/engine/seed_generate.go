package engine

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// dealsPerAccount is how many of the generated opportunities an account gets on average.
const dealsPerAccount = 8

// WithOpportunities is the seed with generated opportunities added until there
// are n, spread over generated accounts and over two years, in between the
// others. The same n gives the same opportunities. A seed that has n keeps what it has.
func (s Seed) WithOpportunities(n int) Seed {
	missing := n - len(s.Opportunities)
	if missing <= 0 {
		return s
	}
	random := rand.New(rand.NewPCG(uint64(n), 0xdea1))
	s.Accounts = slices.Clip(s.Accounts)
	s.Opportunities = slices.Grow(slices.Clip(s.Opportunities), missing)
	companies := (missing + dealsPerAccount - 1) / dealsPerAccount
	first := len(s.Accounts)
	for i := range companies {
		number := strconv.Itoa(i + 1)
		name := pick(random, nameStarts) + " " + pick(random, nameEnds) + " " + number
		s.Accounts = append(s.Accounts, Account{
			ID: seedID(generatedAccountIDs, i+1), Name: name, Domain: "company-" + number + ".test", Age: 730 * day,
		})
	}
	for i := range missing {
		a := s.Accounts[first+random.IntN(companies)]
		o := Opportunity{
			ID: seedID(generatedOpportunityIDs, i+1), Name: a.Name + ": " + pick(random, subjects), Account: a.ID,
			Amount: strconv.Itoa(100 * (1 + random.IntN(2000))), ClosesIn: 1 + random.IntN(180),
			Age: time.Duration(1+random.IntN(730*24*60)) * time.Minute,
		}
		if len(s.Users) > 0 {
			o.Owner = s.Users[random.IntN(len(s.Users))].ID
		}
		if len(s.Stages) > 0 {
			o.Stage = s.Stages[random.IntN(len(s.Stages))].ID
		}
		s.Opportunities = append(s.Opportunities, o)
	}
	return s
}

var (
	nameStarts = []string{"Alder", "Birch", "Cedar", "Dover", "Ember", "Falcon", "Granite", "Harbour", "Iris", "Juniper", "Keystone", "Lumen"}
	nameEnds   = []string{"Logistics", "Foods", "Systems", "Energy", "Textiles", "Optics", "Marine", "Printing"}
	subjects   = []string{"renewal", "pilot", "expansion", "licences", "support", "training", "migration", "new site"}
)

func pick(random *rand.Rand, words []string) string { return words[random.IntN(len(words))] }
