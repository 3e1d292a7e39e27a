package outbox

import (
	"bytes"
	"cmp"
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Box is the outbox over a store, of which it uses the keys that begin with
// "entry/". Its methods may be called from several contexts on the same store.
type Box struct {
	store  store.Store
	clock  func() time.Time
	policy Policy
}

// Policy holds the waiting times.
type Policy struct {
	FirstWait time.Duration // after the first failure that is worth another try; doubled each time
	MaxWait   time.Duration
	Keep      time.Duration // how long a done entry is kept for the rep to see
}

// DefaultPolicy is what the product uses.
func DefaultPolicy() Policy {
	return Policy{FirstWait: 2 * time.Second, MaxWait: 5 * time.Minute, Keep: 24 * time.Hour}
}

// New gives the outbox over a durable store.
func New(s store.Store, clock func() time.Time, policy Policy) *Box {
	return &Box{store: s, clock: clock, policy: policy}
}

// Append stores a command. When it returns without error the entry is durable
// and may be called saved. The id is the form's. Appending the same command
// under the same id again gives the entry that is there; another command under
// it is an error of kind Conflict.
func (b *Box) Append(ctx context.Context, id string, command crm.Command) (Entry, error) {
	if err := command.Check(); err != nil {
		return Entry{}, err
	}
	now := b.clock()
	record := store.Record{Key: key(id), Value: encode(Entry{
		ID: id, Command: command, State: Queued, Saved: now, Changed: now, Revision: 1,
	})}
	// What cannot be read back must not be called saved.
	entry, err := read(record)
	if err != nil {
		return Entry{}, &crm.Error{Kind: crm.Internal, Op: "outbox.append", Err: err,
			Message: "Not saved: Dealmark cannot keep these values. What you typed is kept; change it and save again."}
	}
	saved := entry
	var refused *crm.Error
	err = b.store.Update(ctx, []string{key(id)}, func(found []store.Record) ([]store.Record, error) {
		if found[0].Value == nil {
			return []store.Record{record}, nil
		}
		there, err := read(found[0])
		if err != nil {
			refused = &crm.Error{Kind: crm.Internal, Op: "outbox.append", Err: err,
				Message: "Not saved: what was saved from this form before cannot be read. Start a new form; nothing was overwritten."}
			return nil, refused
		}
		if !sameCommand(there, entry) {
			refused = &crm.Error{Kind: crm.Conflict, Op: "outbox.append",
				Message: "This form was saved in another window already, with other values. Open the popup again to see what was saved."}
			return nil, refused
		}
		saved = there
		return nil, nil
	})
	switch {
	case refused != nil:
		return Entry{}, refused
	case err != nil:
		return Entry{}, &crm.Error{Kind: crm.Unavailable, Op: "outbox.append", Err: err,
			Message: "Not saved: the browser could not store it. What you typed is kept; free some disk space and save again."}
	}
	return saved, nil
}

// sameCommand compares by the stored form: it is what would be sent.
func sameCommand(a, b Entry) bool {
	return bytes.Equal(encode(Entry{Command: a.Command}), encode(Entry{Command: b.Command}))
}

// Damaged is a stored record that cannot be read. It is left as it is.
type Damaged struct {
	Key    string
	Record []byte
	Err    error
}

// List gives all entries, the latest saved first, and what cannot be read of
// the store.
func (b *Box) List(ctx context.Context) ([]Entry, []Damaged, error) {
	records, err := b.store.List(ctx, prefix)
	if err != nil {
		return nil, nil, err
	}
	var entries []Entry
	var damaged []Damaged
	for _, record := range records {
		entry, err := read(record)
		if err == nil {
			entries = append(entries, entry)
			continue
		}
		damaged = append(damaged, Damaged{record.Key, record.Value, err})
	}
	crm.Sort(entries, func(a, b Entry) int {
		return cmp.Or(b.Saved.Compare(a.Saved), cmp.Compare(a.ID, b.ID))
	})
	return entries, damaged, nil
}

// change rewrites one entry if it still is as the caller saw it; it reports
// false if it is not. That comparison, within the store's atomic update, is
// what makes a second sender harmless.
func (b *Box) change(ctx context.Context, entry *Entry, edit func(*Entry)) (bool, error) {
	var edited Entry
	ok := false
	err := b.store.Update(ctx, []string{key(entry.ID)}, func(found []store.Record) ([]store.Record, error) {
		there, err := read(found[0])
		if err != nil || there.Revision != entry.Revision {
			ok = false
			return nil, nil
		}
		edited = *entry
		edit(&edited)
		edited.Revision++
		if edited.State != entry.State {
			edited.Changed = b.clock()
		}
		ok = true
		return []store.Record{{Key: key(entry.ID), Value: encode(edited)}}, nil
	})
	if err != nil || !ok {
		return false, err
	}
	*entry = edited
	return true, nil
}
