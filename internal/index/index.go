package index

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Index is the index over a store, all of whose keys it uses.
type Index struct {
	store store.Store
	clock func() time.Time
}

// New gives the index over a store, in memory or durable.
func New(s store.Store, clock func() time.Time) *Index {
	return &Index{store: s, clock: clock}
}

// Company is what is known of a domain.
type Company struct {
	Learned  time.Time     // when Apollo last said so; zero: it was never asked
	Accounts []crm.Account // none if the team has none with this domain
	Chosen   crm.AccountID // the rep's choice among several, "" if there is none
}

// Team is what every company's form needs.
type Team struct {
	Learned time.Time // zero: never
	Stages  []crm.Stage
	Users   []crm.User
	Rep     crm.UserID // the user of the API key
}

const teamKey = "team"

func domainKey(d crm.Domain) string      { return "domain/" + string(d) }
func accountKey(id crm.AccountID) string { return "account/" + string(id) }

// Open reads what a click needs first: the company and the team.
func (x *Index) Open(ctx context.Context, d crm.Domain) (Company, Team, error) {
	records, err := x.store.Read(ctx, domainKey(d), teamKey)
	if err != nil {
		return Company{}, Team{}, err
	}
	return decodeCompany(records[0].Value), decodeTeam(records[1].Value), nil
}

// LearnCompany keeps Apollo's answer to "which accounts have this domain?". The
// rep's choice is kept while its account is among them.
func (x *Index) LearnCompany(ctx context.Context, d crm.Domain, accounts []crm.Account) error {
	return x.editCompany(ctx, d, func(c *Company) {
		c.Learned, c.Accounts = x.clock(), accounts
		for _, a := range accounts {
			if a.ID == c.Chosen {
				return
			}
		}
		c.Chosen = ""
	})
}

// LearnAccount adds one account to its domain's company: it was made or found
// while saving.
func (x *Index) LearnAccount(ctx context.Context, a crm.Account) error {
	return x.editCompany(ctx, a.Domain, func(c *Company) {
		c.Learned = x.clock()
		for i := range c.Accounts {
			if c.Accounts[i].ID == a.ID {
				c.Accounts[i] = a
				return
			}
		}
		c.Accounts = append(c.Accounts, a)
	})
}

// Choose remembers the rep's choice among the accounts of a domain.
func (x *Index) Choose(ctx context.Context, d crm.Domain, id crm.AccountID) error {
	return x.editCompany(ctx, d, func(c *Company) { c.Chosen = id })
}

func (x *Index) editCompany(ctx context.Context, d crm.Domain, edit func(*Company)) error {
	key := domainKey(d)
	return x.store.Update(ctx, []string{key}, func(read []store.Record) ([]store.Record, error) {
		company := decodeCompany(read[0].Value)
		edit(&company)
		return []store.Record{{Key: key, Value: encodeCompany(company)}}, nil
	})
}

// LearnTeam keeps the team's stages and users.
func (x *Index) LearnTeam(ctx context.Context, t Team) error {
	t.Learned = x.clock()
	return store.Put(ctx, x.store, teamKey, encodeTeam(t))
}

// Forget empties the index: another key may belong to another team.
func (x *Index) Forget(ctx context.Context) error {
	records, err := x.store.List(ctx, "")
	if err != nil {
		return err
	}
	keys := make([]string, len(records))
	for i, record := range records {
		keys[i] = record.Key
	}
	return store.Delete(ctx, x.store, keys...)
}
