package popup_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
)

// refusing has Apollo refuse the next write with a text.
func (w *world) refusing(text string) {
	for _, endpoint := range []string{"opportunity.create", "opportunity.update"} {
		w.apollo.SetFault(sandbox.Fault{
			Endpoint: endpoint, Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"` + text + `"}`, Times: 1,
		})
	}
}

// refused saves the form that stands and has Apollo refuse it.
func (w *world) refused(t *testing.T, s *popup.Story, text string) (entry string) {
	t.Helper()
	entry = w.save(t, s).ID
	w.refusing(text)
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	require.Equal(t, "refused", w.now().Outbox[0].State)
	return entry
}

func TestResolve(t *testing.T) {
	uncertain := func(t *testing.T) (*world, *popup.Story, string) {
		w := newWorld()
		s := w.read(t, acmePage)
		entry := w.save(t, s)
		w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, Times: 1})
		w.drain(t)
		w.woken()
		return w, s, entry.ID
	}
	asking := func(t *testing.T) (*world, *popup.Story, string) {
		w, s, id := uncertain(t)
		w.settleIn(t, time.Hour)
		require.NoError(t, s.Refresh(t.Context()))
		require.Equal(t, "asking", w.now().Outbox[0].State)
		return w, s, id
	}
	t.Run("resend", func(t *testing.T) {
		w, s, id := uncertain(t)
		for _, action := range []popup.Action{popup.Retry, popup.Resend} {
			err := s.Resolve(t.Context(), id, action)
			assert.Equal(t, crm.Conflict, crm.KindOf(err), "a button that is older than the doubt")
		}
		w, s, id = asking(t)
		require.NoError(t, s.Resolve(t.Context(), id, popup.Resend))
		assert.Equal(t, []popup.Task{popup.Drain}, w.woken())
		assert.Equal(t, "queued", w.now().Outbox[0].State)
		w.drain(t)
		assert.Len(t, w.stored("opportunity.create"), 1)
	})
	t.Run("settle", func(t *testing.T) {
		w, s, id := uncertain(t)
		require.NoError(t, s.Resolve(t.Context(), id, popup.Settle))
		assert.Equal(t, "done", w.now().Outbox[0].State)
		w.drain(t)
		assert.Empty(t, w.stored("opportunity.create"), "nothing is sent again")
		err := s.Resolve(t.Context(), id, popup.Retry)
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
	})
	t.Run("discard", func(t *testing.T) {
		w, s, id := uncertain(t)
		require.NoError(t, s.Resolve(t.Context(), id, popup.Discard))
		assert.Equal(t, "discarded", w.now().Outbox[0].State)
		err := s.Resolve(t.Context(), id, popup.Retry)
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
		w.clock.advance(31 * 24 * time.Hour)
		w.drain(t)
		w.clock.advance(time.Hour)
		w.drain(t)
		require.NoError(t, s.Refresh(t.Context()))
		assert.Empty(t, w.now().Outbox)
		err = s.Resolve(t.Context(), id, popup.Restore)
		assert.Equal(t, crm.NotFound, crm.KindOf(err))
	})
	t.Run("what is not known to be undone cannot be edited", func(t *testing.T) {
		w, s, id := uncertain(t)
		before := w.formID()
		err := s.Resolve(t.Context(), id, popup.Edit)
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
		assert.Equal(t, before, w.formID())
		assert.Equal(t, outbox.Uncertain, w.entry(t).State)
	})
	t.Run("no such action", func(t *testing.T) {
		_, s, id := uncertain(t)
		assert.Equal(t, crm.Internal, crm.KindOf(s.Resolve(t.Context(), id, popup.OpenOptions)))
	})
	t.Run("damaged", func(t *testing.T) {
		w, s, id := uncertain(t)
		require.NoError(t, store.Put(t.Context(), w.outbox, "entry/"+id, []byte("?")))
		require.NoError(t, s.Refresh(t.Context()))
		require.NoError(t, s.Resolve(t.Context(), w.now().Outbox[0].ID, popup.Discard))
		assert.Empty(t, w.now().Outbox)
	})
	t.Run("storage failing", func(t *testing.T) {
		w, s, id := asking(t)
		fails(w.outbox, "update")
		for _, action := range []popup.Action{popup.Resend, popup.Settle, popup.Discard} {
			err := s.Resolve(t.Context(), id, action)
			assert.Contains(t, crm.AsError(err).Text(), "The browser's storage does not work", action)
		}
		assert.Equal(t, outbox.Asking, w.entry(t).State)
	})
}

func TestEditWhatWasRefused(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils", "amount", "1.2345", "close_date", "2027-03-01", "owner", "", "stage", w.option(t, crm.FieldStage, "Propose"))
	id := w.refused(t, s, "Amount is too small.")
	saved := w.entry(t).Command
	require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
	w.golden(t, "form_reopened")
	assert.NotEqual(t, id, w.formID())
	assert.Empty(t, w.now().Outbox)

	w.typing(t, s, "name", "Acme anvils!")
	assert.NotEmpty(t, w.field(crm.FieldAmount).Error, "it stands while the amount does")
	w.typing(t, s, "name", "Acme anvils")
	w.opened(t, acmePage)
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName), "kept as a draft")
	assert.Equal(t, saved, w.save(t, s).Command, "what was asked for before, if nothing is changed")
}

// TestEditKeepsTheAmount has amounts that could be read in two ways.
func TestEditKeepsTheAmount(t *testing.T) {
	for _, amount := range []string{"1.2340", "12.5", "1,234", "0.125", "1234.567"} {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "amount", amount)
		id := w.refused(t, s, "Computer says no.")
		saved := w.entry(t).Command.(crm.Create)
		require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
		assert.Equal(t, `Apollo refuses what was entered. It says: “Computer says no”. Change it and save again.`, w.now().Form.Text)
		assert.Equal(t, saved.Amount, w.save(t, s).Command.(crm.Create).Amount, amount)
	}
}

func TestEditARefusedChange(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.view(t, s, "Acme training days")
	w.typing(t, s, "close_date", "1.3.2027")
	id := w.refused(t, s, "Closed date is a Monday.")
	require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
	w.golden(t, "form_reopened_change")
	w.typing(t, s, "close_date", "2.3.2027")
	assert.Empty(t, w.field(crm.FieldCloseDate).Error)
	assert.Equal(t, []crm.Field{crm.FieldCloseDate}, w.save(t, s).Command.(crm.Update).Fields)
}

// TestEditTakesNoOthersPlace has the rep type something else meanwhile.
func TestEditTakesNoOthersPlace(t *testing.T) {
	const inTheWay = "The form for it holds something that is not saved. Save or discard that first, then edit this."
	t.Run("new opportunity shown", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		id := w.refused(t, s, "No.")
		w.typing(t, s, "name", "Acme rockets")
		err := s.Resolve(t.Context(), id, popup.Edit)
		assert.Equal(t, inTheWay, crm.AsError(err).Text())
		assert.Equal(t, "Acme rockets", w.value(crm.FieldName))
		assert.Equal(t, outbox.Refused, w.entry(t).State)
		require.NoError(t, s.Discard(t.Context(), w.formID()))
		require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
	})
	t.Run("new opportunity kept", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		id := w.refused(t, s, "No.")
		w.typing(t, s, "name", "Acme rockets")
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k")
		s = w.opened(t, acmePage)
		err := s.Resolve(t.Context(), id, popup.Edit)
		assert.Equal(t, inTheWay, crm.AsError(err).Text())
		require.NoError(t, s.NewOpportunity(t.Context()))
		assert.Equal(t, "Acme rockets", w.value(crm.FieldName))
	})
	t.Run("not kept, for storage refuses", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		id := w.refused(t, s, "No.")
		fails(w.drafts, "update")
		assert.Error(t, s.Edit(t.Context(), w.formID(), crm.FieldName, "Acme rockets"))
		fails(w.drafts, "")
		assert.Error(t, s.Resolve(t.Context(), id, popup.Edit))
		assert.Equal(t, "Acme rockets", w.value(crm.FieldName))
	})
	t.Run("a change of something else", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		id := w.refused(t, s, "No.")
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k")
		require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
		assert.Empty(t, w.now().Form.Editing)
		w.view(t, s, "Acme training days")
		assert.Equal(t, "7k", w.value(crm.FieldAmount), "is kept where it belongs")
	})
}

// TestEditForAnotherCompany must not make the deal with the company that is
// shown by chance.
func TestEditForAnotherCompany(t *testing.T) {
	for name, page := range map[string]site.Page{"its account is there": initechPage, "its account is new": freshPage} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			s := w.read(t, page)
			if name == "its account is there" {
				w.typing(t, s, "account", w.option(t, crm.FieldAccount, "Initech"))
			}
			id := w.refused(t, s, "No.")
			other := w.read(t, acmePage)
			err := other.Resolve(t.Context(), id, popup.Edit)
			assert.Equal(t, "This is for another company. Open that company's site and edit it there.", crm.AsError(err).Text())
			assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
			assert.Equal(t, outbox.Refused, w.entry(t).State)

			s = w.read(t, page)
			require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
			assert.Contains(t, w.now().Form.Text, "Apollo refuses")
		})
	}
}

// TestEditIsAllOrNothing has storage fail in the middle.
func TestEditIsAllOrNothing(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils")
	id := w.refused(t, s, "No.")
	for _, area := range []*store.Memory{w.drafts, w.outbox} {
		fails(area, "update")
		assert.Error(t, s.Resolve(t.Context(), id, popup.Edit))
		fails(area, "")
		assert.Equal(t, outbox.Refused, w.entry(t).State)
		assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
	}
	require.NoError(t, s.Resolve(t.Context(), id, popup.Edit))
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
}
