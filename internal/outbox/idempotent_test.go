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

// A receiver that compares by itself may find what our look could not: somebody was
// faster between the two, or what is there was not known. The rep decides on its
// values as on those of our own look.
func TestAClashThatTheReceiverFinds(t *testing.T) {
	four := id[crm.OpportunityID](4)
	theirs := crm.Values{Name: "theirs", Amount: money("7")}
	type field = crm.Field
	for name, c := range map[string]struct {
		named    outbox.Clashes
		changes  bool // the look that follows shows it
		want     []outbox.Conflict
		question outbox.Question
	}{
		"it names the values": {
			outbox.Clashes{{Field: crm.FieldAmount, Base: "", Theirs: "7", Ours: "5"}, {Field: crm.FieldStage, Theirs: "not sent"}, {}}, false,
			[]outbox.Conflict{{Field: crm.FieldAmount, Theirs: "7", Ours: "5"}}, outbox.Clash,
		},
		"it decides nothing for the rep": {
			outbox.Clashes{{Field: crm.FieldAmount, Theirs: "7", Ours: "another", Decision: outbox.TakeOurs}}, false,
			[]outbox.Conflict{{Field: crm.FieldAmount, Theirs: "7", Ours: "5"}}, outbox.Clash,
		},
		"another look finds them": {nil, true, []outbox.Conflict{
			{Field: crm.FieldName, Base: "before", Theirs: "theirs", Ours: "mine"}, {Field: crm.FieldAmount, Theirs: "7", Ours: "5"},
		}, outbox.Clash},
		"nobody can tell":            {nil, false, nil, outbox.Unconfirmed},
		"it names what was not sent": {outbox.Clashes{{Field: crm.FieldStage, Theirs: "x"}}, false, nil, outbox.Unconfirmed},
	} {
		t.Run(name, func(t *testing.T) {
			w := byGateway()
			w.apollo.answer = func(call string) error {
				if call != "update 4 mine" {
					return nil
				}
				if c.changes {
					w.apollo.change(four, theirs)
				}
				return &crm.Error{Kind: crm.Conflict, Message: "Somebody changed it.", Err: c.named}
			}
			w.save(t, "a", both("mine", "5"))
			w.drain(t)
			e := w.entry(t, "a")
			require.Equal(t, outbox.Asking, e.State)
			assert.Equal(t, c.question, e.Question)
			assert.Equal(t, c.want, e.Conflicts)
			w.let(t, time.Hour)
			assert.Equal(t, 1, w.apollo.count("update 4 mine"), "nobody has answered")
			if c.question != outbox.Clash {
				return
			}
			decisions := map[field]outbox.Decision{}
			for _, conflict := range c.want {
				decisions[conflict.Field] = outbox.TakeOurs
			}
			decisions[crm.FieldAmount] = outbox.TakeTheirs
			require.NoError(t, w.Decide(t.Context(), e, decisions))
			w.apollo.answer = nil
			if !c.changes {
				w.apollo.change(four, crm.Values{Name: "before", Amount: money("7")})
			}
			w.drain(t)
			require.Equal(t, outbox.Done, w.entry(t, "a").State)
			assert.Equal(t, []field{crm.FieldName}, w.apollo.sent, "theirs stays, mine is written")
		})
	}
}

// To Apollo itself a conflict is no comparison.
func TestAConflictOfApolloIsARefusal(t *testing.T) {
	w := newWorld()
	w.apollo.answer = func(call string) error {
		if call == "update 4 mine" {
			return &crm.Error{Kind: crm.Conflict, Message: "No.", Err: outbox.Clashes{{Field: crm.FieldName, Theirs: "x"}}}
		}
		return nil
	}
	w.save(t, "a", update(4, "mine"))
	w.drain(t)
	assert.Equal(t, outbox.Refused, w.entry(t, "a").State)
}
