package outbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// byGateway gives a world whose commands go to a receiver that knows entries by
// their ids, over an Apollo that keeps no tags.
func byGateway() *world {
	w := newWorld()
	w.apollo.knows, w.apollo.tagless = map[string]outbox.Row{}, true
	w.switchTo(true)
	return w
}

// switchTo changes the team's settings.
func (w *world) switchTo(gateway bool) {
	w.policy.Idempotent = gateway
	w.Box = w.box(w.store)
}

func TestAReceiverThatKnowsIDsIsSimplyAskedAgain(t *testing.T) {
	for name, stored := range map[string]bool{"it arrived": true, "it did not": false} {
		t.Run(name, func(t *testing.T) {
			w := byGateway()
			w.apollo.answer = fail("create Acme", crm.Uncertain)
			w.apollo.commits = func(error) bool { return stored }
			w.save(t, "a", create("Acme"))
			var waits []time.Duration
			for range 12 {
				report := w.drain(t)
				require.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
				waits = append(waits, report.Next.Sub(w.clock.now)/time.Second)
				w.clock.now = report.Next
			}
			assert.Equal(t, []time.Duration{2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300}, waits)
			assert.Equal(t, 1, w.apollo.count("named Acme"), "one look, before the first request")
			assert.Equal(t, 12, w.apollo.count("create Acme"), "more often than Apollo would be asked")

			w.apollo.answer = nil
			report := w.drain(t)
			entry := w.entry(t, "a")
			assert.Equal(t, outbox.Done, entry.State)
			assert.Equal(t, w.apollo.made[0].ID, entry.Opportunity)
			assert.Len(t, w.apollo.made, 1)
			assert.Zero(t, report.Next, "no second one can turn up")
		})
	}
}

func TestAnUncertainUpdateIsSentAgainAtOnce(t *testing.T) {
	w := byGateway()
	w.apollo.answer = fail("update 4 Acme", crm.Uncertain)
	w.save(t, "a", update(4, "Acme"))
	w.drain(t)
	w.apollo.answer = nil
	w.let(t, time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Equal(t, []string{"view 4", "update 4 Acme", "view 4", "update 4 Acme"}, w.apollo.calls)
}

func TestWhatAGatewayMayHaveIsSentAgainAfterTheBrowsersStart(t *testing.T) {
	w := byGateway()
	w.save(t, "never sent", create("Globex"))
	w.save(t, "a", create("Acme"))
	w.apollo.answer = func(call string) error {
		if call == "create Acme" {
			panic("the browser dies")
		}
		return fail("named Globex", crm.Unavailable)(call)
	}
	require.Panics(t, func() { w.drain(t) })
	w.apollo.answer, w.apollo.calls = nil, nil
	w.restart("tuesday")
	w.let(t, time.Minute)
	assert.Equal(t, map[string]outbox.State{"a": outbox.Done, "never sent": outbox.Done}, w.states(t))
	assert.Equal(t, []string{"named Globex", "create Globex", "create Acme"}, w.apollo.calls)
}

func TestARefusedTokenLeavesNothingThatIsTakenForUnsent(t *testing.T) {
	w := byGateway()
	w.apollo.answer = fail("create Acme", crm.Uncertain)
	w.apollo.commits = func(error) bool { return true }
	w.save(t, "a", create("Acme"))
	w.drain(t)
	w.apollo.answer = fail("create Acme", crm.Unauthorized)
	w.let(t, time.Minute)
	require.Equal(t, outbox.Blocked, w.entry(t, "a").State)
	w.apollo.answer = nil
	require.NoError(t, w.Unblock(t.Context()))
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
	w.let(t, time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Len(t, w.apollo.made, 1)
}

func TestAnAnswerThatNamesAnotherEntryIsNone(t *testing.T) {
	w := byGateway()
	w.apollo.cross = func(r *outbox.Row) { r.Tag = "" }
	w.save(t, "a", create("Acme"))
	w.drain(t)
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
	w.apollo.cross = nil
	w.let(t, time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Len(t, w.apollo.made, 1)
}

// A change of the settings changes nothing for what may be under way already.
func TestWhatMayBeWithApolloKeepsItsRulesUnderAGateway(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	w.apollo.knows = map[string]outbox.Row{}
	w.switchTo(true)
	w.let(t, policy.Quarantine)
	assert.Zero(t, w.apollo.count("create Acme"))
	w.let(t, 5*time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}

func TestWhatMayBeWithAGatewayIsLookedForInApollo(t *testing.T) {
	for name, kind := range map[string]crm.Kind{"no answer": crm.Uncertain, "then a wait": crm.RateLimited, "then no network": crm.Unavailable} {
		t.Run(name, func(t *testing.T) {
			w := byGateway()
			w.apollo.tagless = false
			w.save(t, "a", create("Acme"))
			w.apollo.answer = fail("create Acme", crm.Uncertain)
			w.drain(t)
			w.apollo.answer = fail("create Acme", kind)
			w.clock.advance(time.Minute)
			w.drain(t)
			w.apollo.answer, w.apollo.calls, w.apollo.knows = nil, nil, nil
			w.switchTo(false)
			w.let(t, policy.Quarantine)
			assert.Zero(t, w.apollo.count("create Acme"), "the gateway may still have it carried out")
			w.apollo.store(create("Acme").Values, "a")
			w.let(t, time.Hour)
			assert.Equal(t, outbox.Done, w.entry(t, "a").State)
			assert.Len(t, w.apollo.made, 1)
		})
	}
}

func TestAnEntryNamesItselfToTheReceiver(t *testing.T) {
	assert.Empty(t, outbox.EntryID(t.Context()))
}

func TestWhatWasOnceSentToApolloIsNoLongerTheGateways(t *testing.T) {
	w := proven(t)
	w.apollo.knows = map[string]outbox.Row{}
	w.switchTo(true)
	w.save(t, "a", create("Acme"))
	w.switchTo(false)
	w.apollo.answer = fail("create Acme", crm.Uncertain)
	w.drain(t)
	w.apollo.answer, w.apollo.calls = nil, nil
	w.switchTo(true)
	w.let(t, policy.Quarantine)
	assert.Zero(t, w.apollo.count("create Acme"))
}

// The receiver may come to a question of its own. Under the same id it would ask it
// again, so the rep's word sends the entry as another one.
func TestAReceiverThatAsksIsAnsweredByTheRep(t *testing.T) {
	asked := func(t *testing.T) *world {
		w := byGateway()
		w.apollo.answer = fail("create Acme", crm.Conflict)
		w.apollo.commits = func(error) bool { return false }
		w.save(t, "a", create("Acme"))
		w.drain(t)
		require.Equal(t, outbox.Asking, w.entry(t, "a").State)
		assert.Equal(t, outbox.Unconfirmed, w.entry(t, "a").Question)
		w.let(t, time.Hour)
		assert.Equal(t, 1, w.apollo.count("create Acme"), "nobody has answered")
		w.apollo.answer = nil
		return w
	}
	t.Run("it is not there", func(t *testing.T) {
		w := asked(t)
		require.NoError(t, w.Resend(t.Context(), w.entry(t, "a")))
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t, "a").State)
		assert.Len(t, w.apollo.made, 1)
		assert.Contains(t, w.apollo.knows, "a.1")
		assert.NotContains(t, w.apollo.knows, "a")
	})
	t.Run("it is there", func(t *testing.T) {
		w := asked(t)
		require.NoError(t, w.Settle(t.Context(), "a"))
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t, "a").State)
		assert.Empty(t, w.apollo.made)
	})
	t.Run("to Apollo itself the id stays", func(t *testing.T) {
		w := asked(t)
		require.NoError(t, w.Resend(t.Context(), w.entry(t, "a")))
		w.switchTo(false)
		w.apollo.tagless = false
		w.let(t, time.Hour)
		require.Len(t, w.apollo.made, 1)
		assert.Equal(t, "a", w.apollo.tags[w.apollo.made[0].ID])
	})
}
