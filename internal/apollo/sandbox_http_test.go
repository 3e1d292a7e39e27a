//go:build !js

// These tests need sockets.
package apollo_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// TestSandboxOverSockets breaks the connection in every way after a create was
// stored, and before. What was stored is never called undone.
func TestSandboxOverSockets(t *testing.T) {
	tests := []struct {
		fault  sandbox.Fault
		kind   crm.Kind
		stored bool
	}{
		{fault: sandbox.Fault{Kind: sandbox.FaultReset, AfterCommit: true}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultReset}, kind: crm.Uncertain},
		{fault: sandbox.Fault{Kind: sandbox.FaultTruncate}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultEndless}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultDelay, Delay: sandbox.Duration(time.Millisecond)}, stored: true},
	}
	for _, test := range tests {
		s := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: canary, Master: true}}, Clock: clock, Seed: sandbox.DemoSeed()})
		server := httptest.NewServer(s)
		t.Cleanup(server.Close)
		t.Cleanup(server.CloseClientConnections)
		c := apollo.New(apollo.Options{Base: server.URL + "/api/v1", Key: canary, Transport: apollo.HTTP{}, Clock: clock})
		test.fault.Endpoint = create
		require.NoError(t, s.AddFault(test.fault))
		_, _, err := c.CreateOpportunity(context.Background(), crm.Values{Name: "Faulty"})
		assert.Equal(t, test.kind, crm.KindOf(err), test.fault.Kind)
		creates, stored := 0, 0
		for _, request := range s.Requests() {
			if request.Operation == create {
				creates++
			}
		}
		for _, entry := range s.Log() {
			if entry.Operation == create && entry.Stored {
				stored++
			}
		}
		assert.Equal(t, 1, creates, "%s: a request is never repeated", test.fault.Kind)
		assert.Equal(t, test.stored, stored == 1, test.fault.Kind)
	}
	t.Run("nobody listens", func(t *testing.T) {
		server := httptest.NewServer(nil)
		server.Close()
		c := apollo.New(apollo.Options{Base: server.URL, Key: canary, Transport: apollo.HTTP{}, Clock: clock})
		_, _, err := c.CreateOpportunity(context.Background(), crm.Values{Name: "Offline"})
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	})
}
