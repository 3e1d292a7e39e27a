package popup_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/settings"
)

// colleague makes an opportunity of Acme's in Apollo's own pages.
func (w *world) colleague(t testing.TB, name string) {
	t.Helper()
	_, _, err := w.client.CreateOpportunity(t.Context(), crm.Values{Name: name, AccountID: "65f000050000000000000001"})
	require.NoError(t, err)
}

// settleIn lets time pass, with the worker awake whenever something is due.
func (w *world) settleIn(t testing.TB, within time.Duration) {
	t.Helper()
	for end := w.clock.Now().Add(within); w.clock.Now().Before(end); w.clock.advance(time.Minute) {
		w.drain(t)
	}
}

// withTag sets the team's custom field up, as the options page does.
func (w *world) withTag(t testing.TB) {
	t.Helper()
	field, made, err := settings.SetUpTag(t.Context(), w.client)
	require.NoError(t, err)
	require.True(t, made)
	w.tag = field
}

func TestASavedOpportunityCarriesItsTag(t *testing.T) {
	w := newWorld()
	w.withTag(t)
	s := w.read(t, acmePage)
	entry := w.save(t, s)
	w.drain(t)
	require.Len(t, w.stored("opportunity.create"), 1)
	assert.Equal(t, map[string]any{string(w.tag): entry.ID}, w.stored("opportunity.create")[0]["typed_custom_fields"])
}

// TestWhatWasLostIsSentAgain is the whole way of an answer that never came: with
// the tag it needs nobody, without it the rep is asked.
func TestWhatWasLostIsSentAgain(t *testing.T) {
	for name, committed := range map[string]bool{"Apollo has it": true, "Apollo does not have it": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.withTag(t)
			s := w.read(t, acmePage)
			w.typing(t, s, "name", "Proves the tag")
			w.save(t, s)
			w.drain(t)

			w.clock.advance(time.Second)
			w.typing(t, s, "name", "Perhaps")
			w.save(t, s)
			w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, AfterCommit: committed, Times: 1})
			w.drain(t)
			require.NoError(t, s.Refresh(t.Context()))
			require.Equal(t, "uncertain", w.now().Outbox[0].State)
			w.settleIn(t, time.Hour)
			require.NoError(t, s.Refresh(t.Context()))
			assert.Equal(t, "done", w.now().Outbox[0].State)
			assert.Equal(t, "Created “Perhaps”", w.now().Outbox[0].Title)
			assert.Len(t, w.stored("opportunity.create"), 2)
		})
	}
}

func TestTwoOfOneEntry(t *testing.T) {
	w := newWorld()
	w.withTag(t)
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils")
	entry := w.save(t, s)
	for range 2 { // as the browser does that repeats a request by itself
		_, _, err := w.client.CreateTagged(t.Context(), entry.Command.(crm.Create).Values, apollo.Tag{Field: w.tag, Text: entry.ID})
		require.NoError(t, err)
	}
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	w.golden(t, "entry_duplicate")
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Settle))
	assert.Equal(t, "done", w.now().Outbox[0].State)
}

// TestSomebodyElseChangedIt shows the three values, and does what the rep says.
func TestSomebodyElseChangedIt(t *testing.T) {
	conflict := func(t *testing.T) (*world, *popup.Story, string) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k", "owner", w.option(t, crm.FieldOwner, "Mateo Silva"))
		entry := w.save(t, s)
		row := w.rowNamed(t, "Acme training days")
		theirs := crm.Values{OwnerID: "65f000020000000000000002"}
		theirs.Amount, _ = crm.ParseMoney("6500")
		_, _, err := w.client.UpdateOpportunity(t.Context(), crm.Update{ID: row.ID, Fields: []crm.Field{crm.FieldAmount, crm.FieldOwner}, Want: theirs})
		require.NoError(t, err)
		w.drain(t)
		require.NoError(t, s.Refresh(t.Context()))
		return w, s, entry.ID
	}
	amount := func(w *world) string {
		return w.stored("opportunity.update")[len(w.stored("opportunity.update"))-1]["amount"].(interface{ String() string }).String()
	}
	t.Run("is shown", func(t *testing.T) {
		w, _, _ := conflict(t)
		w.golden(t, "entry_conflict")
	})
	t.Run("write mine", func(t *testing.T) {
		w, s, id := conflict(t)
		require.NoError(t, s.Resolve(t.Context(), id, popup.Resend))
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t).State)
		assert.Equal(t, "7000", amount(w))
	})
	t.Run("keep theirs", func(t *testing.T) {
		w, s, id := conflict(t)
		require.NoError(t, s.Resolve(t.Context(), id, popup.Settle))
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t).State)
		assert.Equal(t, "6500", amount(w))
		assert.Len(t, w.stored("opportunity.update"), 1, "only the colleague's")
	})
	t.Run("the amount mine, the owner theirs", func(t *testing.T) {
		w, s, id := conflict(t)
		w.woken()
		require.NoError(t, s.Decide(t.Context(), id, map[crm.Field]outbox.Decision{crm.FieldAmount: outbox.TakeOurs, crm.FieldOwner: outbox.TakeTheirs}))
		assert.Equal(t, []popup.Task{popup.Drain}, w.woken())
		assert.Equal(t, "queued", w.now().Outbox[0].State)
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t).State)
		require.Len(t, w.stored("opportunity.update"), 2)
		assert.Equal(t, "7000", amount(w))
		assert.Equal(t, "65f000020000000000000002", w.stored("opportunity.update")[1]["owner_id"], "as the colleague left it")
	})
	t.Run("one without a decision", func(t *testing.T) {
		w, s, id := conflict(t)
		err := s.Decide(t.Context(), id, map[crm.Field]outbox.Decision{crm.FieldOwner: outbox.TakeTheirs})
		assert.Equal(t, "Choose yours or theirs for each field; nothing was sent.", crm.AsError(err).Text())
		assert.Equal(t, "asking", w.now().Outbox[0].State)
	})
	t.Run("the question has moved on", func(t *testing.T) {
		w, s, id := conflict(t)
		require.NoError(t, w.box().Settle(t.Context(), id)) // in another window
		err := s.Resolve(t.Context(), id, popup.Resend)
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
		err = s.Decide(t.Context(), id, map[crm.Field]outbox.Decision{crm.FieldAmount: outbox.TakeOurs, crm.FieldOwner: outbox.TakeTheirs})
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
		assert.Len(t, w.stored("opportunity.update"), 1)
	})
}

func TestDiscardIsTakenBack(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	id := w.save(t, s).ID
	require.NoError(t, s.Resolve(t.Context(), id, popup.Discard))
	w.drain(t)
	assert.Empty(t, w.stored("opportunity.create"))
	w.woken()
	require.NoError(t, s.Resolve(t.Context(), id, popup.Restore))
	assert.Equal(t, []popup.Task{popup.Drain}, w.woken())
	assert.Equal(t, "queued", w.now().Outbox[0].State)
	w.drain(t)
	assert.Len(t, w.stored("opportunity.create"), 1)
}

func TestAllOfTheSameName(t *testing.T) {
	w := newWorld()
	for i := range 3 {
		w.colleague(t, "Acme anvils")
		w.clock.advance(time.Duration(i) * time.Second)
	}
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils")
	id := w.save(t, s).ID
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	var links []string
	for i, b := range w.now().Outbox[0].Buttons[:3] {
		assert.Equal(t, "Open number "+strconv.Itoa(i+1), b.Label)
		links = append(links, b.Link)
	}
	assert.Len(t, links, 3)
	require.NoError(t, s.Resolve(t.Context(), id, popup.Resend))
	w.drain(t)
	assert.Len(t, w.stored("opportunity.create"), 4)
}
