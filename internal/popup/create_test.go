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
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/site"
)

func TestCreate(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	first := w.formID()
	w.woken()
	w.typing(t, s, "name", "Acme anvils", "amount", "25k", "stage", w.option(t, crm.FieldStage, "Propose"))
	entry := w.save(t, s)
	assert.Equal(t, []popup.Task{popup.Drain}, w.woken())
	assert.Equal(t, outbox.Queued, entry.State)
	assert.Equal(t, first, entry.ID)
	assert.Empty(t, w.stored("opportunity.create"), "the popup sends nothing")

	next := w.now().Form
	assert.NotEqual(t, first, next.ID)
	assert.False(t, next.Dirty)
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName), "the next form is prefilled")
	assert.Empty(t, w.value(crm.FieldAmount))

	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	stored := w.stored("opportunity.create")
	require.Len(t, stored, 1)
	assert.Equal(t, "Acme anvils", stored[0]["name"])
	assert.Equal(t, json.Number("25000"), stored[0]["amount"])
	assert.Equal(t, "Propose", w.rowNamed(t, "Acme anvils").Stage)
	assert.Equal(t, "done", w.now().Outbox[0].State)

	w.clock.advance(10 * time.Minute)
	w.opened(t, acmePage)
	assert.Empty(t, w.now().Outbox, "what is long done does not stand in the way")
}

func TestCreateWithItsAccount(t *testing.T) {
	w := newWorld()
	s := w.read(t, freshPage)
	w.save(t, s)
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	assert.Len(t, w.stored("account.create"), 1)
	assert.Equal(t, popup.InApollo, w.now().Company.Status)
	assert.Equal(t, "Fresh Foods", w.rowNamed(t, "Fresh Foods").Name)
	assert.Equal(t, "Fresh Foods", w.field(crm.FieldAccount).Options[0].Label)
}

// TestDoubleClick saves a form twice, also at the same time.
func TestDoubleClick(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	formID := w.formID()
	w.typing(t, s, "name", "Acme anvils")
	ids := make(chan string, 4)
	for range cap(ids) {
		go func() {
			entry, err := s.Save(t.Context(), formID)
			assert.NoError(t, err)
			ids <- entry.ID
		}()
	}
	for range cap(ids) {
		assert.Equal(t, formID, <-ids)
	}
	assert.Equal(t, formID, w.entry(t).ID)
	w.drain(t)
	assert.Len(t, w.stored("opportunity.create"), 1)
}

func TestSaveOfAFormThatIsGone(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	gone := w.formID()
	_, err := s.View(t.Context(), w.rowNamed(t, "Acme training days").ID)
	require.NoError(t, err)
	_, err = s.Save(t.Context(), gone)
	assert.Equal(t, crm.NotFound, crm.KindOf(err))
	assert.Contains(t, crm.AsError(err).Text(), "Nothing was saved")
}

// TestTypingWhileSaving types on while the outbox stores the command.
func TestTypingWhileSaving(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	formID := w.formID()
	w.typing(t, s, "name", "Acme anvils", "amount", "5k")
	w.outbox.Fail = func(operation string) error {
		if operation == "update" {
			w.outbox.Fail = nil
			assert.NoError(t, s.Edit(t.Context(), formID, crm.FieldAmount, "7k"))
		}
		return nil
	}
	entry := w.save(t, s)
	assert.Equal(t, "5000", entry.Command.(crm.Create).Amount.Text())
	assert.Equal(t, "7k", w.value(crm.FieldAmount), "what came too late stands in the next form")
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
}

func TestSaveWithStorageFailing(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	formID := w.formID()
	w.typing(t, s, "name", "Acme anvils")
	fails(w.outbox, "update")
	_, err := s.Save(t.Context(), formID)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	assert.Contains(t, w.now().Form.Text, "Not saved: the browser could not store it.")
	assert.Equal(t, formID, w.formID())
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
	requireWayOn(t, w.now())

	fails(w.outbox, "")
	assert.Equal(t, formID, w.save(t, s).ID)
	assert.Empty(t, w.now().Form.Text)
}

// TestSaveIsSafeWithoutTheRest has everything fail but the outbox.
func TestSaveIsSafeWithoutTheRest(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils")
	fails(w.drafts, "update")
	entry, err := s.Save(t.Context(), w.formID())
	assert.Equal(t, crm.Internal, crm.KindOf(err), "the draft could not be forgotten")
	assert.Equal(t, entry, w.entry(t))
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))

	fails(w.drafts, "")
	w.opened(t, acmePage)
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName), "a draft that is saved does not come back")
	assert.False(t, w.now().Form.Dirty)
	w.drain(t)
	w.clock.advance(48 * time.Hour)
	w.drain(t)
	w.opened(t, acmePage)
	assert.False(t, w.now().Form.Dirty, "not even when the entry is forgotten")
}

// TestSavedInAnotherWindow has two windows with one form that differ.
func TestSavedInAnotherWindow(t *testing.T) {
	w := newWorld()
	a := w.read(t, acmePage)
	w.typing(t, a, "name", "Acme anvils")
	b := w.opened(t, acmePage)
	formID := w.formID()
	w.typing(t, b, "name", "Acme anvils and more")
	_, err := a.Save(t.Context(), formID)
	require.NoError(t, err)

	_, err = b.Save(t.Context(), formID)
	assert.Equal(t, crm.Conflict, crm.KindOf(err))
	assert.Contains(t, w.now().Form.Text, "Not saved: this form was saved before, with other values")
	assert.Len(t, w.now().Outbox, 1, "the entry is shown")
	assert.Equal(t, "Acme anvils and more", w.value(crm.FieldName))
	assert.NotEqual(t, formID, w.formID())

	w.opened(t, acmePage)
	assert.Equal(t, "Acme anvils and more", w.value(crm.FieldName), "kept as a form of its own")
	_, err = b.Save(t.Context(), w.formID())
	require.NoError(t, err, "saving again is the rep's word")
	w.drain(t)
	assert.Len(t, w.stored("opportunity.create"), 2)
}

func TestChooseDomain(t *testing.T) {
	w := newWorld()
	s := w.read(t, site.Page{URL: "http://localhost/"})
	w.typing(t, s, "name", "Typed before", "amount", "3k")
	_, err := s.Save(t.Context(), w.formID())
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	assert.Equal(t, "Type the company's domain first: an opportunity needs a company.", w.now().Form.Text)

	err = s.ChooseDomain(t.Context(), "localhost", "")
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	assert.Equal(t, "Typed before", w.value(crm.FieldName))

	require.NoError(t, s.ChooseDomain(t.Context(), " https://www.Acme.test/x ", ""))
	s.Read(t.Context(), false)
	assert.Equal(t, popup.InApollo, w.now().Company.Status)
	assert.Equal(t, "Typed before", w.value(crm.FieldName))
	assert.Equal(t, "3k", w.value(crm.FieldAmount))

	w.opened(t, site.Page{})
	assert.Empty(t, w.value(crm.FieldName), "the draft went along")
	w.opened(t, acmePage)
	assert.Equal(t, "Typed before", w.value(crm.FieldName))
}

// TestTypingWhileChoosingADomain types while storage is read.
func TestTypingWhileChoosingADomain(t *testing.T) {
	w := newWorld()
	s := w.read(t, site.Page{})
	before := w.formID()
	w.drafts.Fail = func(string) error {
		w.drafts.Fail = nil
		return s.Edit(t.Context(), before, crm.FieldName, "Typed meanwhile")
	}
	require.NoError(t, s.ChooseDomain(t.Context(), "acme.test", ""))
	assert.Equal(t, "Typed meanwhile", w.value(crm.FieldName))
}

func TestChooseAccount(t *testing.T) {
	w := newWorld()
	s := w.read(t, initechPage)
	assert.Equal(t, popup.Several, w.now().Company.Status)
	assert.Empty(t, w.value(crm.FieldAccount), "which one is the rep's to know")
	_, err := s.Save(t.Context(), w.formID())
	assert.Equal(t, crm.FieldAccount, crm.AsError(err).Field)

	europe := w.option(t, crm.FieldAccount, "Initech Europe")
	require.NoError(t, s.ChooseAccount(t.Context(), crm.AccountID(europe)))
	s.Read(t.Context(), false)
	assert.Equal(t, popup.InApollo, w.now().Company.Status)
	assert.Equal(t, "Initech Europe", w.now().Company.Name)
	assert.Len(t, w.now().List.Rows, 2)
	assert.Empty(t, w.field(crm.FieldAccount).Error)

	other := w.opened(t, initechPage)
	require.NoError(t, other.Discard(t.Context(), w.formID()))
	w.read(t, initechPage)
	assert.Equal(t, europe, w.value(crm.FieldAccount), "the choice is remembered")
	assert.Len(t, w.now().List.Rows, 2)

	w.typing(t, w.opened(t, initechPage), "account", "65f0000500000000000000ff")
	assert.Len(t, w.now().List.Rows, 2, "an account of others is no choice")
}

func TestChooseAccountIsKeptWithTheIndexFailing(t *testing.T) {
	w := newWorld()
	s := w.read(t, initechPage)
	europe := w.option(t, crm.FieldAccount, "Initech Europe")
	fails(w.index, "update")
	assert.Error(t, s.ChooseAccount(t.Context(), crm.AccountID(europe)))
	assert.Equal(t, europe, w.value(crm.FieldAccount))
	w.opened(t, initechPage)
	assert.Equal(t, europe, w.value(crm.FieldAccount))
}

// TestRep has the owner prefilled with who the rep says they are, else with
// whom the key acts as, also when Apollo does not say it again.
func TestRep(t *testing.T) {
	w := newWorld()
	w.read(t, acmePage)
	dana := w.option(t, crm.FieldOwner, "Dana Whitfield")
	assert.Equal(t, dana, w.value(crm.FieldOwner))

	w.clock.advance(2 * time.Hour)
	w.reader.answer("profile", errOffline)
	w.read(t, acmePage)
	w.read(t, acmePage)
	assert.Equal(t, dana, w.value(crm.FieldOwner))

	w.rep = crm.UserID(w.option(t, crm.FieldOwner, "Mateo Silva"))
	w.opened(t, acmePage)
	assert.Equal(t, string(w.rep), w.value(crm.FieldOwner))
}

// TestKeyWithoutUsers has a team whose users may not be read: the form works.
func TestKeyWithoutUsers(t *testing.T) {
	w := newWorld(without("api/v1/users/search"))
	s := w.read(t, acmePage)
	require.NoError(t, s.Refresh(t.Context()))
	assert.Len(t, w.field(crm.FieldStage).Options, 6, "the stages stay")
	w.save(t, s)
	w.drain(t)
	assert.Len(t, w.stored("opportunity.create"), 1)
}

func TestSaveOffline(t *testing.T) {
	w := newWorld()
	w.read(t, acmePage)
	w.clock.advance(24 * time.Hour)
	w.reader.answer("", errOffline)
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "From the train")
	w.save(t, s)
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultReset, Times: 1})
	w.drain(t)
	assert.Equal(t, outbox.Queued, w.entry(t).State)
	w.woken()
	w.clock.advance(time.Minute)
	w.opened(t, acmePage)
	assert.Equal(t, []popup.Task{popup.Drain}, w.woken(), "what is due is sent at the next opening")
	w.drain(t)
	assert.Len(t, w.stored("opportunity.create"), 1)
}
