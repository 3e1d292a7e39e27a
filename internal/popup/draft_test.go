package popup_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

func TestDraftOutlivesThePopup(t *testing.T) {
	w := newWorld()
	w.typing(t, w.opened(t, acmePage), "name", "Acme anvils", "amount", "about 5k", "close_date", "")
	formID := w.formID()
	w.clock.advance(40 * 24 * time.Hour)
	w.read(t, acmePage)
	assert.Equal(t, formID, w.formID(), "the same form: it can be saved once only")
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
	assert.Equal(t, "about 5k", w.value(crm.FieldAmount), "kept as typed")
	assert.NotEmpty(t, w.field(crm.FieldAmount).Error, "and still said to be wrong")
	assert.Empty(t, w.value(crm.FieldCloseDate), "emptied on purpose")

	w.read(t, freshPage)
	assert.Equal(t, "Fresh Foods", w.value(crm.FieldName), "another company has its own form")
}

func TestTypedBeforeReadyWins(t *testing.T) {
	w := newWorld()
	w.typing(t, w.opened(t, acmePage), "name", "Old name", "amount", "5k")
	s := w.story()
	typed := map[crm.Field]string{crm.FieldName: "New name"}
	require.NoError(t, s.Open(t.Context(), acmePage, typed))
	s.Read(t.Context(), false)
	assert.Equal(t, "New name", w.value(crm.FieldName))
	assert.Equal(t, "5k", w.value(crm.FieldAmount))
	w.opened(t, acmePage)
	assert.Equal(t, "New name", w.value(crm.FieldName), "kept at once")
}

func TestDiscard(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	formID := w.formID()
	w.typing(t, s, "name", "Acme anvils")
	require.NoError(t, s.Discard(t.Context(), "another"))
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
	require.NoError(t, s.Discard(t.Context(), formID))
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
	require.NoError(t, s.Edit(t.Context(), formID, crm.FieldName, "too late"))
	kept, err := w.drafts.List(t.Context(), "draft/")
	require.NoError(t, err)
	assert.Empty(t, kept)
	w.opened(t, acmePage)
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
	assert.False(t, w.now().Form.Dirty)
}

// TestAnotherWindowsDraft stands in the place of the one that is saved or
// discarded.
func TestAnotherWindowsDraft(t *testing.T) {
	w := newWorld()
	w.read(t, acmePage)
	a := w.opened(t, acmePage)
	inA := w.formID()
	b := w.opened(t, acmePage)
	inB := w.formID()
	require.NoError(t, a.Edit(t.Context(), inA, crm.FieldName, "Acme anvils"))
	require.NoError(t, b.Edit(t.Context(), inB, crm.FieldName, "Acme rockets"))
	_, err := a.Save(t.Context(), inA)
	require.NoError(t, err)
	w.opened(t, acmePage)
	assert.Equal(t, "Acme rockets", w.value(crm.FieldName))
}

func TestDiscardWithStorageFailing(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils")
	fails(w.drafts, "update")
	err := s.Discard(t.Context(), w.formID())
	assert.Contains(t, crm.AsError(err).Text(), "The browser's storage does not work")
	requireWayOn(t, w.now())
}

func TestUnreadableDraft(t *testing.T) {
	t.Run("of a new opportunity", func(t *testing.T) {
		w := newWorld()
		w.typing(t, w.opened(t, acmePage), "name", "Acme anvils")
		require.NoError(t, store.Put(t.Context(), w.drafts, "draft/acme.test/new", []byte(`{"version":1,`)))
		s := w.opened(t, acmePage)
		assert.Equal(t, "What was typed for this company before could not be read, so the form starts anew. Nothing else is lost.", w.now().Form.Text)
		assert.Equal(t, "Acme Corp", w.value(crm.FieldName))
		w.typing(t, s, "name", "Acme again")
		assert.Empty(t, w.now().Form.Text)
		w.opened(t, acmePage)
		assert.Equal(t, "Acme again", w.value(crm.FieldName))
		assert.Empty(t, w.now().Form.Text)
	})
	t.Run("of a change", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", "Acme anvils")
		id := w.view(t, s, "Acme training days").ID
		w.typing(t, s, "amount", "7k")
		require.NoError(t, store.Put(t.Context(), w.drafts, "draft/acme.test/"+string(id), []byte("?")))
		s = w.opened(t, acmePage)
		assert.NotEmpty(t, w.now().Form.Text)
		assert.Equal(t, "Acme anvils", w.value(crm.FieldName), "the other draft is not lost by it")
		w.view(t, s, "Acme training days")
		assert.Equal(t, "What was typed into this change before could not be read. The form shows what Apollo has.", w.now().Form.Text)
		assert.Equal(t, "6000", w.value(crm.FieldAmount))

		require.NoError(t, store.Put(t.Context(), w.drafts, "draft/acme.test/new", []byte("?")))
		s = w.opened(t, acmePage)
		w.view(t, s, "Acme training days")
		require.NoError(t, s.NewOpportunity(t.Context()))
		assert.Contains(t, w.now().Form.Text, "could not be read")
	})
	t.Run("storage that cannot be read", func(t *testing.T) {
		w := newWorld()
		fails(w.drafts, "read")
		w.read(t, acmePage)
		assert.NotEmpty(t, w.now().Form.Text)
		requireWayOn(t, w.now())
	})
}

func TestStorageRefusesADraft(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	fails(w.drafts, "update")
	err := s.Edit(t.Context(), w.formID(), crm.FieldName, "Acme anvils")
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	assert.ErrorIs(t, err, errStorage)
	assert.Equal(t, "The browser could not keep what you typed: it is lost when this window closes. Save it now, or free some disk space and go on typing.", w.now().Form.Text)
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
	fails(w.drafts, "")
	assert.Equal(t, "Acme anvils", w.save(t, s).Command.(crm.Create).Name)
}

// TestTheLatestTextIsKept has storage be slow with a text while the next is
// typed.
func TestTheLatestTextIsKept(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	formID := w.formID()
	next := make(chan error, 1)
	var begun atomic.Bool
	w.drafts.Fail = func(string) error {
		if begun.CompareAndSwap(false, true) {
			go func() { next <- s.Edit(t.Context(), formID, crm.FieldName, "Acme anvils") }()
			overtaking(next)
		}
		return nil
	}
	require.NoError(t, s.Edit(t.Context(), formID, crm.FieldName, "Acme"))
	require.NoError(t, <-next)
	w.opened(t, acmePage)
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
}

// overtaking gives what runs beside the time to come first, if nothing keeps it
// from that.
func overtaking(done chan error) {
	select {
	case err := <-done:
		done <- err
	case <-time.After(20 * time.Millisecond):
	}
}

// TestAtOnce has everything happen at the same time; it is for the race
// detector, and the last text of each field must stand.
func TestAtOnce(t *testing.T) {
	w := newWorld(ignoresFilter)
	s := w.opened(t, acmePage)
	formID := w.formID()
	var group sync.WaitGroup
	for _, do := range []func(){
		func() { s.Read(t.Context(), true) },
		func() { s.Read(t.Context(), false) },
		func() { assert.NoError(t, s.Refresh(t.Context())) },
		func() { w.fill(t, 9) },
		func() { s.Opportunities() },
		func() {
			for _, text := range []string{"A", "Ac", "Acm", "Acme!"} {
				assert.NoError(t, s.Edit(t.Context(), formID, crm.FieldName, text))
			}
		},
		func() { assert.NoError(t, s.Edit(t.Context(), formID, crm.FieldAmount, "5k")) },
		func() { assert.NoError(t, s.Edit(t.Context(), formID, crm.FieldCloseDate, "fri")) },
	} {
		group.Go(do)
	}
	group.Wait()
	for range 2 {
		assert.Equal(t, "Acme!", w.value(crm.FieldName))
		assert.Equal(t, "5k", w.value(crm.FieldAmount))
		assert.Equal(t, "fri", w.value(crm.FieldCloseDate))
		w.opened(t, acmePage)
	}
}
