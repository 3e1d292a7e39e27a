//go:build !js

package team_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/team"
)

// The extension's outbox over the gateway, with every second answer lost: all is
// done, once, and nobody is asked.
func TestOutboxOverTheGateway(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	w.options.Entry = outbox.EntryID
	w.Client = team.New(w.options)
	now := time.Now()
	policy := outbox.DefaultPolicy()
	policy.Idempotent = true
	box := outbox.New(outbox.Ports{Primary: &store.Memory{}, Clock: func() time.Time { return now }, Rand: rand.Uint64, Boot: "b"}, policy)
	for i := range 12 {
		_, err := box.Append(t.Context(), newID(), crm.Create{Values: values(t, fmt.Sprintf("Queued %d", i), "10.5")})
		require.NoError(t, err)
	}
	settle := func() {
		t.Helper()
		pending := 1
		for round := 0; round < 120 && pending > 0; round++ {
			if round < 40 { // then all is well again, as it is in the end
				w.lose.Store(int32(rand.IntN(4)))
			}
			report, err := box.Drain(t.Context(), w)
			require.NoError(t, err)
			pending = report.Pending
			now = now.Add(time.Minute)
		}
		assert.Zero(t, pending)
	}
	settle()
	entries, _, err := box.List(t.Context())
	require.NoError(t, err)
	for _, e := range entries {
		assert.Equal(t, outbox.Done, e.State, "%+v", e.Failure)
		// And a change of each, of which answers get lost too.
		o, err := w.Opportunity(t.Context(), e.Opportunity)
		require.NoError(t, err)
		_, err = box.Append(t.Context(), newID(), crm.Update{ID: o.ID, Fields: []crm.Field{crm.FieldAmount}, Base: o.Values, Want: values(t, "", "11")})
		require.NoError(t, err)
	}
	settle()
	assert.Equal(t, 12, w.made("opportunity.create"))
	assert.Equal(t, 12, w.made("opportunity.update"))
}

// Somebody changes the opportunity after the worker's look and before the gateway's:
// what the gateway finds comes to the rep field by field, and the gateway's index
// has it from then on.
func TestAClashThatTheGatewayFinds(t *testing.T) {
	for name, c := range map[string]struct {
		decisions []outbox.Decision // on the amount and the custom field
		writes    int               // with the colleague's, of both fields
		amount    string
		text      string
	}{
		"all mine":   {[]outbox.Decision{outbox.TakeOurs, outbox.TakeOurs}, 2, "3", "mine"},
		"some mine":  {[]outbox.Decision{outbox.TakeTheirs, outbox.TakeOurs}, 2, "2", "mine"},
		"all theirs": {[]outbox.Decision{outbox.TakeTheirs, outbox.TakeTheirs}, 1, "2", "theirs"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, gateway.ScopeWrite)
			w.options.Entry = outbox.EntryID
			w.Client = team.New(w.options)
			policy := outbox.DefaultPolicy()
			policy.Idempotent = true
			box := outbox.New(outbox.Ports{Primary: &store.Memory{}, Clock: time.Now, Rand: rand.Uint64, Boot: "b"}, policy)
			fields, _, err := w.OpportunityFields(t.Context())
			require.NoError(t, err)
			field := fields[0].Field
			of := func(amount, text string) crm.Values {
				v := values(t, "To change", amount)
				require.True(t, v.SetText(field, text))
				return v
			}
			made, _, err := w.CreateOpportunity(t.Context(), of("1", "before"), newID())
			require.NoError(t, err)
			seen, err := w.Opportunity(t.Context(), made.ID)
			require.NoError(t, err)
			both := []crm.Field{crm.FieldAmount, field}
			id := newID()
			_, err = box.Append(t.Context(), id, crm.Update{ID: made.ID, Fields: both, Base: seen.Values, Want: of("3", "mine")})
			require.NoError(t, err)
			w.between = func() {
				_, _, err := w.direct.UpdateOpportunity(t.Context(), crm.Update{ID: made.ID, Fields: both, Want: of("2", "theirs")})
				assert.NoError(t, err)
			}
			_, err = box.Drain(t.Context(), w)
			require.NoError(t, err)
			asked, err := box.Find(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, outbox.Clash, asked.Question, "%+v", asked.Failure)
			assert.Equal(t, []outbox.Conflict{
				{Field: crm.FieldAmount, Base: "1", Theirs: "2", Ours: "3"}, {Field: field, Base: "before", Theirs: "theirs", Ours: "mine"},
			}, asked.Conflicts)

			// Nobody can ask Apollo while the rep's word is carried out: the index is enough.
			w.sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultStatus, Status: 503, Times: 1})
			require.NoError(t, box.Decide(t.Context(), asked, map[crm.Field]outbox.Decision{crm.FieldAmount: c.decisions[0], field: c.decisions[1]}))
			_, err = box.Drain(t.Context(), w)
			require.NoError(t, err)
			done, err := box.Find(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, outbox.Done, done.State, "%+v", done.Failure)
			there, err := w.direct.Opportunity(t.Context(), made.ID)
			require.NoError(t, err)
			assert.Equal(t, c.amount, there.Amount.Text())
			assert.Equal(t, c.text, there.Text(field))
			assert.Equal(t, c.writes, w.made("opportunity.update"))
		})
	}
}
