package outbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// clash is an entry that asks about the name and the amount.
func clash(t *testing.T) (*world, outbox.Entry) {
	t.Helper()
	w := newWorld()
	w.save(t, "a", both("mine", "5"))
	w.apollo.change(id[crm.OpportunityID](4), crm.Values{Name: "theirs", Amount: money("7")})
	w.drain(t)
	entry := w.entry(t, "a")
	require.Equal(t, outbox.Clash, entry.Question)
	require.Len(t, entry.Conflicts, 2)
	w.apollo.sent = nil
	return w, entry
}

func TestEachFieldIsDecided(t *testing.T) {
	const ours, theirs = outbox.TakeOurs, outbox.TakeTheirs
	for name, c := range map[string]struct {
		name, amount outbox.Decision
		sent         []crm.Field
	}{
		"both mine":   {ours, ours, []crm.Field{crm.FieldName, crm.FieldAmount}},
		"the name":    {ours, theirs, []crm.Field{crm.FieldName}},
		"the amount":  {theirs, ours, []crm.Field{crm.FieldAmount}},
		"both theirs": {theirs, theirs, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, entry := clash(t)
			require.NoError(t, w.Decide(t.Context(), entry, map[crm.Field]outbox.Decision{crm.FieldName: c.name, crm.FieldAmount: c.amount}))
			assert.Equal(t, outbox.Queued, w.entry(t, "a").State)
			w.drain(t)
			assert.Equal(t, outbox.Done, w.entry(t, "a").State)
			assert.Equal(t, c.sent, w.apollo.sent)
		})
	}
}

func TestADecidedFieldIsAskedAboutAgainOnlyIfItChangesAgain(t *testing.T) {
	w, entry := clash(t)
	require.NoError(t, w.Decide(t.Context(), entry, map[crm.Field]outbox.Decision{crm.FieldName: outbox.TakeTheirs, crm.FieldAmount: outbox.TakeOurs}))
	w.apollo.change(id[crm.OpportunityID](4), crm.Values{Name: "theirs again", Amount: money("8")})
	w.drain(t)
	entry = w.entry(t, "a")
	require.Equal(t, outbox.Clash, entry.Question)
	err := w.Decide(t.Context(), entry, map[crm.Field]outbox.Decision{crm.FieldAmount: outbox.TakeOurs})
	require.NoError(t, err, "only the amount is open")
	w.drain(t)
	assert.Equal(t, []crm.Field{crm.FieldAmount}, w.apollo.sent)
}

func TestDecideRefuses(t *testing.T) {
	all := map[crm.Field]outbox.Decision{crm.FieldName: outbox.TakeOurs, crm.FieldAmount: outbox.TakeOurs}
	t.Run("a field without a decision", func(t *testing.T) {
		w, entry := clash(t)
		for _, d := range []outbox.Decision{outbox.Undecided, "both"} {
			err := w.Decide(t.Context(), entry, map[crm.Field]outbox.Decision{crm.FieldName: outbox.TakeOurs, crm.FieldAmount: d})
			assert.Equal(t, crm.Invalid, crm.KindOf(err))
			assert.Equal(t, crm.FieldAmount, crm.AsError(err).Field)
		}
		assert.Equal(t, entry, w.entry(t, "a"), "nothing of it is kept")
	})
	t.Run("what has moved on", func(t *testing.T) {
		w, seen := clash(t)
		require.NoError(t, w.Resend(t.Context(), seen))
		assert.Equal(t, crm.Conflict, crm.KindOf(w.Decide(t.Context(), seen, all)))
		w.apollo.change(id[crm.OpportunityID](4), crm.Values{Name: "theirs again", Amount: money("8")})
		w.drain(t)
		require.Equal(t, outbox.Asking, w.entry(t, "a").State)
		assert.Equal(t, crm.Conflict, crm.KindOf(w.Decide(t.Context(), seen, all)), "it asks about other values")
		assert.Empty(t, w.apollo.sent)
	})
	t.Run("another question", func(t *testing.T) {
		w := in(t, outbox.Asking)
		assert.Equal(t, crm.Conflict, crm.KindOf(w.Decide(t.Context(), w.entry(t, "a"), all)))
	})
	t.Run("every other state", func(t *testing.T) {
		for _, state := range []outbox.State{outbox.Queued, outbox.Sending, outbox.Uncertain, outbox.Done, outbox.Refused, outbox.Blocked, outbox.Discarded} {
			w := in(t, state)
			assert.Equal(t, crm.Conflict, crm.KindOf(w.Decide(t.Context(), w.entry(t, "a"), all)), state)
			assert.Equal(t, state, w.entry(t, "a").State)
		}
	})
	t.Run("what is not there", func(t *testing.T) {
		w := newWorld()
		assert.Equal(t, crm.NotFound, crm.KindOf(w.Decide(t.Context(), outbox.Entry{ID: "a"}, all)))
	})
}
