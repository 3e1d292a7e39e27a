package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Retry queues an entry to be sent at once: one that waits, was refused or is
// blocked. A done one is an error of kind Conflict, and so is one that has
// become uncertain since the rep looked: it might be made twice.
func (b *Box) Retry(ctx context.Context, id string) error {
	return b.resolve(ctx, id, func(e Entry) error {
		switch e.State {
		case Uncertain:
			return errUncertain
		case Done:
			return errDone
		}
		return nil
	}, requeue)
}

// Resend is the rep's word that Apollo does not have what an uncertain entry
// asked for, and queues it again. An entry in another state is an error of kind
// Conflict.
func (b *Box) Resend(ctx context.Context, id string) error {
	return b.resolve(ctx, id, uncertain, requeue)
}

func requeue(e *Entry) {
	e.State, e.Step, e.Failure, e.Next = Queued, NoStep, nil, time.Time{}
}

// Settle is the rep's word that Apollo has what an uncertain entry asked for.
// An entry in another state is an error of kind Conflict: one that was not sent
// would be lost.
func (b *Box) Settle(ctx context.Context, id string) error {
	return b.resolve(ctx, id, uncertain, func(e *Entry) { e.State, e.Step, e.Failure = Done, NoStep, nil })
}

// uncertain is what the rep's word about Apollo takes.
func uncertain(e Entry) error {
	switch e.State {
	case Uncertain:
		return nil
	case Done:
		return errDone
	}
	return errNotUncertain
}

// Discard forgets an entry, also one that cannot be read.
func (b *Box) Discard(ctx context.Context, id string) error {
	return b.store.Update(ctx, []string{key(id)}, func(found []store.Record) ([]store.Record, error) {
		if entry, err := read(found[0]); err == nil && entry.State == Sending {
			return nil, errUnderWay
		}
		return []store.Record{{Key: key(id)}}, nil
	})
}

// Find gives one entry.
func (b *Box) Find(ctx context.Context, id string) (Entry, error) {
	value, err := store.Get(ctx, b.store, key(id))
	if err != nil {
		return Entry{}, err
	}
	if value == nil {
		return Entry{}, &crm.Error{Kind: crm.NotFound, Message: "This entry is not there any more. It may have been settled in another window."}
	}
	return read(store.Record{Key: key(id), Value: value})
}

// Unblock queues what waits for a key or a right: the settings have changed.
// An entry that somebody else moves on meanwhile is left to them.
func (b *Box) Unblock(ctx context.Context) error {
	entries, _, err := b.List(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, entry := range entries {
		if entry.State == Blocked {
			_, err := b.change(ctx, &entry, requeue)
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

var (
	errUnderWay     = &crm.Error{Kind: crm.Conflict, Message: "This is being sent at the moment. Try again in a few seconds."}
	errDone         = &crm.Error{Kind: crm.Conflict, Message: "This is done: Apollo has it. Nothing was sent again."}
	errUncertain    = &crm.Error{Kind: crm.Conflict, Message: "This may have reached Apollo meanwhile. Look there first, then say here what you found."}
	errNotUncertain = &crm.Error{Kind: crm.Conflict, Message: "This was not sent to Apollo yet. Send it or discard it."}
)

// resolve edits an entry that is not under way and that allowed does not
// refuse.
func (b *Box) resolve(ctx context.Context, id string, allowed func(Entry) error, edit func(*Entry)) error {
	entry, err := b.Find(ctx, id)
	if err != nil {
		return err
	}
	if entry.State == Sending {
		return errUnderWay
	}
	if err := allowed(entry); err != nil {
		return err
	}
	ok, err := b.change(ctx, &entry, edit)
	if err == nil && !ok {
		err = errUnderWay
	}
	return err
}
