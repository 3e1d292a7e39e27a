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
