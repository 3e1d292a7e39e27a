package outbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

func money(text string) crm.Money {
	m, _ := crm.ParseMoney(text)
	return m
}

// both changes the name and the amount of opportunity 4.
func both(name, amount string) crm.Update {
	u := update(4, name)
	u.Fields = append(u.Fields, crm.FieldAmount)
	u.Want.Amount = money(amount)
	return u
}

func TestAnUpdateThatIsThereAlreadyIsNotSent(t *testing.T) {
	w := newWorld()
	w.apollo.change(id[crm.OpportunityID](4), crm.Values{Name: "Acme"})
	w.save(t, "a", update(4, "Acme"))
	w.drain(t)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Equal(t, []string{"view 4"}, w.apollo.calls)
}

func TestAColleaguesChangeIsAskedAbout(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(*world, outbox.Entry) error
		want   crm.Values
	}{
		"mine":   {func(w *world, e outbox.Entry) error { return w.Resend(w.ctx, e) }, crm.Values{Name: "mine", Amount: money("5")}},
		"theirs": {func(w *world, e outbox.Entry) error { return w.Settle(w.ctx, e.ID) }, crm.Values{Name: "theirs", Amount: money("5")}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.ctx = t.Context()
			four := id[crm.OpportunityID](4)
			w.save(t, "a", both("mine", "5"))
			w.apollo.change(four, crm.Values{Name: "theirs"})
			report := w.drain(t)
			require.Len(t, report.Stored, 1, "what is there is learned")
			assert.Equal(t, "theirs", report.Stored[0].Name)
			entry := w.entry(t, "a")
			require.Equal(t, outbox.Asking, entry.State)
			assert.Equal(t, outbox.Clash, entry.Question)
			assert.Equal(t, []outbox.Conflict{{Field: crm.FieldName, Base: "before", Theirs: "theirs", Ours: "mine"}}, entry.Conflicts)
			assert.Equal(t, []string{"view 4"}, w.apollo.calls, "not even the amount is sent")

			w.apollo.sent = nil
			require.NoError(t, c.answer(w, entry))
			w.drain(t)
			require.Equal(t, outbox.Done, w.entry(t, "a").State)
			stored := crm.Values{Name: "theirs"}
			for _, f := range w.apollo.sent {
				stored.SetText(f, both("mine", "5").Want.Text(f))
			}
			assert.Equal(t, c.want, stored)
		})
	}
}

func TestAUncertainUpdateIsLookedAtAndSentAgainLater(t *testing.T) {
	w := newWorld()
	w.save(t, "a", update(4, "Acme"))
	w.save(t, "b", update(4, "Acme, Inc."))
	w.apollo.answer = fail("update 4 Acme", crm.Uncertain)
	w.drain(t)
	w.apollo.answer = nil
	w.let(t, policy.Quarantine)
	assert.Equal(t, 1, w.apollo.count("update 4 Acme"), "the first may still arrive")
	w.let(t, time.Hour)
	assert.Equal(t, map[string]outbox.State{"a": outbox.Done, "b": outbox.Done}, w.states(t))
	assert.Equal(t, "Acme, Inc.", w.apollo.changed[id[crm.OpportunityID](4)].Name, "the second after the first, and no conflict with it")
}

func TestAnUpdateWaitsForItsCreate(t *testing.T) {
	w := proven(t)
	w.save(t, "a", create("before"))
	_, err := w.AppendAfter(t.Context(), "b", "a", update(4, "Acme"))
	require.NoError(t, err)
	w.apollo.answer = fail("create before", crm.Unavailable)
	w.drain(t)
	assert.Equal(t, map[string]outbox.State{"first": outbox.Done, "a": outbox.Queued, "b": outbox.Queued}, w.states(t))
	w.apollo.answer = nil
	w.let(t, time.Minute)
	made := w.entry(t, "a").Opportunity
	assert.Equal(t, outbox.Done, w.entry(t, "b").State)
	assert.Equal(t, made, w.entry(t, "b").Opportunity)
	assert.Equal(t, "Acme", w.apollo.changed[made].Name)
}

func TestAnUpdateWithoutItsCreateIsRefused(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	_, err := w.AppendAfter(t.Context(), "b", "a", update(4, "Globex"))
	require.NoError(t, err)
	require.NoError(t, w.Discard(t.Context(), "a"))
	w.drain(t)
	assert.Equal(t, outbox.Refused, w.entry(t, "b").State)
	assert.Empty(t, w.apollo.calls)
}
