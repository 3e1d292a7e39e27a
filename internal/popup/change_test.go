package popup_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/site"
)

// view opens a row of the list in the form.
func (w *world) view(t *testing.T, s *popup.Story, name string) crm.Opportunity {
	t.Helper()
	opportunity, err := s.View(t.Context(), w.rowNamed(t, name).ID)
	require.NoError(t, err)
	return opportunity
}

func TestChange(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	seen := w.view(t, s, "Acme support renewal")
	assert.Equal(t, "12500.5", seen.Amount.Text())
	assert.True(t, w.rowNamed(t, "Acme support renewal").Current)
	w.typing(t, s, "amount", "15k", "stage", w.option(t, crm.FieldStage, "Closed Won"), "name", "Acme support renewal")
	entry := w.save(t, s)
	command, _ := entry.Command.(crm.Update)
	assert.Equal(t, []crm.Field{crm.FieldAmount, crm.FieldStage}, command.Fields, "only what was changed")
	assert.Equal(t, "New opportunity", w.now().Form.Heading)

	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	stored := w.stored("opportunity.update")
	require.Len(t, stored, 1)
	assert.Equal(t, json.Number("15000"), stored[0]["amount"])
	assert.True(t, w.rowNamed(t, "Acme support renewal").Won)
}

// TestChangeBesideANewOpportunity has text in both forms: neither is lost by
// what happens to the other.
func TestChangeBesideANewOpportunity(t *testing.T) {
	begun := func(t *testing.T) (*world, *popup.Story) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", "Acme anvils")
		w.view(t, s, "Acme training days")
		w.typing(t, s, "amount", "7k")
		return w, s
	}
	creating := func(t *testing.T, w *world) {
		t.Helper()
		assert.Empty(t, w.now().Form.Editing)
		assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
	}
	changing := func(t *testing.T, w *world) {
		t.Helper()
		assert.Equal(t, "Change “Acme training days”", w.now().Form.Heading)
		assert.Equal(t, "7k", w.value(crm.FieldAmount))
	}
	t.Run("go back and forth", func(t *testing.T) {
		w, s := begun(t)
		require.NoError(t, s.NewOpportunity(t.Context()))
		creating(t, w)
		w.view(t, s, "Acme training days")
		changing(t, w)
		w.view(t, s, "Acme support renewal")
		w.view(t, s, "Acme training days")
		changing(t, w)
	})
	t.Run("save the change", func(t *testing.T) {
		w, s := begun(t)
		w.save(t, s)
		creating(t, w)
		w.opened(t, acmePage)
		creating(t, w)
	})
	t.Run("discard the change", func(t *testing.T) {
		w, s := begun(t)
		require.NoError(t, s.Discard(t.Context(), w.formID()))
		creating(t, w)
		w.view(t, s, "Acme training days")
		assert.Equal(t, "6000", w.value(crm.FieldAmount))
	})
	t.Run("discard the new one", func(t *testing.T) {
		w, s := begun(t)
		require.NoError(t, s.NewOpportunity(t.Context()))
		require.NoError(t, s.Discard(t.Context(), w.formID()))
		assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
		w.view(t, s, "Acme training days")
		changing(t, w)
	})
	t.Run("close the popup", func(t *testing.T) {
		w, _ := begun(t)
		s := w.opened(t, acmePage)
		changing(t, w)
		require.NoError(t, s.NewOpportunity(t.Context()))
		creating(t, w)
		w.opened(t, acmePage)
		creating(t, w)
	})
	t.Run("type before the popup is ready", func(t *testing.T) {
		w, _ := begun(t)
		s := w.story()
		require.NoError(t, s.Open(t.Context(), acmePage, map[crm.Field]string{crm.FieldAmount: "1k"}))
		creating(t, w)
		assert.Equal(t, "1k", w.value(crm.FieldAmount))
		w.view(t, s, "Acme training days")
		changing(t, w)
	})
	t.Run("storage refuses both", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		fails(w.drafts, "update")
		assert.Error(t, s.Edit(t.Context(), w.formID(), crm.FieldName, "Acme anvils"))
		assert.Contains(t, w.now().Form.Text, "The browser could not keep what you typed")
		_, err := s.View(t.Context(), w.rowNamed(t, "Acme training days").ID)
		assert.Error(t, err)
		assert.Error(t, s.Edit(t.Context(), w.formID(), crm.FieldAmount, "7k"))
		changing(t, w)
		assert.Error(t, s.NewOpportunity(t.Context()))
		creating(t, w)
		requireWayOn(t, w.now())
		_, err = s.View(t.Context(), w.rowNamed(t, "Acme training days").ID)
		assert.Error(t, err)
		changing(t, w)
		_, err = s.Save(t.Context(), w.formID())
		assert.Error(t, err)
		creating(t, w)
		assert.NotEmpty(t, w.entry(t).ID, "the change is saved all the same")
	})
}

// TestTheLastWishWins has answers come in another order than they were asked
// for.
func TestTheLastWishWins(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	slow, fast := w.rowNamed(t, "Acme training days").ID, w.rowNamed(t, "Acme support renewal").ID
	w.reader.before = func(call string) error {
		if call == "opportunity "+string(slow[20:]) {
			_, err := s.View(t.Context(), fast)
			assert.NoError(t, err)
			w.typing(t, s, "amount", "8k")
		}
		return nil
	}
	_, err := s.View(t.Context(), slow)
	require.NoError(t, err)
	assert.Equal(t, fast, w.now().Form.Editing)
	assert.Equal(t, "8k", w.value(crm.FieldAmount))

	w.reader.before = func(string) error { return s.ChooseDomain(t.Context(), "fresh.test", "") }
	_, err = s.View(t.Context(), slow)
	require.NoError(t, err)
	assert.Equal(t, "fresh.test", w.now().Company.Domain)
	assert.Empty(t, w.now().Form.Editing, "another company's opportunity is not shown")
}

// TestWhatWasTypedLast comes after another form is shown, as keys do.
func TestWhatWasTypedLast(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	left := w.formID()
	w.view(t, s, "Acme training days")
	require.NoError(t, s.Edit(t.Context(), left, crm.FieldName, "Acme anvils"))
	assert.Equal(t, "Acme training days", w.value(crm.FieldName))
	w.opened(t, acmePage)
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))

	require.NoError(t, s.Edit(t.Context(), "unknown", crm.FieldName, "Nobody's"))
	require.NoError(t, s.Edit(t.Context(), "", crm.FieldName, "Nobody's"))
	for _, v := range w.all() {
		assert.NotContains(t, draw(v), "Nobody's")
	}
}

func TestViewWithoutApollo(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	id := w.rowNamed(t, "Acme training days").ID
	t.Run("known", func(t *testing.T) {
		w.reader.answer("opportunity", errOffline)
		w.view(t, s, "Acme training days")
		assert.Equal(t, id, w.now().Form.Editing)
		assert.Equal(t, crm.Unavailable, w.now().Notice.Kind)
		w.typing(t, s, "amount", "7k")
		w.save(t, s)
	})
	t.Run("without a key", func(t *testing.T) {
		w := newWorld()
		w.read(t, acmePage)
		w.reader = nil
		s := w.read(t, acmePage)
		w.view(t, s, "Acme training days")
		assert.Equal(t, popup.OpenOptions, w.now().Notice.Action)
	})
	t.Run("unknown", func(t *testing.T) {
		before := w.formID()
		_, err := s.View(t.Context(), "65f00006000000000000ffff")
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
		assert.Equal(t, before, w.formID())
		assert.Equal(t, popup.Retry, w.now().Notice.Action)
	})
	t.Run("deleted", func(t *testing.T) {
		w.reader.answer("opportunity", &crm.Error{Kind: crm.NotFound, Message: "Apollo has no such opportunity any more. Load the list again."})
		before := w.formID()
		_, err := s.View(t.Context(), id)
		assert.Equal(t, crm.NotFound, crm.KindOf(err))
		assert.Equal(t, before, w.formID(), "what is gone cannot be changed")
		assert.Equal(t, "Load the list again", w.now().Notice.Label)
		requireWayOn(t, w.now())
	})
	t.Run("index failing", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		fails(w.index, "update")
		w.view(t, s, "Acme training days")
		assert.Equal(t, id, w.now().Form.Editing)
		assert.Equal(t, crm.Internal, w.now().Notice.Kind)
	})
}

// TestChangeNeedsNoCompany reopens a change where the page has no company.
func TestChangeNeedsNoCompany(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.view(t, s, "Acme training days")
	w.typing(t, s, "amount", "7k")
	entry := w.save(t, s)
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.update", Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Amount is odd."}`, Times: 1})
	w.drain(t)

	s = w.read(t, site.Page{})
	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Edit))
	assert.True(t, w.now().Form.Ready)
	assert.Equal(t, "7000", w.value(crm.FieldAmount))
	require.NoError(t, s.ChooseDomain(t.Context(), "fresh.test", ""))
	assert.NotEqual(t, "7000", w.value(crm.FieldAmount), "a change is of its opportunity alone")
	s = w.read(t, site.Page{})
	assert.Equal(t, "7000", w.value(crm.FieldAmount))
	w.save(t, s)
	w.drain(t)
	assert.Len(t, w.stored("opportunity.update"), 1)
	assert.Equal(t, outbox.Done, w.entry(t).State)
}
