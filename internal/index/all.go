package index

import (
	"context"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Everything is all that is known of the team's opportunities.
type Everything struct {
	List       List // in no order
	Companies  map[crm.AccountID]string
	Team       Team
	Walk       Walk      // the list is whole as of Walk.Since if Walk.Complete
	AsOf       time.Time // the oldest of what is shown; zero if there is nothing
	Unreadable int       // accounts whose records cannot be read: theirs are missing

	pack packing
}

// All reads the index whole: the one reading whose cost grows with the team. It
// reads the stack if that reaches far enough, and otherwise the accounts.
func (x *Index) All(ctx context.Context) (Everything, error) {
	const tries = 3 // what is read of the stack may be bound meanwhile
	for try := 1; ; try++ {
		first, err := x.store.Read(ctx, walkKey, pauseKey, teamKey, stackKey)
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
		s, ok := decodeStack(first[3].Value)
		if !ok || !s.reaches(all.Walk) || try > tries {
			return all, x.addAccounts(ctx, &all)
		}
		if whole, err := x.addStack(ctx, s, &all); whole || err != nil {
			return all, err
		}
	}
}

// addStack adds what a stack holds, or reports false, with nothing to be
// believed, where it is not as it should be.
func (x *Index) addStack(ctx context.Context, s stack, all *Everything) (whole bool, err error) {
	read, err := x.store.Read(ctx, s.keys()...)
	if err != nil {
		return false, err
	}
	p := newPile(milliseconds(all.Walk.Since))
	p.lines = make([]line, 0, max(0, min(s.rows, 1<<20)))
	for i, record := range slices.Backward(read) {
		if !p.add(record.Value, i < s.packed) {
			return false, nil
		}
		read[i].Value = nil
	}
	all.take(p)
	all.pack = packing{of: s, needed: s.whole != 1 || s.sheets.to-s.sheets.from > heapAt || s.rows > p.Len()*3/2+spare}
	return true, nil
}

// addAccounts adds what the accounts' records hold.
func (x *Index) addAccounts(ctx context.Context, all *Everything) error {
	all.pack = x.beginPacking(ctx)
	accounts, err := x.store.List(ctx, accountKey(""))
	if err != nil {
		return err
	}
	p, volume := newPile(noTime), sheet{}
	for i, record := range accounts {
		known, readable := decodeAccount(record.Value)
		accounts[i].Value = nil // a large team's records and its rows are not held at once
		id := crm.AccountID(record.Key[len(accountKey("")):])
		if !readable || !volume.addAccount(id, known, all.Walk.Since) {
			all.Unreadable++
		}
		if len(volume.rows) < volumeOf && i < len(accounts)-1 {
			continue
		}
		value, fits := volume.encode()
		if !fits || !p.add(value, true) {
			all.Unreadable += len(volume.accounts)
		}
		all.pack.values, volume = append(all.pack.values, value), sheet{rows: volume.rows[:0]}
	}
	all.take(p)
	return nil
}

// addAccount adds what is known of an account, and reports false if some of it
// has an id that is none.
func (s *sheet) addAccount(id crm.AccountID, k known, since time.Time) bool {
	if len(id) != idLength {
		return false
	}
	at, before := len(s.accounts), len(s.rows)
	for _, o := range k.all {
		if len(o.ID) != idLength || o.AccountID != id {
			s.rows = s.rows[:before]
			return false
		}
		if !o.at.Before(since) { // or the last whole walk did not meet it: it is gone
			s.rows = append(s.rows, sheetRow{at, o})
		}
	}
	s.accounts = append(s.accounts, sheetAccount{id: id, name: k.name})
	return true
}

func (all *Everything) take(p *pile) {
	all.List = p.List
	for _, account := range p.accounts {
		if account.name != "" {
			all.Companies[account.id] = account.name
		}
	}
	if p.oldest != noTime {
		all.AsOf = timeOf(p.oldest)
	}
}
