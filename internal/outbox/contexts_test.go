package outbox_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// meeting is a moment at which, instead of death, another worker comes by.
func meeting(at int, happens func()) *death { return &death{moments: at, instead: happens} }

// Two workers drain the same store although the lock should forbid it. The
// second one's whole drain runs at every moment of the first one's.
func TestTwoWorkersNeverSendTwice(t *testing.T) {
	requests := map[string]string{"1": "create Acme", "2": "create Globex", "3": "update 4 Initech", "4": "update 4 Hooli"}
	met := 0
	for moment := 0; ; moment++ {
		w := newWorld()
		w.save(t, "1", createWithAccount("Acme", "acme.com"))
		w.save(t, "2", create("Globex"))
		w.save(t, "3", update(4, "Initech"))
		w.save(t, "4", update(4, "Hooli"))
		happened := false
		m := meeting(moment, func() { happened = true; w.drain(t) })
		_, err := w.box(mortalStore{w.store, m}).Drain(t.Context(), mortalSender{w.apollo, m})
		require.NoError(t, err)
		w.drain(t)
		w.drain(t)
		if !happened {
			met = moment
			break
		}
		for id, state := range w.states(t) {
			sent := w.apollo.count(requests[id])
			require.LessOrEqual(t, sent, 1, "moment %d: %s was sent twice: %v", moment, requests[id], w.apollo.calls)
			if state == outbox.Done {
				require.Equal(t, 1, sent, "moment %d: %s is called done and was not sent", moment, requests[id])
			}
		}
		require.Len(t, w.apollo.accounts, 1)
		require.NotContains(t, w.states(t), outbox.Sending)
	}
	assert.Greater(t, met, 20, "moments at which they met")
}

// The second worker comes by within the request itself: the hardest moment.
func TestAWorkerFindsAnothersRequestUnderWay(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	w.save(t, "b", create("Globex"))
	other := w.box(w.store)
	w.apollo.answer = func(call string) error {
		if call == "create Acme" && w.apollo.count(call) == 1 {
			_, err := other.Drain(t.Context(), w.apollo)
			require.NoError(t, err)
		}
		return nil
	}
	w.drain(t)
	assert.Equal(t, 1, w.apollo.count("create Acme"))
	assert.Equal(t, 1, w.apollo.count("create Globex"))
	assert.Equal(t, map[string]outbox.State{"a": outbox.Done, "b": outbox.Done}, w.states(t),
		"who finds it half-sent cannot know that its sender lives; the answer still counts")
}

// Popups and a worker write at once; every save counts.
func TestSavesDuringADrainAreKept(t *testing.T) {
	w := newWorld()
	w.save(t, "0", create("deal 0"))
	saved := 1
	w.apollo.answer = func(string) error {
		if saved < 20 {
			w.save(t, strconv.Itoa(saved), create("deal "+strconv.Itoa(saved)))
			saved++
		}
		return nil
	}
	for range 20 {
		w.drain(t)
	}
	states := w.states(t)
	assert.Len(t, states, 20)
	for id, state := range states {
		assert.Equal(t, outbox.Done, state, id)
		assert.Equal(t, 1, w.apollo.count("create deal "+id))
	}
}

// A rep discards what a worker has in its hands.
func TestDiscardAgainstADrain(t *testing.T) {
	for moment := 0; ; moment++ {
		w := newWorld()
		w.save(t, "a", create("Acme"))
		happened := false
		var discarded error
		m := meeting(moment, func() { happened = true; discarded = w.Discard(t.Context(), "a") })
		_, err := w.box(mortalStore{w.store, m}).Drain(t.Context(), mortalSender{w.apollo, m})
		require.NoError(t, err)
		if !happened {
			break
		}
		w.drain(t)
		sent := w.apollo.count("create Acme")
		require.LessOrEqual(t, sent, 1)
		if discarded != nil {
			require.Equal(t, crm.Conflict, crm.KindOf(discarded))
			require.Equal(t, outbox.Done, w.entry(t, "a").State, "moment %d", moment)
			continue
		}
		require.Equal(t, outbox.Discarded, w.entry(t, "a").State, "moment %d", moment)
	}
}
