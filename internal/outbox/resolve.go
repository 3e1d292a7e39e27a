package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Retry queues an entry to be sent at once: one that waits, was refused, is
// blocked or is uncertain. For an uncertain one this is the rep's word that
// Apollo does not have it.
func (b *Box) Retry(ctx context.Context, id string) error {
	return b.resolve(ctx, id, func(e *Entry) {
		e.State, e.Step, e.Failure, e.Next = Queued, NoStep, nil, time.Time{}
	})
}

// Settle is the rep's word that Apollo has what an uncertain entry asked for.
func (b *Box) Settle(ctx context.Context, id string) error {
	return b.resolve(ctx, id, func(e *Entry) { e.State, e.Failure = Done, nil })
}

// Discard forgets an entry, also one that cannot be read.
func (b *Box) Discard(ctx context.Context, id string) error {
	return b.store.Update(ctx, []string{key(id)}, func(read []store.Record) ([]store.Record, error) {
		if entry, err := decode(read[0].Value); err == nil && entry.State == Sending {
			return nil, errUnderWay
		}
		return []store.Record{{Key: key(id)}}, nil
	})
}

// Find gives one entry.
func (b *Box) Find(ctx context.Context, id string) (Entry, error) {
	record, err := store.Get(ctx, b.store, key(id))
	if err != nil {
		return Entry{}, err
	}
	if record == nil {
		return Entry{}, &crm.Error{Kind: crm.NotFound, Message: "This entry is not there any more. It may have been settled in another window."}
	}
	return decode(record)
}

// Unblock queues what waits for a key or a right: the settings have changed.
func (b *Box) Unblock(ctx context.Context) error {
	entries, _, err := b.List(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, entry := range entries {
		if entry.State == Blocked {
			failed = append(failed, b.Retry(ctx, entry.ID))
		}
	}
	return errors.Join(failed...)
}

var errUnderWay = &crm.Error{Kind: crm.Conflict, Message: "This is being sent at the moment. Try again in a few seconds."}

func (b *Box) resolve(ctx context.Context, id string, edit func(*Entry)) error {
	entry, err := b.Find(ctx, id)
	if err != nil {
		return err
	}
	if entry.State == Sending {
		return errUnderWay
	}
	ok, err := b.change(ctx, &entry, edit)
	if err == nil && !ok {
		err = errUnderWay
	}
	return err
}
