package outbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// in gives a world with the entry "a", a create of Acme, in a state.
func in(t *testing.T, state outbox.State) *world {
	t.Helper()
	w := newWorld()
	w.save(t, "a", create("Acme"))
	kinds := map[outbox.State]crm.Kind{
		outbox.Queued: crm.Unavailable, outbox.Refused: crm.Invalid, outbox.Blocked: crm.Unauthorized, outbox.Uncertain: crm.Uncertain,
	}
	switch kind, failed := kinds[state]; {
	case failed:
		w.apollo.answer = fail("create Acme", kind)
		w.drain(t)
		w.apollo.answer = nil
	case state == outbox.Done:
		w.drain(t)
	case state == outbox.Discarded:
		require.NoError(t, w.Discard(t.Context(), "a"))
	case state == outbox.Asking:
		w.apollo.store(create("Acme").Values, "another's")
		w.drain(t)
	case state == outbox.Sending:
		w.apollo.answer = func(call string) error {
			if call == "create Acme" {
				panic("the browser dies")
			}
			return nil
		}
		assert.Panics(t, func() { w.drain(t) })
		w.apollo.answer = nil
	}
	require.Equal(t, state, w.entry(t, "a").State)
	w.apollo.calls = nil
	return w
}

// resend is the rep's word on what is there now.
func resend(b *outbox.Box, ctx context.Context, id string) error {
	seen, err := b.Find(ctx, id)
	if err != nil {
		return err
	}
	return b.Resend(ctx, seen)
}

func TestWhatTheRepMayDecide(t *testing.T) {
	const gone = outbox.Discarded
	conflict, fine := crm.Conflict, crm.Kind("")
	for _, c := range []struct {
		decision string
		do       func(*outbox.Box, context.Context, string) error
		from     outbox.State
		kind     crm.Kind
		to       outbox.State
		sent     int // requests of the next drain
	}{
		{"retry", (*outbox.Box).Retry, outbox.Queued, fine, outbox.Queued, 1},
		{"retry", (*outbox.Box).Retry, outbox.Refused, fine, outbox.Queued, 1},
		{"retry", (*outbox.Box).Retry, outbox.Blocked, fine, outbox.Queued, 1},
		{"retry", (*outbox.Box).Retry, outbox.Uncertain, conflict, outbox.Uncertain, 0},
		{"retry", (*outbox.Box).Retry, outbox.Asking, conflict, outbox.Asking, 0},
		{"retry", (*outbox.Box).Retry, outbox.Discarded, conflict, outbox.Discarded, 0},
		{"resend", resend, outbox.Asking, fine, outbox.Queued, 1},
		{"resend", resend, outbox.Uncertain, conflict, outbox.Uncertain, 0},
		{"resend", resend, outbox.Queued, conflict, outbox.Queued, 1},
		{"resend", resend, outbox.Refused, conflict, outbox.Refused, 0},
		{"resend", resend, outbox.Blocked, conflict, outbox.Blocked, 0},
		{"resend", resend, outbox.Sending, conflict, outbox.Sending, 0},
		{"resend", resend, outbox.Done, conflict, outbox.Done, 0},
		{"settle", (*outbox.Box).Settle, outbox.Asking, fine, outbox.Done, 0},
		{"restore", (*outbox.Box).Restore, outbox.Discarded, fine, outbox.Queued, 1},
		{"restore", (*outbox.Box).Restore, outbox.Done, conflict, outbox.Done, 0},
		{"retry", (*outbox.Box).Retry, outbox.Sending, conflict, outbox.Sending, 0},
		{"retry", (*outbox.Box).Retry, outbox.Done, conflict, outbox.Done, 0},
		{"settle", (*outbox.Box).Settle, outbox.Uncertain, fine, outbox.Done, 0},
		{"settle", (*outbox.Box).Settle, outbox.Queued, conflict, outbox.Queued, 1},
		{"settle", (*outbox.Box).Settle, outbox.Refused, conflict, outbox.Refused, 0},
		{"settle", (*outbox.Box).Settle, outbox.Blocked, conflict, outbox.Blocked, 0},
		{"settle", (*outbox.Box).Settle, outbox.Sending, conflict, outbox.Sending, 0},
		{"settle", (*outbox.Box).Settle, outbox.Done, conflict, outbox.Done, 0},
		{"discard", (*outbox.Box).Discard, outbox.Queued, fine, gone, 0},
		{"discard", (*outbox.Box).Discard, outbox.Refused, fine, gone, 0},
		{"discard", (*outbox.Box).Discard, outbox.Blocked, fine, gone, 0},
		{"discard", (*outbox.Box).Discard, outbox.Uncertain, fine, gone, 0},
		{"discard", (*outbox.Box).Discard, outbox.Done, fine, gone, 0},
		{"discard", (*outbox.Box).Discard, outbox.Sending, conflict, outbox.Sending, 0},
	} {
		t.Run(c.decision+" "+string(c.from), func(t *testing.T) {
			w := in(t, c.from)
			assert.Equal(t, c.kind, crm.KindOf(c.do(w.Box, t.Context(), "a")))
			entry := w.entry(t, "a")
			assert.Equal(t, c.to, entry.State)
			if c.kind == fine && c.to != gone && c.from != outbox.Uncertain {
				assert.Zero(t, entry.Next)
			}
			w.clock.advance(10 * time.Second)
			w.drain(t)
			assert.Equal(t, c.sent, w.apollo.count("create Acme"))
		})
	}
}

func TestDecisionsOnWhatIsNotThere(t *testing.T) {
	w := newWorld()
	assert.Equal(t, crm.NotFound, crm.KindOf(w.Retry(t.Context(), "a")))
	assert.Equal(t, crm.NotFound, crm.KindOf(w.Settle(t.Context(), "a")))
	assert.NoError(t, w.Discard(t.Context(), "a"), "it is gone, as was asked")
	_, err := w.Find(t.Context(), "a")
	assert.Equal(t, crm.NotFound, crm.KindOf(err))
}

// The rep's click and the worker's step may meet.
func TestADecisionThatComesTooLateIsAConflict(t *testing.T) {
	w := in(t, outbox.Blocked)
	require.NoError(t, w.Retry(t.Context(), "a"))
	late := w.box(&between{w.store, func() { w.drain(t) }})
	assert.Equal(t, crm.Conflict, crm.KindOf(late.Retry(t.Context(), "a")))
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	w.drain(t)
	assert.Equal(t, 1, w.apollo.count("create Acme"))
}

func TestUnblockQueuesWhatWaitsForAKey(t *testing.T) {
	w := newWorld()
	w.save(t, "b", create("Globex"))
	w.apollo.answer = fail("create Globex", crm.Uncertain)
	w.drain(t)
	w.save(t, "a", create("Acme"))
	w.apollo.answer = fail("create Acme", crm.Unauthorized)
	w.drain(t)
	w.apollo.answer = nil
	require.Equal(t, map[string]outbox.State{"a": outbox.Blocked, "b": outbox.Uncertain}, w.states(t))
	require.NoError(t, w.Unblock(t.Context()))
	assert.Equal(t, map[string]outbox.State{"a": outbox.Queued, "b": outbox.Uncertain}, w.states(t))
	w.drain(t)
	assert.Equal(t, map[string]outbox.State{"a": outbox.Done, "b": outbox.Uncertain}, w.states(t))
}

// Between its two steps another context unblocks, sends, and learns nothing.
func TestUnblockResendsNothingThatHasMovedOn(t *testing.T) {
	w := in(t, outbox.Blocked)
	slow := w.box(&between{w.store, func() {
		require.NoError(t, w.Unblock(t.Context()))
		w.apollo.answer = fail("create Acme", crm.Uncertain)
		w.drain(t)
	}})
	assert.NoError(t, slow.Unblock(t.Context()))
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
	w.clock.advance(time.Minute)
	w.drain(t)
	assert.Equal(t, 1, w.apollo.count("create Acme"))
}

// between is a store in which something happens before the first Update.
type between struct {
	*store.Memory
	happens func()
}

func (b *between) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	if happens := b.happens; happens != nil {
		b.happens = nil
		happens()
	}
	return b.Memory.Update(ctx, keys, change)
}

// Between the look and the removal another window sends it again.
func TestTakeLeavesWhatMovedOn(t *testing.T) {
	w := in(t, outbox.Refused)
	seen := w.entry(t, "a")
	slow := w.box(&between{w.store, func() {
		require.NoError(t, w.Retry(t.Context(), "a"))
		w.drain(t)
	}})
	assert.Equal(t, crm.Conflict, crm.KindOf(slow.Take(t.Context(), seen)), "else it would be edited, saved, and made twice")
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	w = in(t, outbox.Refused)
	require.NoError(t, w.Take(t.Context(), w.entry(t, "a")))
	assert.Empty(t, w.states(t))
}
