//go:build !js

package gateway_test

import (
	"encoding/json"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

func number(n any) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// However many ask at once, through two instances, the team's requests are never
// exceeded, and what is kept for saves stays there for saves.
func TestBudgetIsExact(t *testing.T) {
	for name, c := range map[string]struct {
		limits sandbox.Limits
		span   time.Duration
	}{
		"a minute": {sandbox.Limits{Minute: 40}, time.Minute},
		"an hour":  {sandbox.Limits{Hour: 40}, time.Hour},
		"a day":    {sandbox.Limits{Day: 40, Minute: 1000}, 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) { budgetIsExact(t, &c.limits, c.span) })
	}
}

func budgetIsExact(t *testing.T, limits *sandbox.Limits, span time.Duration) {
	w := newWorld(t, gatewaytest.Seed())
	strict := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: gatewaytest.Key, Master: true}}, Seed: gatewaytest.Seed(), Limits: limits, Clock: w.clock})
	second, err := sqlite.Open(w.path)
	require.NoError(t, err)
	defer second.Close()
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes = 1e6, 1e6
	config := func(c *gateway.Config) {
		c.Upstream, c.Policy = w.direct(strict), policy
	}
	instances := []*gateway.Gateway{w.gateway(t, config), w.gateway(t, func(c *gateway.Config) { config(c); c.DB = second })}
	acme := "/v1/opportunities/" + gatewaytest.Seed().Opportunities[0].ID
	// Learn the limit.
	r := w.ask(t, instances[0], gatewaytest.Read, "GET", "/v1/opportunities?limit=1", "", "")
	require.Equal(t, 200, r.status)
	var ok, stale atomic.Int32
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			r := w.ask(t, instances[i%2], gatewaytest.Read, "GET", acme, "", "")
			if r.status == 200 && r.header.Get("Dealmark-Budget") != "" {
				ok.Add(1)
			} else {
				stale.Add(1)
			}
		})
	}
	wait.Wait()
	views := requested(strict, "opportunity.view")
	refused := 0
	for _, q := range strict.Requests() {
		if q.Status == 429 {
			refused++
		}
	}
	assert.Equal(t, 38, views, "of 40, 5 percent are kept for saves")
	assert.Zero(t, refused, "requests that Apollo had to refuse")

	// A save goes on, with the last of them: an update looks before it writes.
	r = w.ask(t, instances[0], gatewaytest.Write, "PATCH", acme, gatewaytest.NewID(), `{"amount":"1","base":{"amount":"48000"}}`)
	assert.Equal(t, 200, r.status, r.raw)
	// And when there is none left, it is told how long that lasts.
	w.ask(t, instances[0], gatewaytest.Write, "PATCH", acme, gatewaytest.NewID(), `{"amount":"2","base":{"amount":"1"}}`)
	r = w.ask(t, instances[1], gatewaytest.Write, "PATCH", acme, gatewaytest.NewID(), `{"amount":"3","base":{"amount":"2"}}`)
	assert.Equal(t, 503, r.status, r.raw)
	assert.Contains(t, r.raw, "problem:budget")
	after, err := strconv.Atoi(r.header.Get("Retry-After"))
	require.NoError(t, err)
	assert.InDelta(t, span.Seconds(), after, min(span.Seconds()/10, 300)+10, "with some spread")
	w.pass(span + 10*time.Second)
	r = w.ask(t, instances[1], gatewaytest.Write, "PATCH", acme, gatewaytest.NewID(), `{"amount":"4","base":{"amount":"2"}}`)
	assert.Equal(t, 200, r.status, r.raw)
}

// The synchronisation stops where a fifth is left, and goes on when the window is
// over. What others use of the key counts.
func TestSyncLeavesAFifth(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	strict := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: gatewaytest.Key, Master: true}}, Seed: gatewaytest.Seed().WithOpportunities(4000), Limits: &sandbox.Limits{Minute: 20}, Clock: w.clock,
	})
	way := w.direct(strict)
	g := w.gateway(t, func(c *gateway.Config) { c.Upstream = way })
	client := apollo.New(apollo.Options{Key: gatewaytest.Key, Transport: way, Clock: w.clock})
	for range 3 {
		_, err := client.OpportunityPage(t.Context(), apollo.OpportunityQuery{})
		require.NoError(t, err)
	}
	walk := func() {
		for range 20 {
			more, err := g.Sync(t.Context())
			require.NoError(t, err)
			if !more {
				return
			}
		}
	}
	walk()
	assert.Equal(t, 16, requested(strict, apollo.OpOpportunitySearch), "of 20 requests, 3 of another program's")
	r := w.ask(t, g, gatewaytest.Read, "GET", "/v1/opportunities?limit=1", "", "")
	assert.Equal(t, false, r.body["complete"])
	for range 3 {
		w.pass(61 * time.Second)
		walk()
	}
	r = w.ask(t, g, gatewaytest.Read, "GET", "/v1/opportunities?limit=1", "", "")
	assert.Equal(t, true, r.body["complete"], "resumed where it was, again and again")
	for _, q := range strict.Requests() {
		assert.NotEqual(t, 429, q.Status)
	}
}
