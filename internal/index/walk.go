package index

import (
	"bytes"
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Walk is the reading of the team's whole list of opportunities, page by page.
// Apollo has no filter by account that can be relied on, so the list is read
// once, newest first, and kept.
type Walk struct {
	Page     int       // the next page to read, from 1; 0 before the first walk
	Read     int       // rows read so far
	Total    int       // rows that Apollo says there are
	Started  time.Time // of the walk under way or finished last
	Finished time.Time // zero while one is under way
	Since    time.Time // when the last whole walk started: what it did not meet is gone
	Paused   bool      // by the rep: no page is asked for until the rep resumes it
}

// Complete says whether a whole walk was ever finished.
func (w Walk) Complete() bool { return !w.Since.IsZero() }

// UnderWay says whether a walk was started and not finished.
func (w Walk) UnderWay() bool { return w.Page > 0 && w.Finished.IsZero() }

// The pause has a record of its own: it is set while a page is being asked for,
// and that page is still kept.
const (
	walkKey  = "walk"
	pauseKey = "pause"
)

// Walk says how far the reading is.
func (x *Index) Walk(ctx context.Context) (Walk, error) {
	records, err := x.store.Read(ctx, walkKey, pauseKey)
	if err != nil {
		return Walk{}, err
	}
	return readWalk(records[0], records[1]), nil
}

func readWalk(walk, pause store.Record) Walk {
	w := decodeWalk(walk.Value)
	w.Paused = pause.Value != nil
	return w
}

// Pause keeps every Fill, in whatever context, from asking for a further page,
// until Resume. What was read stays.
func (x *Index) Pause(ctx context.Context) error {
	return store.Put(ctx, x.store, pauseKey, []byte("{}"))
}

// Resume takes a pause back; who calls it wakes the one that fills.
func (x *Index) Resume(ctx context.Context) error {
	return store.Delete(ctx, x.store, pauseKey)
}

// Begin starts a walk, or goes on with the one that is under way. A pause lets
// neither happen.
func (x *Index) Begin(ctx context.Context) (Walk, error) {
	var walk Walk
	err := x.store.Update(ctx, []string{walkKey, pauseKey, stackKey}, func(read []store.Record) ([]store.Record, error) {
		walk = readWalk(read[0], read[1])
		if walk.UnderWay() || walk.Paused {
			return nil, nil
		}
		walk = Walk{Page: 1, Started: x.clock(), Since: walk.Since}
		write := []store.Record{{Key: walkKey, Value: encodeWalk(walk)}}
		s, there := decodeStack(read[2].Value)
		if !there {
			s.since = walk.Started.UnixMilli()
		}
		s.begin()
		return append(write, s.record()), nil
	})
	return walk, err
}

// LearnPage keeps one page and moves the walk on by it, in one step, so that a
// walk cut off at any moment goes on where it was. If the team's list has
// become shorter meanwhile, rows may have slipped to a page that was read
// before, and the walk starts again.
//
// If the stored walk is not at walk any more (another context went on with it,
// or the index was emptied), nothing is kept and the stored walk is given.
func (x *Index) LearnPage(ctx context.Context, walk Walk, page Page) (Walk, error) {
	next := walk
	keys, byAccount := group(page.Opportunities)
	var on stack
	err := x.store.Update(ctx, append(keys, walkKey, pauseKey, stackKey), func(read []store.Record) ([]store.Record, error) {
		accounts, there, pause, stacked := read[:len(keys)], read[len(keys)], read[len(keys)+1], read[len(keys)+2]
		if !bytes.Equal(there.Value, encodeWalk(walk)) {
			next = readWalk(there, pause)
			return nil, nil
		}
		now := x.clock()
		next = walk.after(len(page.Opportunities), page.Total, page.Last, now)
		next.Paused = pause.Value != nil
		var learned sheet
		write := merge(accounts, byAccount, page.Accounts, now, func(i int, k known) {
			learned.accounts = append(learned.accounts, sheetAccount{id: crm.AccountID(keys[i][len(accountKey("")):]), name: k.name})
			for _, o := range byAccount[keys[i]] {
				learned.rows = append(learned.rows, sheetRow{i, seen{o, now}})
			}
		})
		top, s := laid(stacked, learned.layer(), func(s *stack) []store.Record {
			s.known = max(s.known, page.Total)
			if next.UnderWay() {
				return nil
			}
			return s.finish()
		})
		on = s
		write = append(append(write, store.Record{Key: walkKey, Value: encodeWalk(next)}), top...)
		return write, nil
	})
	if err != nil {
		return walk, err
	}
	if on.sheets.to-on.sheets.from >= bindAt {
		_ = x.bind(ctx, on) // the next page's does it
	}
	return next, nil
}

// after is the walk behind one more page.
func (w Walk) after(rows, total int, last bool, now time.Time) Walk {
	if w.Total > 0 && total < w.Total {
		return Walk{Page: 1, Total: total, Started: now, Since: w.Since}
	}
	w.Page, w.Read, w.Total = w.Page+1, w.Read+rows, total
	if last {
		w.Finished, w.Since = now, w.Started
	}
	return w
}
