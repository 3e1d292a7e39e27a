package popup_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
)

// changed is a change of two fields that is done.
func changed(t *testing.T) (*world, *popup.Story, outbox.Entry) {
	t.Helper()
	w := newWorld()
	s := w.read(t, acmePage)
	w.view(t, s, "Acme training days")
	w.typing(t, s, "amount", "7k", "owner", w.option(t, crm.FieldOwner, "Mateo Silva"))
	entry := w.save(t, s)
	w.sent(t, s)
	return w, s, entry
}

// sent does what waits and shows it.
func (w *world) sent(t *testing.T, s *popup.Story) {
	t.Helper()
	w.clock.advance(time.Second)
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
}

// undoable says whether an entry of the View can be undone.
func (w *world) undoable(id string) bool {
	for _, e := range w.now().Outbox {
		for _, b := range e.Buttons {
			if e.ID == id && b.Action == popup.Undo {
				return true
			}
		}
	}
	return false
}

// theirs changes the amount as a colleague does.
func (w *world) theirs(t *testing.T, amount string) {
	t.Helper()
	var want crm.Values
	want.Amount, _ = crm.ParseMoney(amount)
	_, _, err := w.client.UpdateOpportunity(t.Context(), crm.Update{ID: w.rowNamed(t, "Acme training days").ID, Fields: []crm.Field{crm.FieldAmount}, Want: want})
	require.NoError(t, err)
}

func (w *world) last(t *testing.T) map[string]any {
	t.Helper()
	all := w.stored("opportunity.update")
	require.NotEmpty(t, all)
	return all[len(all)-1]
}

func TestUndo(t *testing.T) {
	w, s, entry := changed(t)
	w.golden(t, "entry_changed")
	require.True(t, w.undoable(entry.ID))
	w.woken()
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Undo))
	assert.Equal(t, []popup.Task{popup.Drain}, w.woken())
	assert.Equal(t, "Change back “Acme training days”", w.now().Outbox[0].Title)
	w.sent(t, s)
	w.golden(t, "entry_undone")
	assert.Equal(t, json.Number("6000"), w.last(t)["amount"])
	assert.Equal(t, "65f000020000000000000003", w.last(t)["owner_id"])
	assert.Equal(t, "2027-01-02", w.rowNamed(t, "Acme training days").CloseDate)

	for _, e := range w.now().Outbox {
		assert.False(t, w.undoable(e.ID), e.Title)
		err := s.Resolve(t.Context(), e.ID, popup.Undo)
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
	}
	assert.Len(t, w.stored("opportunity.update"), 2)
}

func TestUndoIsForTenMinutes(t *testing.T) {
	w, s, entry := changed(t)
	w.clock.advance(9 * time.Minute)
	s = w.opened(t, acmePage)
	assert.True(t, w.undoable(entry.ID), "also in a popup that is opened later")
	w.clock.advance(2 * time.Minute)
	err := s.Resolve(t.Context(), entry.ID, popup.Undo)
	assert.Equal(t, crm.Conflict, crm.KindOf(err))
	w.opened(t, acmePage)
	assert.Empty(t, w.now().Outbox)
}

func TestUndoIsForWhatWasWritten(t *testing.T) {
	t.Run("no create", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		entry := w.save(t, s)
		w.sent(t, s)
		require.Equal(t, "done", w.now().Outbox[0].State)
		assert.False(t, w.undoable(entry.ID))
		assert.Equal(t, crm.Conflict, crm.KindOf(s.Resolve(t.Context(), entry.ID, popup.Undo)))
	})
	t.Run("nothing that waits", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k")
		entry := w.save(t, s)
		assert.False(t, w.undoable(entry.ID))
		assert.Equal(t, crm.Conflict, crm.KindOf(s.Resolve(t.Context(), entry.ID, popup.Undo)))
	})
	t.Run("nothing that was there already", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k")
		w.theirs(t, "7000")
		entry := w.save(t, s)
		w.sent(t, s)
		require.Equal(t, "Left as it is: “Acme training days”", w.now().Outbox[0].Title)
		assert.False(t, w.undoable(entry.ID))
	})
	t.Run("only the last change of an opportunity", func(t *testing.T) {
		w, s, first := changed(t)
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "8k")
		second := w.save(t, s)
		assert.False(t, w.undoable(first.ID), "the next one waits")
		w.sent(t, s)
		assert.False(t, w.undoable(first.ID))
		require.NoError(t, s.Resolve(t.Context(), second.ID, popup.Undo))
		w.sent(t, s)
		assert.Equal(t, json.Number("7000"), w.last(t)["amount"])
		assert.False(t, w.undoable(first.ID))
	})
	t.Run("a double click undoes once", func(t *testing.T) {
		w, s, entry := changed(t)
		other := w.opened(t, acmePage)
		require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Undo))
		require.NoError(t, other.Resolve(t.Context(), entry.ID, popup.Undo), "another window, which did not see it")
		w.sent(t, s)
		assert.Len(t, w.stored("opportunity.update"), 2)
	})
}

// Of a conflict what was there is what was written over.
func TestUndoOfADecidedConflict(t *testing.T) {
	for name, c := range map[string]struct {
		decision outbox.Decision
		amount   json.Number
	}{"mine": {outbox.TakeOurs, "6500"}, "theirs": {outbox.TakeTheirs, "6500"}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			s := w.read(t, acmePage)
			w.view(t, s, "Acme training days")
			w.typing(t, s, "amount", "7k", "owner", w.option(t, crm.FieldOwner, "Mateo Silva"))
			w.theirs(t, "6500")
			entry := w.save(t, s)
			w.sent(t, s)
			require.NoError(t, s.Decide(t.Context(), entry.ID, map[crm.Field]outbox.Decision{crm.FieldAmount: c.decision}))
			w.sent(t, s)
			require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Undo))
			w.sent(t, s)
			assert.Equal(t, c.amount, w.last(t)["amount"])
			assert.Equal(t, "65f000020000000000000003", w.last(t)["owner_id"])
		})
	}
}

// Two changes without a connection: undoing the second gives what the first wrote.
func TestUndoOfASecondChange(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	var second outbox.Entry
	for _, amount := range []string{"7k", "8k"} {
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", amount)
		w.clock.advance(time.Second)
		second = w.save(t, s)
	}
	w.sent(t, s)
	w.sent(t, s)
	require.Equal(t, json.Number("8000"), w.last(t)["amount"])
	require.NoError(t, s.Resolve(t.Context(), second.ID, popup.Undo))
	w.sent(t, s)
	assert.Equal(t, json.Number("7000"), w.last(t)["amount"])
}

func TestUndoAsksWhereSomebodyChangedItSince(t *testing.T) {
	w, s, entry := changed(t)
	w.theirs(t, "9000")
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Undo))
	w.sent(t, s)
	asking := w.now().Outbox[0]
	assert.Equal(t, "asking", asking.State)
	assert.Equal(t, []popup.Conflict{{Name: crm.FieldAmount, Field: "amount", Then: "7,000", Now: "9,000", Wanted: "6,000"}}, asking.Conflicts)
	assert.Equal(t, json.Number("9000"), w.last(t)["amount"], "nothing was written over it")
}

func TestADiscardedFormIsPutBack(t *testing.T) {
	t.Run("of a new opportunity", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", "Acme anvils", "amount", "25k")
		require.NoError(t, s.Discard(t.Context(), w.formID()))
		w.golden(t, "form_discarded")
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
		assert.Equal(t, "25k", w.value(crm.FieldAmount))
		assert.False(t, w.now().Form.Undo)
		w.opened(t, acmePage)
		assert.Equal(t, "Acme anvils", w.value(crm.FieldName), "kept")
	})
	t.Run("of a change", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", "Acme anvils")
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k")
		require.NoError(t, s.Discard(t.Context(), w.formID()))
		require.Equal(t, "Acme anvils", w.value(crm.FieldName))
		require.True(t, w.now().Form.Undo)
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		assert.Equal(t, "Change “Acme training days”", w.now().Form.Heading)
		assert.Equal(t, "7k", w.value(crm.FieldAmount))
		require.NoError(t, s.NewOpportunity(t.Context()))
		assert.Equal(t, "Acme anvils", w.value(crm.FieldName), "nor is the other lost")
		w.view(t, s, "Acme training days")
		assert.Equal(t, "7k", w.value(crm.FieldAmount))
	})
	t.Run("not over what was typed since", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", "Acme anvils")
		require.NoError(t, s.Discard(t.Context(), w.formID()))
		w.typing(t, s, "name", "Acme rockets")
		assert.False(t, w.now().Form.Undo)
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		assert.Equal(t, "Acme rockets", w.value(crm.FieldName))
	})
}
