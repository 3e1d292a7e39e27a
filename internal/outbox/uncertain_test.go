package outbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// proven gives a world whose Apollo has echoed a tag.
func proven(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	w.save(t, "first", create("the first one"))
	w.drain(t)
	require.Equal(t, outbox.Done, w.entry(t, "first").State)
	return w
}

// lost sends "a", a create of Acme, to no answer; stored says whether Apollo
// carried it out.
func (w *world) lost(t *testing.T, stored bool) {
	t.Helper()
	w.save(t, "a", create("Acme"))
	w.apollo.answer = fail("create Acme", crm.Uncertain)
	w.apollo.commits = func(error) bool { return stored }
	w.drain(t)
	w.apollo.answer, w.apollo.commits, w.apollo.calls = nil, nil, nil
	require.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
}

// let has the worker drain whenever it is due, for a time.
func (w *world) let(t *testing.T, pass time.Duration) {
	t.Helper()
	end := w.clock.now.Add(pass)
	for {
		next := w.drain(t).Next
		if next.IsZero() || next.After(end) {
			break
		}
		w.clock.now = next
	}
	w.clock.now = end
}

func TestWhatArrivedIsFound(t *testing.T) {
	w := proven(t)
	w.lost(t, true)
	w.let(t, time.Minute)
	entry := w.entry(t, "a")
	assert.Equal(t, outbox.Done, entry.State)
	assert.Equal(t, w.apollo.made[1].ID, entry.Opportunity)
	assert.Equal(t, []string{"named Acme"}, w.apollo.calls)
}

func TestWhatDidNotArriveIsSentAgainAfterTheQuarantine(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	w.let(t, policy.Look+policy.Quarantine+policy.MissesApart-time.Second)
	assert.Zero(t, w.apollo.count("create Acme"))
	w.let(t, time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Equal(t, []string{"named Acme", "named Acme", "named Acme", "create Acme"}, w.apollo.calls,
		"with the two before, six calls in all")
}

// An opportunity that is not there to be read may be there again, and the change
// that was under way to it as well.
func TestALookThatFindsNoOpportunityDoesNotEndTheDoubt(t *testing.T) {
	w := newWorld()
	w.save(t, "a", update(1, "Acme"))
	w.apollo.answer = fail("update 1 Acme", crm.Uncertain)
	w.drain(t)
	w.apollo.answer = fail("view 1", crm.NotFound)
	w.let(t, time.Minute)
	require.Equal(t, outbox.Refused, w.entry(t, "a").State)

	w.apollo.answer, w.apollo.calls = nil, nil
	require.NoError(t, w.Retry(t.Context(), "a"))
	w.let(t, policy.Quarantine)
	assert.Zero(t, w.apollo.count("update 1 Acme"), "within the quarantine")
	w.let(t, time.Hour)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Equal(t, 1, w.apollo.count("update 1 Acme"))
}

func TestApollosClockDecidesNotOurs(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	server := w.clock.now
	w.apollo.list = func(l *outbox.Listing) { l.At = server }
	for range 50 {
		w.clock.advance(365 * 24 * time.Hour)
		w.drain(t)
		server = server.Add(time.Second)
	}
	assert.Zero(t, w.apollo.count("create Acme"))
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
	w.clock.now = morning.AddDate(-1, 0, 0)
	server = server.Add(policy.Quarantine)
	w.drain(t)
	server = server.Add(policy.MissesApart)
	w.clock.advance(policy.MissesApart)
	w.drain(t)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}

func TestWithoutAProvenTagTheRepIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		proven, stored bool
		change         func(*world)
		found          int
	}{
		"no tag was ever echoed":        {false, false, func(w *world) {}, 0},
		"the tag was dropped this time": {true, true, func(w *world) { w.apollo.tags[w.apollo.made[1].ID] = "" }, 1},
		"a colleague made a namesake":   {true, false, func(w *world) { w.apollo.store(create("Acme").Values, "") }, 1},
		"the listing never has an end":  {true, false, func(w *world) { w.apollo.list = func(l *outbox.Listing) { l.Whole = false } }, 0},
		"the filter is ignored": {true, false, func(w *world) {
			w.apollo.list = func(l *outbox.Listing) {
				l.Rows = []outbox.Row{{Opportunity: crm.Opportunity{Values: crm.Values{Name: "x"}}}}
			}
		}, 0},
		"Apollo does not say its time": {true, false, func(w *world) { w.apollo.list = func(l *outbox.Listing) { l.At = time.Time{} } }, 0},
		"the key may not look":         {true, false, func(w *world) { w.apollo.answer = fail("named Acme", crm.Forbidden) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			if c.proven {
				w = proven(t)
			}
			w.lost(t, c.stored)
			c.change(w)
			w.let(t, 2*time.Hour)
			entry := w.entry(t, "a")
			require.Equal(t, outbox.Asking, entry.State)
			assert.Equal(t, outbox.Unconfirmed, entry.Question)
			assert.Len(t, entry.Found, c.found)
			assert.Zero(t, w.apollo.count("create Acme"))

			w.apollo.list, w.apollo.answer = nil, nil
			require.NoError(t, w.Resend(t.Context(), entry))
			w.let(t, time.Minute)
			assert.Equal(t, outbox.Done, w.entry(t, "a").State, "the rep's word")
			assert.Equal(t, 1, w.apollo.count("create Acme"))
		})
	}
}

func TestResendWantsTheEntryAsTheRepSawIt(t *testing.T) {
	w := newWorld()
	w.lost(t, false)
	w.let(t, 2*time.Hour)
	seen := w.entry(t, "a")
	require.NoError(t, w.Resend(t.Context(), seen))
	w.apollo.answer = fail("create Acme", crm.Uncertain)
	w.let(t, 2*time.Hour)
	require.Equal(t, outbox.Asking, w.entry(t, "a").State, "the same question, about another request")
	assert.Equal(t, crm.Conflict, crm.KindOf(w.Resend(t.Context(), seen)))
	assert.Equal(t, crm.Conflict, crm.KindOf(w.Retry(t.Context(), "a")))
}

func TestAnOpenNamesakeIsAskedAboutBeforeAnythingIsSent(t *testing.T) {
	w := newWorld()
	there := w.apollo.store(create("Acme").Values, "another rep's")
	w.save(t, "a", create("Acme"))
	w.drain(t)
	entry := w.entry(t, "a")
	require.Equal(t, outbox.Asking, entry.State)
	assert.Equal(t, outbox.Exists, entry.Question)
	assert.Equal(t, []crm.OpportunityID{there.ID}, entry.Found)
	require.NoError(t, w.Settle(t.Context(), "a"))
	assert.Equal(t, there.ID, w.entry(t, "a").Opportunity)
}

func TestASecondOneIsReported(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	w.let(t, time.Hour)
	require.Equal(t, outbox.Done, w.entry(t, "a").State)
	w.apollo.store(create("Acme").Values, "a") // later than anybody promised
	w.let(t, 25*time.Hour)
	entry := w.entry(t, "a")
	assert.Equal(t, outbox.Asking, entry.State)
	assert.Equal(t, outbox.Duplicate, entry.Question)
	assert.Len(t, entry.Found, 2)
}

func TestACrossedAnswerIsUncertain(t *testing.T) {
	for name, cross := range map[string]func(*outbox.Row){
		"another entry's tag":         func(r *outbox.Row) { r.Tag = "first" },
		"another entry's opportunity": func(r *outbox.Row) { r.ID, r.Tag = id[crm.OpportunityID](1000), "" },
		"older than the request":      func(r *outbox.Row) { r.CreatedAt, r.Tag = morning.Add(-time.Hour), "" },
	} {
		t.Run(name, func(t *testing.T) {
			w := proven(t)
			w.apollo.cross = cross
			w.save(t, "a", create("Acme"))
			w.drain(t)
			require.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
			w.let(t, time.Minute)
			entry := w.entry(t, "a")
			assert.Equal(t, outbox.Done, entry.State)
			assert.Equal(t, w.apollo.made[1].ID, entry.Opportunity)
		})
	}
}
