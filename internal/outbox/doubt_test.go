package outbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// A team without a tag: what was saved offline in the evening is sent in the
// morning, without a question.
func TestWhatWasNeverSentIsNotAskedAbout(t *testing.T) {
	w := newWorld()
	w.apollo.tagless = true
	w.save(t, "a", create("Acme"))
	w.apollo.answer = func(string) error { return &crm.Error{Kind: crm.Unavailable} }
	w.drain(t)
	w.apollo.answer, w.apollo.calls = nil, nil
	w.restart("tuesday")
	w.let(t, policy.Quarantine)
	assert.Zero(t, w.apollo.count("create Acme"), "a loss of power may have taken the mark of a request")
	w.let(t, 3*time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Equal(t, []string{"named Acme", "named Acme", "named Acme", "create Acme"}, w.apollo.calls)
}

func TestWhatWasNeverSentMeetsANamesake(t *testing.T) {
	for name, c := range map[string]struct {
		tag  string
		want outbox.Question
	}{
		"it may be its own": {"", outbox.Unconfirmed},
		"another rep's":     {"another rep's", outbox.Exists},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "a", create("Acme"))
			w.apollo.store(create("Acme").Values, c.tag)
			w.restart("tuesday")
			w.let(t, time.Hour)
			assert.Equal(t, c.want, w.entry(t, "a").Question)
			assert.Zero(t, w.apollo.count("create Acme"))
		})
	}
}

// Two listings that tell were in vain; the worker died; the third tells nothing.
func TestAListingThatTellsNothingSendsNothing(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	w.apollo.store(create("Acme").Values, "")
	w.let(t, policy.Look+policy.Quarantine)
	w.clock.advance(2 * policy.MissesApart)
	d := &death{}
	died := false
	for ; w.entry(t, "a").Check.Misses < policy.Misses; d.moments++ {
		again := *d
		died = mortal(&again, func() { _, _ = w.box(mortalStore{w.store, &again}).Drain(t.Context(), w.apollo) })
	}
	require.True(t, died)
	require.Equal(t, outbox.Uncertain, w.entry(t, "a").State, "not asked yet")
	w.apollo.list = func(l *outbox.Listing) { l.Rows, l.Whole = nil, false }
	w.let(t, 30*time.Minute)
	assert.Zero(t, w.apollo.count("create Acme"))
}

func TestWhatTheRepSettledIsWatchedToo(t *testing.T) {
	w := proven(t)
	w.lost(t, true)
	require.NoError(t, w.Settle(t.Context(), "a"))
	w.apollo.store(create("Acme").Values, "a") // later than anybody promised
	w.let(t, 25*time.Hour)
	require.Equal(t, outbox.Duplicate, w.entry(t, "a").Question)
	require.NoError(t, w.Settle(t.Context(), "a"))
	w.let(t, 48*time.Hour)
	w.overdue(t)
	assert.NotContains(t, w.states(t), "a", "seen to: it is over")
}

// Without Apollo's clock only kept waits let its time pass.
func TestNobodyIsAskedBeforeApollosTimeIsOver(t *testing.T) {
	for name, blind := range map[string]func(*world){
		"it does not say its time": func(w *world) { w.apollo.list = func(l *outbox.Listing) { l.At = time.Time{} } },
		"the key may not look":     func(w *world) { w.apollo.answer = fail("named Acme", crm.Forbidden) },
	} {
		for how, jump := range map[string]time.Duration{"": 0, ", and the clock jumps on": 365 * 24 * time.Hour, ", and back": -time.Hour} {
			t.Run(name+how, func(t *testing.T) {
				w := proven(t)
				w.lost(t, false)
				blind(w)
				passed := time.Duration(0)
				for w.entry(t, "a").State == outbox.Uncertain && passed < 5*time.Hour {
					if jump != 0 {
						w.clock.advance(jump)
						w.drain(t)
					}
					next := w.drain(t).Next
					passed += max(next.Sub(w.clock.now), 0)
					w.clock.now = next
					w.drain(t)
				}
				require.Equal(t, outbox.Unconfirmed, w.entry(t, "a").Question)
				assert.Greater(t, passed, policy.Quarantine)
			})
		}
	}
}

// A look that tells nothing may hide what was made before: there is another one,
// but a team whose Apollo always answers so is not held up by that.
func TestACreateIsNotSentAfterTheFirstLookThatTellsNothing(t *testing.T) {
	w := newWorld()
	w.apollo.list = func(l *outbox.Listing) { l.Rows, l.Whole = nil, false }
	w.save(t, "a", create("Acme"))
	w.drain(t)
	require.Equal(t, outbox.Queued, w.entry(t, "a").State)
	assert.Contains(t, w.entry(t, "a").Failure.Message, "looks again")
	there := w.apollo.store(create("Acme").Values, "a") // by a sender whose entry was lost
	w.let(t, time.Second)
	assert.Equal(t, []string{"named Acme"}, w.apollo.calls)
	w.let(t, 2*time.Second)
	w.apollo.list = nil
	w.let(t, time.Minute)
	assert.Equal(t, there.ID, w.entry(t, "a").Opportunity)

	w = newWorld()
	w.apollo.list = func(l *outbox.Listing) { l.Whole = false }
	w.save(t, "a", create("Acme"))
	w.let(t, time.Minute)
	assert.Equal(t, []string{"named Acme", "named Acme", "named Acme", "create Acme"}, w.apollo.calls)
}
