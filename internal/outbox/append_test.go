package outbox_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

func TestAppendIsDurable(t *testing.T) {
	closeDate, _ := crm.ParseDate("2026-12-31")
	amount, _ := crm.ParseMoney("12500.5")
	amount.Currency = "EUR"
	values := crm.Values{
		Name: "Acme “rollout” <b>\x00é", Amount: amount, StageID: id[crm.StageID](1), CloseDate: closeDate,
		OwnerID: id[crm.UserID](2), AccountID: id[crm.AccountID](3),
	}
	changed := crm.Values{Name: "Acme", Amount: amount}
	for name, command := range map[string]crm.Command{
		"create":                  crm.Create{Values: values},
		"create with its account": crm.Create{Values: crm.Values{Name: "Acme"}, NewAccount: &crm.NewAccount{Name: "Acme, Inc.", Domain: "acme.co.uk"}},
		"update":                  crm.Update{ID: id[crm.OpportunityID](9), Fields: []crm.Field{crm.FieldName, crm.FieldAmount}, Base: values, Want: changed},
		"update that clears":      crm.Update{ID: id[crm.OpportunityID](9), Fields: []crm.Field{crm.FieldAmount}, Base: values},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			saved, err := w.Append(t.Context(), "form-1", command)
			require.NoError(t, err)
			assert.Equal(t, outbox.Entry{
				ID: "form-1", Command: command, State: outbox.Queued, Saved: morning, Changed: morning, Seq: 1, Boot: "monday", Revision: 1,
			}, saved)
			entries, damaged, err := w.box(w.store).List(t.Context())
			require.NoError(t, err)
			assert.Empty(t, damaged)
			assert.Equal(t, []outbox.Entry{saved}, entries, "what another context reads")
		})
	}
}

func TestAppendTwiceIsOneEntry(t *testing.T) {
	w := newWorld()
	first := w.save(t, "form-1", create("Acme"))
	for range 100 {
		again, err := w.Append(t.Context(), "form-1", create("Acme"))
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
	w.drain(t)
	done, err := w.Append(t.Context(), "form-1", create("Acme"))
	require.NoError(t, err)
	assert.Equal(t, outbox.Done, done.State, "the entry as it is, not a new one")
	w.drain(t)
	assert.Equal(t, 1, w.apollo.count("create Acme"))
}

func TestAppendOfAnotherCommandUnderTheSameIDIsAConflict(t *testing.T) {
	w := newWorld()
	first := w.save(t, "form-1", create("Acme"))
	for name, command := range map[string]crm.Command{
		"other values": create("Acme two"), "other account": createWithAccount("Acme", "acme.com"), "an update": update(1, "Acme"),
	} {
		_, err := w.Append(t.Context(), "form-1", command)
		assert.Equal(t, crm.Conflict, crm.KindOf(err), name)
	}
	assert.Equal(t, first, w.entry(t, "form-1"))
}

func TestAppendRefusesWhatCannotBeKept(t *testing.T) {
	for name, c := range map[string]struct {
		id      string
		command crm.Command
		kind    crm.Kind
	}{
		"a command that is not valid":          {"form-1", create(""), crm.Invalid},
		"an update of nothing":                 {"form-1", crm.Update{ID: id[crm.OpportunityID](1)}, crm.Invalid},
		"an update of an unknown field":        {"form-1", crm.Update{ID: id[crm.OpportunityID](1), Fields: []crm.Field{"next_step"}}, crm.Invalid},
		"no form id":                           {"", create("Acme"), crm.Internal},
		"a form id that is not text":           {"\xff", create("Acme"), crm.Internal},
		"an identifier that is none":           {"form-1", crm.Create{Values: crm.Values{Name: "Acme", StageID: "won"}}, crm.Internal},
		"a field that is wanted beside Fields": {"form-1", crm.Update{ID: id[crm.OpportunityID](1), Fields: []crm.Field{crm.FieldName}, Want: crm.Values{Name: "Acme", OwnerID: "me"}}, crm.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			_, err := w.Append(t.Context(), c.id, c.command)
			assert.Equal(t, c.kind, crm.KindOf(err))
			records, listErr := w.store.List(t.Context(), "")
			require.NoError(t, listErr)
			assert.Empty(t, records)
		})
	}
}

func TestAppendSaysWhenNothingWasSaved(t *testing.T) {
	full := errors.New("QuotaExceededError")
	for name, cause := range map[string]error{
		"a foreign error":  full,
		"an error of ours": &crm.Error{Kind: crm.Internal, Message: "The storage could not be opened.", Err: full},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.store.Fail = func(string) error { return cause }
			_, err := w.Append(t.Context(), "form-1", create("Acme"))
			require.ErrorIs(t, err, full)
			assert.Equal(t, crm.Unavailable, crm.KindOf(err))
			assert.Contains(t, crm.AsError(err).Message, "Not saved")

			w.store.Fail = nil
			assert.Empty(t, w.states(t))
			w.save(t, "form-1", create("Acme"))
			assert.Equal(t, map[string]outbox.State{"form-1": outbox.Queued}, w.states(t), "saving again saves")
		})
	}
}

func TestAppendOverADamagedRecordKeepsIt(t *testing.T) {
	w := newWorld()
	require.NoError(t, store.Put(t.Context(), w.store, "entry/form-1", []byte(`{"schema":1,"id":"form-1"`)))
	_, err := w.Append(t.Context(), "form-1", create("Acme"))
	assert.Equal(t, crm.Internal, crm.KindOf(err))
	assert.Contains(t, crm.AsError(err).Message, "Start a new form")
	value, err := store.Get(t.Context(), w.store, "entry/form-1")
	require.NoError(t, err)
	assert.Equal(t, `{"schema":1,"id":"form-1"`, string(value))
}

func TestListGivesTheLatestFirst(t *testing.T) {
	w := newWorld()
	for _, id := range []string{"b", "a", "c"} {
		w.save(t, id, create("deal "+id))
	}
	w.clock.advance(-time.Second) // "d" is saved at the moment of "c"
	_, err := w.Append(t.Context(), "d", create("deal d"))
	require.NoError(t, err)
	entries, _, err := w.List(t.Context())
	require.NoError(t, err)
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	assert.Equal(t, []string{"c", "d", "a", "b"}, ids)
}
