package outbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

func TestACreateIsKeptWhileItsUpdateWaits(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("before"))
	w.drain(t)
	_, err := w.AppendAfter(t.Context(), "b", "a", update(4, "Acme"))
	require.NoError(t, err)
	w.clock.advance(policy.Keep + time.Hour)
	w.apollo.answer = func(string) error { return &crm.Error{Kind: crm.Unavailable} }
	w.drain(t)
	assert.Contains(t, w.states(t), "a")
	w.apollo.answer = nil
	w.let(t, time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "b").State)
	w.overdue(t)
	assert.NotContains(t, w.states(t), "a")
}

// Without Apollo's clock only the tag tells whose answer it is.
func TestAnAnswerWithoutTagAndTimeIsUncertain(t *testing.T) {
	w := proven(t)
	w.apollo.list = func(l *outbox.Listing) { l.At = time.Time{} }
	w.apollo.cross = func(r *outbox.Row) { r.Tag = "" }
	w.save(t, "a", create("Acme"))
	w.drain(t)
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
}

func TestOnesOwnEarlierOneIsNoNamesake(t *testing.T) {
	w := newWorld()
	for _, id := range []string{"a", "b"} {
		w.save(t, id, create("Acme"))
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t, id).State)
	}
	assert.Len(t, w.apollo.made, 2)
}

func TestAnApolloWhoseClockGoesBackStartsTheQuarantineAgain(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	w.let(t, policy.Look+policy.Quarantine)
	require.Equal(t, 1, w.entry(t, "a").Check.Misses)
	back := time.Hour
	w.apollo.list = func(l *outbox.Listing) { l.At = l.At.Add(-back) }
	w.let(t, policy.Quarantine)
	assert.Zero(t, w.apollo.count("create Acme"))
	w.let(t, 2*policy.MissesApart)
	assert.Equal(t, 1, w.apollo.count("create Acme"))
}

// A look that was long on its way is no ground to send on.
func TestAnOldViewIsTakenAgain(t *testing.T) {
	w := newWorld()
	slow := 2
	w.apollo.answer = func(call string) error {
		if call == "view 4" && slow > 0 {
			slow--
			w.clock.advance(policy.Fresh + time.Millisecond)
		}
		return nil
	}
	w.save(t, "a", update(4, "Acme"))
	w.drain(t)
	assert.Equal(t, []string{"view 4", "view 4", "view 4", "update 4 Acme"}, w.apollo.calls)

	slow, w.apollo.calls = 100, nil
	w.save(t, "b", update(4, "Globex"))
	w.drain(t)
	assert.Equal(t, policy.Looks, w.apollo.count("view 4"), "a slow network is not asked for ever")
}

func TestWhatWasDiscardedBeforeTheBrowsersStartIsLookedForWhenRestored(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	require.NoError(t, w.Discard(t.Context(), "a"))
	w.restart("tuesday")
	require.NoError(t, w.Restore(t.Context(), "a"))
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
}

// With a key that was refused, what is uncertain is looked for now and then.
func TestARefusedKeyIsTriedAgainSeldom(t *testing.T) {
	w := proven(t)
	w.lost(t, false)
	w.apollo.answer = fail("named Acme", crm.Unauthorized)
	start := w.clock.now
	for w.clock.now.Sub(start) < 2*time.Hour {
		w.clock.advance(time.Minute)
		w.drain(t)
	}
	assert.LessOrEqual(t, w.apollo.count("named Acme"), 1+int(2*time.Hour/policy.MaxPause))
	assert.GreaterOrEqual(t, w.apollo.count("named Acme"), 4)
}

// The watch goes by Apollo's clock too.
func TestAClockPutForwardDoesNotEndTheWatch(t *testing.T) {
	w := proven(t)
	w.lost(t, true)
	w.let(t, time.Minute)
	require.Equal(t, outbox.Done, w.entry(t, "a").State)
	there := w.clock.now
	w.apollo.list = func(l *outbox.Listing) { l.At = there }
	w.clock.advance(2 * time.Hour)
	w.drain(t)
	assert.Zero(t, w.entry(t, "a").Watched, "it is the same minute for Apollo")
	there = there.Add(policy.Watch[0])
	w.let(t, 2*time.Hour)
	assert.Equal(t, 1, w.entry(t, "a").Watched)
}

func TestATagThatIsNotEchoedProvesNothingAnyMore(t *testing.T) {
	w := proven(t)
	w.apollo.tagless = true
	w.apollo.cross = func(r *outbox.Row) { r.CreatedAt = w.clock.now }
	w.save(t, "b", create("Globex"))
	w.drain(t)
	require.Equal(t, outbox.Done, w.entry(t, "b").State)
	w.lost(t, false)
	w.let(t, time.Hour)
	assert.Equal(t, outbox.Unconfirmed, w.entry(t, "a").Question)
	assert.Zero(t, w.apollo.count("create Acme"))
}

// A receiver learns whose request it is.
func TestEveryWriteNamesItsEntry(t *testing.T) {
	w := newWorld()
	named := map[string]string{}
	s := naming{w.apollo, named}
	w.save(t, "a", create("Acme"))
	w.save(t, "b", update(4, "Globex"))
	_, err := w.Drain(t.Context(), s)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"create": "a", "update": "b"}, named)
}

type naming struct {
	outbox.Sender
	named map[string]string
}

func (n naming) CreateOpportunity(ctx context.Context, v crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	n.named["create"] = outbox.EntryID(ctx)
	return n.Sender.CreateOpportunity(ctx, v, tag)
}

func (n naming) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	n.named["update"] = outbox.EntryID(ctx)
	return n.Sender.UpdateOpportunity(ctx, u)
}

// An answer without the tag, about a colleague's namesake of the same second: the
// first create of a team, whose Apollo has not yet shown that it keeps tags.
func TestANamesakeThatWasTakenForItsOwnIsFoundOut(t *testing.T) {
	w := newWorld()
	colleagues := outbox.Row{}
	w.apollo.cross = func(r *outbox.Row) {
		colleagues = w.apollo.store(create("Acme").Values, "")
		*r = colleagues
	}
	w.save(t, "a", create("Acme"))
	w.drain(t)
	require.Equal(t, colleagues.ID, w.entry(t, "a").Opportunity)
	w.let(t, 2*time.Hour)
	assert.Equal(t, w.apollo.made[0].ID, w.entry(t, "a").Opportunity)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}
