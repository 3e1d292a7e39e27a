package index

import (
	"context"
	"strings"
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
	ChosenAt []HostChoice  // and for hosts of the domain that have one of their own
}

// HostChoice is the rep's choice for the pages of a host and those below it.
type HostChoice struct {
	Host    string
	Account crm.AccountID
}

// For is the choice that counts on a host: its own, that of the nearest name
// above it, or the domain's.
func (c Company) For(host string) crm.AccountID {
	for name := host; name != ""; _, name, _ = strings.Cut(name, ".") {
		for _, choice := range c.ChosenAt {
			if choice.Host == name {
				return choice.Account
			}
		}
	}
	return c.Chosen
}

// has says whether an account is one of the company's.
func (c Company) has(id crm.AccountID) bool {
	for _, a := range c.Accounts {
		if a.ID == id {
			return true
		}
	}
	return false
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
		if !c.has(c.Chosen) {
			c.Chosen = ""
		}
		before := c.ChosenAt
		c.ChosenAt = nil
		for _, choice := range before {
			if c.has(choice.Account) {
				c.ChosenAt = append(c.ChosenAt, choice)
			}
		}
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

// Choose remembers the rep's choice among the accounts of a domain, made on a
// page of host: what is chosen at the domain's bare name or www holds for all of
// its hosts that have no choice of their own.
func (x *Index) Choose(ctx context.Context, d crm.Domain, host string, id crm.AccountID) error {
	host = strings.TrimPrefix(host, "www.")
	return x.editCompany(ctx, d, func(c *Company) {
		if host == string(d) || host == "" {
			c.Chosen = id
			return
		}
		for i := range c.ChosenAt {
			if c.ChosenAt[i].Host == host {
				c.ChosenAt[i].Account = id
				return
			}
		}
		c.ChosenAt = append(c.ChosenAt, HostChoice{host, id})
	})
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
