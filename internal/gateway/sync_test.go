//go:build !js

package gateway_test

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/sandbox"
)

var many = flag.Int("opportunities", 5000, "how many the walk is tried with")

// walk synchronises until there is nothing more to do at once.
func walk(t testing.TB, g *gateway.Gateway) {
	for range 5000 {
		more, err := g.Sync(context.Background())
		require.NoError(t, err)
		if !more {
			return
		}
	}
	require.Fail(t, "no end")
}

// unlimited is an Apollo without limits in this process.
func (w *world) unlimited(seed sandbox.Seed) *sandbox.Server {
	return sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: gatewaytest.Key, Master: true}}, Seed: seed, Limits: &sandbox.Limits{}, Clock: w.clock})
}

func (w *world) apollo(s *sandbox.Server, method, path, body string) {
	s.Answer(sandbox.Call{Method: method, Path: "/api/v1" + path, Query: url.Values{}, Header: map[string]string{"x-api-key": gatewaytest.Key, "content-type": "application/json"}, Body: []byte(body)})
}

func TestWalkManyOpportunities(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	server := w.unlimited(gatewaytest.Seed().WithOpportunities(*many))
	g := w.gateway(t, func(c *gateway.Config) { c.Upstream = w.direct(server) })
	began := time.Now()
	walk(t, g)
	t.Logf("%d opportunities in %v", *many, time.Since(began))
	r, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT count(*), count(DISTINCT account_id) FROM opportunity WHERE team = 'northwind'`})
	require.NoError(t, err)
	assert.EqualValues(t, *many, r[0].Rows[0].Int(0))
	assert.Equal(t, (*many+99)/100, requested(server, "opportunity.search"), "each page once")
	company := w.ask(t, g, gatewaytest.Read, "GET", "/v1/companies/company-7.test", "", "")
	require.Equal(t, 200, company.status, company.raw)
	assert.NotEmpty(t, company.body["opportunities"])
}

// What is made, changed and deleted in Apollo itself while the list is read.
func TestWalkWhileOthersWrite(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	server := w.unlimited(gatewaytest.Seed().WithOpportunities(1500))
	policy := gateway.DefaultPolicy()
	policy.Pages = 2
	g := w.gateway(t, func(c *gateway.Config) { c.Upstream, c.Policy = w.direct(server), policy })
	step := func() bool {
		more, err := g.Sync(t.Context())
		require.NoError(t, err)
		return more
	}
	count := func(where string) int64 {
		r, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT count(*) FROM opportunity WHERE team = 'northwind' AND ` + where})
		require.NoError(t, err)
		return r[0].Rows[0].Int(0)
	}
	// Another 30 are made at the front while the walk is under way.
	require.True(t, step())
	for i := range 30 {
		w.apollo(server, "POST", "/opportunities", fmt.Sprintf(`{"name":"Made meanwhile %d"}`, i))
	}
	for step() {
	}
	assert.EqualValues(t, 1500, count(`name NOT LIKE 'Made%'`), "nothing of what was there is missed")
	w.pass(6 * time.Minute)
	for step() {
	}
	assert.EqualValues(t, 30, count(`name LIKE 'Made%'`), "the newest are read every few minutes")

	// Some are gone: they stay until a whole walk has missed them, then they go; and
	// one that slipped is kept.
	gone, slipped := gatewaytest.Seed().Opportunities[0].ID, gatewaytest.Seed().Opportunities[1].ID
	if gone == "" {
		t.Skip("the seed has no ids")
	}
	hidden := w.hiding(server, gone)
	g = w.gateway(t, func(c *gateway.Config) { c.Upstream, c.Policy = hidden, policy })
	before := count(`1`)
	w.pass(25 * time.Hour)
	require.True(t, step())
	assert.Equal(t, before, count(`1`), "in the middle of a walk nothing is dropped")
	for step() {
	}
	assert.Zero(t, count(`id = '`+gone+`'`))
	assert.EqualValues(t, 1, count(`id = '`+slipped+`'`))
	assert.Equal(t, before-1, count(`1`))
}
