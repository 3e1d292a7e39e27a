package outbox_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

func TestDrainSendsAndReports(t *testing.T) {
	w := newWorld()
	w.apollo.differences = []crm.Difference{{Field: crm.FieldAmount, Sent: "1", Stored: ""}}
	w.save(t, "a", createWithAccount("Acme", "acme.com"))
	w.save(t, "b", update(4, "Globex"))

	report := w.drain(t)
	assert.Equal(t, []string{"account acme.com", "named Acme", "create Acme", "view 4", "update 4 Globex"}, w.apollo.calls)
	made := id[crm.AccountID](1)
	assert.Equal(t, outbox.Report{
		Stored: []crm.Opportunity{
			{ID: id[crm.OpportunityID](1000), Values: crm.Values{Name: "Acme", AccountID: made}},
			{ID: id[crm.OpportunityID](4), Values: crm.Values{Name: "Globex"}},
		},
		Made: []crm.Account{{ID: made, Name: "The Acme", Domain: "acme.com"}},
	}, report)

	done := w.entry(t, "a")
	assert.Equal(t, outbox.Done, done.State)
	assert.Equal(t, made, done.Account)
	assert.Equal(t, id[crm.OpportunityID](1000), done.Opportunity)
	assert.Equal(t, w.apollo.differences, done.Differences)
	assert.Equal(t, w.clock.now, done.Sent)
	assert.Equal(t, w.clock.now, done.Changed)
	assert.Equal(t, 1, done.Attempts)
	assert.False(t, done.Pending())

	w.drain(t)
	assert.Len(t, w.apollo.calls, 5, "nothing is due: not even the network is tried")
}

// every error, at every step, with what becomes of the entry.
func TestDrainDecidesByKindAndStep(t *testing.T) {
	const (
		queued, refused    = outbox.Queued, outbox.Refused
		blocked, uncertain = outbox.Blocked, outbox.Uncertain
	)
	ours := func(kind crm.Kind) error {
		return &crm.Error{Kind: kind, Field: crm.FieldStage, Message: "Apollo said so.", RetryAfter: time.Minute}
	}
	for _, row := range []struct {
		err                                  error
		named, view, account, create, update outbox.State
	}{
		{ours(crm.Invalid), queued, queued, refused, refused, refused},
		{ours(crm.Unauthorized), blocked, blocked, blocked, blocked, blocked},
		{ours(crm.Forbidden), blocked, blocked, blocked, blocked, blocked},
		{ours(crm.NotFound), queued, refused, refused, refused, refused},
		{ours(crm.Conflict), queued, queued, refused, refused, refused},
		{ours(crm.RateLimited), queued, queued, queued, queued, queued},
		{ours(crm.Unavailable), queued, queued, queued, queued, queued},
		{ours(crm.Uncertain), queued, queued, queued, uncertain, uncertain},
		{ours(crm.Internal), queued, queued, queued, uncertain, uncertain},
		{ours("a kind of later"), queued, queued, queued, uncertain, uncertain},
		{errors.New("a foreign error"), queued, queued, queued, uncertain, uncertain},
	} {
		for _, step := range []struct {
			call    string
			command crm.Command
			want    outbox.State
			sent    int
		}{
			{"named Acme", create("Acme"), row.named, 0},
			{"view 4", update(4, "Acme"), row.view, 0},
			{"account acme.com", createWithAccount("Acme", "acme.com"), row.account, 0},
			{"create Acme", create("Acme"), row.create, 1},
			{"update 4 Acme", update(4, "Acme"), row.update, 1},
		} {
			t.Run(row.err.Error()+" "+string(crm.KindOf(row.err))+" at "+step.call, func(t *testing.T) {
				w := newWorld()
				w.save(t, "a", step.command)
				w.apollo.answer = func(call string) error {
					if call == step.call {
						return row.err
					}
					return nil
				}
				report := w.drain(t)
				entry := w.entry(t, "a")
				assert.Equal(t, step.want, entry.State)
				assert.Equal(t, 1, report.Pending)
				assert.Equal(t, step.sent, entry.Attempts)
				assert.Equal(t, 1, entry.Failures)
				require.NotNil(t, entry.Failure)
				assert.Equal(t, crm.AsError(row.err).Message, entry.Failure.Message)
				if entry.State == queued || entry.State == uncertain {
					assert.True(t, entry.Next.After(w.clock.now), "it waits")
					assert.Equal(t, entry.Next, report.Next)
				} else {
					assert.Zero(t, report.Next)
				}
				if entry.State == refused {
					assert.Equal(t, crm.FieldStage, entry.Failure.Field)
				}

				w.apollo.answer, w.apollo.calls = nil, nil
				w.clock.advance(14 * time.Minute)
				w.drain(t)
				switch step.want {
				case queued:
					assert.Equal(t, outbox.Done, w.entry(t, "a").State)
					assert.Nil(t, w.entry(t, "a").Failure)
				case uncertain:
					assert.Equal(t, uncertain, w.entry(t, "a").State)
					assert.Zero(t, w.apollo.count(step.call), "it is looked for, and not sent")
				default:
					assert.Empty(t, w.apollo.calls, "it is never sent again unasked")
				}
			})
		}
	}
}

func TestARefusedKeyStopsEveryRequest(t *testing.T) {
	w := newWorld()
	for _, id := range []string{"1", "2", "3"} {
		w.save(t, id, create("deal "+id))
	}
	w.apollo.answer = fail("named deal 1", crm.Unauthorized)
	w.drain(t)
	w.drain(t)
	assert.Equal(t, []string{"named deal 1"}, w.apollo.calls)
	assert.Equal(t, map[string]outbox.State{"1": outbox.Blocked, "2": outbox.Blocked, "3": outbox.Blocked}, w.states(t))
	w.apollo.answer = nil
	require.NoError(t, w.Unblock(t.Context()))
	w.drain(t)
	assert.Equal(t, map[string]outbox.State{"1": outbox.Done, "2": outbox.Done, "3": outbox.Done}, w.states(t))
}

func TestManyFailuresPauseEverything(t *testing.T) {
	w := newWorld()
	for id := range 20 {
		w.save(t, strconv.Itoa(id), create("deal "+strconv.Itoa(id)))
	}
	w.apollo.answer = func(string) error { return &crm.Error{Kind: crm.Unavailable, Message: "Apollo is down."} }
	report := w.drain(t)
	assert.Len(t, w.apollo.calls, policy.Break)
	assert.Equal(t, policy.Pause, report.Next.Sub(w.clock.now))
	w.drain(t)
	assert.Len(t, w.apollo.calls, policy.Break, "not one during the pause")
	w.clock.advance(policy.Pause)
	report = w.drain(t)
	assert.Len(t, w.apollo.calls, policy.Break+1, "one to try")
	assert.Equal(t, 2*policy.Pause, report.Next.Sub(w.clock.now))
	w.apollo.answer = nil
	w.clock.advance(10 * time.Minute)
	w.drain(t)
	assert.Len(t, w.apollo.made, 20)
}

func TestDrainWithoutNetworkTouchesNoCommand(t *testing.T) {
	w := newWorld()
	w.save(t, "a", createWithAccount("Acme", "acme.com"))
	w.save(t, "b", update(4, "Globex"))
	w.save(t, "c", update(4, "Globex again"))
	w.apollo.answer = func(string) error { return &crm.Error{Kind: crm.Uncertain} }
	report := w.drain(t)
	assert.Equal(t, []string{"account acme.com", "view 4"}, w.apollo.calls)
	assert.Equal(t, map[string]outbox.State{"a": outbox.Queued, "b": outbox.Queued, "c": outbox.Queued}, w.states(t))
	assert.Equal(t, w.clock.now.Add(policy.FirstWait), report.Next)
	assert.Equal(t, 3, report.Pending)
}

func TestDrainHasTheAccountMadeOnce(t *testing.T) {
	w := newWorld()
	w.save(t, "a", createWithAccount("Acme", "acme.com"))
	w.apollo.answer = fail("create Acme", crm.Unavailable)
	w.drain(t)
	assert.Equal(t, id[crm.AccountID](1), w.entry(t, "a").Account)
	w.apollo.answer = nil
	w.clock.advance(time.Hour)
	w.drain(t)
	assert.Equal(t, []string{"account acme.com", "named Acme", "create Acme", "named Acme", "create Acme"}, w.apollo.calls)
	assert.Equal(t, id[crm.AccountID](1), w.apollo.made[0].AccountID)
}

func TestDrainWaitsLongerAfterEachFailure(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	w.apollo.answer = fail("create Acme", crm.Unavailable)
	for _, want := range []time.Duration{2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300} {
		report := w.drain(t)
		require.Equal(t, want*time.Second, report.Next.Sub(w.clock.now))

		calls := len(w.apollo.calls)
		w.clock.advance(want*time.Second - time.Millisecond)
		require.Equal(t, report.Next, w.drain(t).Next)
		require.Len(t, w.apollo.calls, calls, "nothing is sent before its time")
		w.clock.advance(time.Millisecond)
	}
}

func TestDrainWaitsAsApolloAsks(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration
		waits []time.Duration
	}{
		"the time that Apollo named":         {90 * time.Second, []time.Duration{90 * time.Second, 90 * time.Second}},
		"a day":                              {24 * time.Hour, []time.Duration{24 * time.Hour}},
		"no time: longer after each":         {0, []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second}},
		"less than the shortest wait":        {time.Millisecond, []time.Duration{2 * time.Second, 2 * time.Second}},
		"a time before now, from bad clocks": {-time.Hour, []time.Duration{2 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "a", create("Acme"))
			w.apollo.answer = func(call string) error {
				if call == "create Acme" {
					return &crm.Error{Kind: crm.RateLimited, RetryAfter: c.after}
				}
				return nil
			}
			for _, want := range c.waits {
				report := w.drain(t)
				require.Equal(t, want, report.Next.Sub(w.clock.now))
				w.clock.advance(want)
			}
		})
	}
}

func TestDrainKeepsTheOrderOfOneOpportunity(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(string) error
		calls  []string
		states map[string]outbox.State
	}{
		"all is well": {
			nil, []string{"view 4", "update 4 first", "view 5", "update 5 other", "view 4", "update 4 second"},
			map[string]outbox.State{"1": outbox.Done, "2": outbox.Done, "3": outbox.Done},
		},
		"the first waits": {
			fail("update 4 first", crm.Unavailable), []string{"view 4", "update 4 first", "view 5", "update 5 other"},
			map[string]outbox.State{"1": outbox.Queued, "2": outbox.Done, "3": outbox.Queued},
		},
		"the first is uncertain": {
			fail("update 4 first", crm.Uncertain), []string{"view 4", "update 4 first", "view 5", "update 5 other"},
			map[string]outbox.State{"1": outbox.Uncertain, "2": outbox.Done, "3": outbox.Queued},
		},
		"the first is refused": {
			fail("update 4 first", crm.Invalid), []string{"view 4", "update 4 first", "view 5", "update 5 other", "view 4", "update 4 second"},
			map[string]outbox.State{"1": outbox.Refused, "2": outbox.Done, "3": outbox.Done},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.apollo.answer = c.answer
			w.save(t, "1", update(4, "first"))
			w.save(t, "2", update(5, "other"))
			w.save(t, "3", update(4, "second"))
			w.drain(t)
			assert.Equal(t, c.calls, w.apollo.calls)
			assert.Equal(t, c.states, w.states(t))
		})
	}
}

func TestAHeldEntryWaitsForNoTime(t *testing.T) {
	w := newWorld()
	w.save(t, "1", update(4, "first"))
	w.save(t, "2", update(4, "second"))
	w.apollo.answer = fail("view 4", crm.Unavailable)
	w.drain(t) // the first gets a time
	w.clock.advance(time.Minute)
	w.apollo.answer = fail("update 4 first", crm.Uncertain)
	report := w.drain(t)
	assert.Equal(t, map[string]outbox.State{"1": outbox.Uncertain, "2": outbox.Queued}, w.states(t))
	assert.Equal(t, w.entry(t, "1").Next, report.Next, "draining again at once would do nothing")
	assert.Equal(t, 2, report.Pending)

	require.NoError(t, w.Settle(t.Context(), "1"))
	w.drain(t)
	assert.Equal(t, outbox.Done, w.entry(t, "2").State)
}

func TestOneBadEntryDelaysNoOther(t *testing.T) {
	for _, kind := range []crm.Kind{
		crm.Invalid, crm.Forbidden, crm.NotFound, crm.Conflict, crm.RateLimited, crm.Unavailable, crm.Uncertain, crm.Internal,
	} {
		for _, bad := range []string{"account bad.com", "create bad"} {
			t.Run(string(kind)+" at "+bad, func(t *testing.T) {
				w := newWorld()
				w.apollo.answer = fail(bad, kind)
				w.save(t, "1", createWithAccount("bad", "bad.com"))
				w.save(t, "2", create("good"))
				w.save(t, "3", update(4, "good too"))
				w.drain(t)
				assert.Equal(t, outbox.Done, w.entry(t, "2").State)
				assert.Equal(t, outbox.Done, w.entry(t, "3").State)
				assert.NotEqual(t, outbox.Done, w.entry(t, "1").State)
			})
		}
	}
}

func TestDrainKeepsAnAnswerAfterTheCallerGaveUp(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want outbox.State
	}{
		"done":    {nil, outbox.Done},
		"refused": {&crm.Error{Kind: crm.Invalid}, outbox.Refused},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "1", create("Acme"))
			w.save(t, "2", create("Globex"))
			ctx, cancel := context.WithCancel(t.Context())
			w.apollo.answer = func(call string) error {
				if call == "create Acme" {
					cancel()
					return c.err
				}
				return nil
			}
			_, err := w.Drain(ctx, w.apollo)
			assert.ErrorIs(t, err, context.Canceled)
			assert.Equal(t, map[string]outbox.State{"1": c.want, "2": outbox.Queued}, w.states(t))
		})
	}
}

func TestDrainGivesTheStoresErrorAndSendsNothingBlindly(t *testing.T) {
	broken := errors.New("the database is closed")
	w := newWorld()
	w.save(t, "1", create("Acme"))
	w.store.Fail = func(operation string) error {
		if operation == "update" {
			return broken
		}
		return nil
	}
	_, err := w.Drain(t.Context(), w.apollo)
	assert.ErrorIs(t, err, broken)
	assert.Equal(t, []string{"named Acme"}, w.apollo.calls, "what is not written down is not sent")
}

func TestDoneEntriesAreKeptForAWhile(t *testing.T) {
	w := newWorld()
	w.save(t, "done", create("Acme"))
	w.drain(t)
	w.save(t, "waits", create("Globex"))
	w.apollo.answer = fail("create Globex", crm.Uncertain)
	w.drain(t)

	w.clock.now = w.entry(t, "done").Changed.Add(policy.Keep)
	w.drain(t)
	assert.Len(t, w.states(t), 2)
	w.clock.advance(time.Millisecond)
	w.drain(t)
	assert.Len(t, w.states(t), 2, "it lingers")
	w.clock.advance(policy.Linger - time.Millisecond)
	w.drain(t)
	assert.Len(t, w.states(t), 2)
	w.clock.advance(time.Millisecond)
	w.drain(t)
	assert.Equal(t, map[string]outbox.State{"waits": w.entry(t, "waits").State}, w.states(t))
	w.clock.advance(10 * 365 * 24 * time.Hour)
	w.drain(t)
	assert.Contains(t, w.states(t), "waits", "only the rep drops what is not done")
}

// A clock that is put forward makes everything old at once. What is done stays long
// enough for a popup that was told of an error to save it once more.
func TestAClockThatJumpsDropsNothingAtOnce(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	w.drain(t)
	for _, jump := range []time.Duration{365 * 24 * time.Hour, -365 * 24 * time.Hour, 366 * 24 * time.Hour, time.Minute} {
		w.clock.advance(jump)
		w.drain(t)
		require.Contains(t, w.states(t), "a", jump)
		w.save(t, "a", create("Acme"))
		w.drain(t)
	}
	assert.Equal(t, 1, w.apollo.count("create Acme"))
	w.overdue(t)
	assert.Empty(t, w.states(t))
}

// overdue drains until what is old enough has lingered.
func (w *world) overdue(t *testing.T) {
	t.Helper()
	w.drain(t)
	w.clock.advance(policy.Linger)
	w.drain(t)
}
