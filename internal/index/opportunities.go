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

// known is what is stored of an account.
type known struct {
	name     string // the account's, "" if Apollo never gave it along
	all      []seen
	complete time.Time // when Apollo showed all of them at once; zero if it never did
	broken   time.Time // when a record that could not be read was begun anew: rows from before may be missing
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
	records, err := x.store.Read(ctx, accountKey(account), walkKey, pauseKey)
	if err != nil {
		return Listing{}, err
	}
	known, readable := decodeAccount(records[0].Value)
	walk := readWalk(records[1], records[2])
	walked := walk.Complete() && walk.Since.After(known.broken)
	listing := Listing{Walk: walk, Complete: readable && (walked || !known.complete.IsZero())}
	for _, s := range known.all {
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
// Those without an account belong to no company and are not kept.
func (x *Index) LearnOpportunities(ctx context.Context, list []crm.Opportunity) error {
	keys, byAccount := group(list)
	return x.store.Update(ctx, append(keys, stackKey), func(read []store.Record) ([]store.Record, error) {
		accounts, on, now := read[:len(keys)], read[len(keys)], x.clock()
		write := merge(accounts, byAccount, nil, now, func(int, known) {})
		top, _ := laid(on, copied(write, len(list)), nil)
		return append(write, top...), nil
	})
}

// LearnAll keeps an account's opportunities when Apollo has shown all of them:
// what is not in the list is gone.
func (x *Index) LearnAll(ctx context.Context, account crm.AccountID, list []crm.Opportunity) error {
	key := accountKey(account)
	return x.store.Update(ctx, []string{key, stackKey}, func(read []store.Record) ([]store.Record, error) {
		now := x.clock()
		before, _ := decodeAccount(read[0].Value)
		known := known{name: before.name, all: make([]seen, len(list)), complete: now}
		for i, o := range list {
			known.all[i] = seen{o, now}
		}
		write := []store.Record{{Key: key, Value: encodeAccount(known)}}
		top, _ := laid(read[1], copied(write, len(list)), nil)
		return append(write, top...), nil
	})
}

// group sorts opportunities by their account and gives the accounts' keys.
func group(list []crm.Opportunity) (keys []string, byAccount map[string][]crm.Opportunity) {
	byAccount = map[string][]crm.Opportunity{}
	for _, o := range list {
		if o.AccountID == "" {
			continue
		}
		key := accountKey(o.AccountID)
		if byAccount[key] == nil {
			keys = append(keys, key)
		}
		byAccount[key] = append(byAccount[key], o)
	}
	return keys, byAccount
}

// merge gives the records of accounts with opportunities that Apollo shows now,
// and with the accounts' names as far as it gives those. each is told what is
// known of each then.
func merge(read []store.Record, byAccount map[string][]crm.Opportunity, accounts []crm.Account, now time.Time, each func(int, known)) []store.Record {
	names := make(map[string]string, len(accounts))
	for _, a := range accounts {
		names[accountKey(a.ID)] = a.Name
	}
	write := make([]store.Record, len(read))
	for i, record := range read {
		known, readable := decodeAccount(record.Value)
		if !readable {
			known.broken = now
		}
		if name := names[record.Key]; name != "" {
			known.name = name
		}
		for _, o := range byAccount[record.Key] {
			known.all = slices.DeleteFunc(known.all, func(s seen) bool { return s.ID == o.ID })
			known.all = append(known.all, seen{o, now})
		}
		each(i, known)
		write[i] = store.Record{Key: record.Key, Value: encodeAccount(known)}
	}
	return write
}
