package index

import (
	"context"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// seen is an opportunity and when Apollo last showed it.
type seen struct {
	crm.Opportunity
	at time.Time
}

// Listing is what is known of an account's opportunities.
type Listing struct {
	Opportunities []crm.Opportunity // open ones first
	AsOf          time.Time         // the oldest of what is shown; zero if there is nothing
	Complete      bool              // nothing is missing, as of AsOf or Walk.Finished
	Walk          Walk              // how far the reading of the team's list is
}

// Opportunities gives what is known of an account.
func (x *Index) Opportunities(ctx context.Context, account crm.AccountID) (Listing, error) {
	records, err := x.store.Read(ctx, accountKey(account), walkKey)
	if err != nil {
		return Listing{}, err
	}
	all, complete := decodeAccount(records[0].Value)
	walk := decodeWalk(records[1].Value)
	listing := Listing{Walk: walk, Complete: !complete.IsZero() || walk.Complete()}
	for _, s := range all {
		if s.at.Before(walk.Since) {
			continue // the last whole walk did not meet it: it is gone
		}
		listing.Opportunities = append(listing.Opportunities, s.Opportunity)
		if listing.AsOf.IsZero() || s.at.Before(listing.AsOf) {
			listing.AsOf = s.at
		}
	}
	crm.SortOpportunities(listing.Opportunities)
	return listing, nil
}

// LearnOpportunities keeps opportunities that Apollo showed, of any accounts.
func (x *Index) LearnOpportunities(ctx context.Context, list []crm.Opportunity) error {
	return x.learn(ctx, list, "", nil)
}

// LearnAll keeps an account's opportunities when Apollo has shown all of them:
// what is not in the list is gone.
func (x *Index) LearnAll(ctx context.Context, account crm.AccountID, list []crm.Opportunity) error {
	key := accountKey(account)
	return x.store.Update(ctx, nil, func([]store.Record) ([]store.Record, error) {
		now := x.clock()
		all := make([]seen, len(list))
		for i, o := range list {
			all[i] = seen{o, now}
		}
		return []store.Record{{Key: key, Value: encodeAccount(all, now)}}, nil
	})
}

// learn merges opportunities into the records of their accounts, and writes
// one more record with them, in one step.
func (x *Index) learn(ctx context.Context, list []crm.Opportunity, extraKey string, extra []byte) error {
	byAccount := map[crm.AccountID][]crm.Opportunity{}
	var keys []string
	for _, o := range list {
		if _, known := byAccount[o.AccountID]; !known {
			keys = append(keys, accountKey(o.AccountID))
		}
		byAccount[o.AccountID] = append(byAccount[o.AccountID], o)
	}
	return x.store.Update(ctx, keys, func(read []store.Record) ([]store.Record, error) {
		now := x.clock()
		var write []store.Record
		for _, record := range read {
			all, complete := decodeAccount(record.Value)
			for _, o := range byAccount[crm.AccountID(record.Key[len("account/"):])] {
				all = slices.DeleteFunc(all, func(s seen) bool { return s.ID == o.ID })
				all = append(all, seen{o, now})
			}
			write = append(write, store.Record{Key: record.Key, Value: encodeAccount(all, complete)})
		}
		if extraKey != "" {
			write = append(write, store.Record{Key: extraKey, Value: extra})
		}
		return write, nil
	})
}
