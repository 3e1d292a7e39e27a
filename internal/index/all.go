package index

import (
	"context"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Everything is all that is known of the team's opportunities.
type Everything struct {
	Opportunities []crm.Opportunity // in no order
	Companies     map[crm.AccountID]string
	Team          Team
	Walk          Walk      // the list is whole as of Walk.Since if Walk.Complete
	AsOf          time.Time // the oldest of what is shown; zero if there is nothing
	Unreadable    int       // accounts whose records cannot be read: theirs are missing
}

// All reads the index whole: the one reading whose cost grows with the team.
func (x *Index) All(ctx context.Context) (Everything, error) {
	first, err := x.store.Read(ctx, walkKey, pauseKey, teamKey)
	if err != nil {
		return Everything{}, err
	}
	all := Everything{
		Walk: readWalk(first[0], first[1]), Team: decodeTeam(first[2].Value), Companies: map[crm.AccountID]string{},
	}
	domains, err := x.store.List(ctx, domainKey(""))
	if err != nil {
		return Everything{}, err
	}
	for _, record := range domains {
		for _, a := range decodeCompany(record.Value).Accounts {
			all.Companies[a.ID] = a.Name
		}
	}
	accounts, err := x.store.List(ctx, accountKey(""))
	if err != nil {
		return Everything{}, err
	}
	// About as many as the team has: growing step by step costs a quarter more.
	all.Opportunities = slices.Grow(all.Opportunities, min(max(0, all.Walk.Read, all.Walk.Total), 1<<20))
	for i, record := range accounts {
		all.add(record)
		accounts[i].Value = nil // a large team's records and its rows are not held at once
	}
	return all, nil
}

func (all *Everything) add(record store.Record) {
	before, asOf := len(all.Opportunities), all.AsOf
	known, readable := eachOf(record.Value, func(s *seen) {
		if s.at.Before(all.Walk.Since) {
			return // the last whole walk did not meet it: it is gone
		}
		all.Opportunities = append(all.Opportunities, s.Opportunity)
		if all.AsOf.IsZero() || s.at.Before(all.AsOf) {
			all.AsOf = s.at
		}
	})
	if !readable {
		all.Unreadable++
		all.Opportunities, all.AsOf = all.Opportunities[:before], asOf
		return
	}
	if known.name != "" {
		all.Companies[crm.AccountID(record.Key[len(accountKey("")):])] = known.name
	}
}
