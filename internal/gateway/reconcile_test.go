//go:build !js

package gateway_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// A create whose answer is lost is found by its tag, by whoever looks first.
func TestUncertainIsFound(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	g := w.gatewayInside(t)
	for name, look := range map[string]func(string) reply{
		"by the rep": func(id string) reply { return w.create(t, g, gatewaytest.Write, id, "Lost answer: by the rep") },
		"by the synchronisation": func(id string) reply {
			_, err := g.Sync(t.Context())
			require.NoError(t, err)
			return w.ask(t, g, gatewaytest.Write, "GET", "/v1/operations/"+id, "", "")
		},
	} {
		w.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, AfterCommit: true, Times: 1})
		id := gatewaytest.NewID()
		require.Equal(t, 202, w.create(t, g, gatewaytest.Write, id, "Lost answer: "+name).status)
		w.pass(20 * time.Second)
		r := look(id)
		assert.Equal(t, 201, r.status, "%s: %s", name, r.raw)
		assert.Equal(t, 1, made(w.Sandbox, "Lost answer: "+name))
	}
}

// One that Apollo never got is sent again when it can no longer appear, once.
func TestUncertainIsSentAgainAfterTheQuarantine(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	g := w.gatewayInside(t)
	// The field has given a tag back once: only then does its absence prove anything.
	require.Equal(t, 201, w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), "First of all").status)
	w.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, Times: 1})
	id := gatewaytest.NewID()
	require.Equal(t, 202, w.create(t, g, gatewaytest.Write, id, "Lost request").status)
	began, sent := w.clock(), requested(w.Sandbox, "opportunity.create")
	for w.clock().Sub(began) < 14*time.Minute {
		w.pass(time.Minute)
		require.Equal(t, 202, w.create(t, g, gatewaytest.Write, id, "Lost request").status)
	}
	assert.Equal(t, sent, requested(w.Sandbox, "opportunity.create"), "nothing is sent within the quarantine")
	status := 0
	for range 30 {
		w.pass(time.Minute)
		if status = w.create(t, g, gatewaytest.Write, id, "Lost request").status; status == 201 {
			break
		}
	}
	assert.Equal(t, 201, status)
	assert.Equal(t, 1, made(w.Sandbox, "Lost request"))
	assert.Equal(t, sent+1, requested(w.Sandbox, "opportunity.create"))
}

// One that Apollo stores ten minutes later is not made twice.
func TestUncertainIsStoredLate(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	g := w.gatewayInside(t)
	require.Equal(t, 201, w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), "First of all").status)
	w.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultLate, Delay: sandbox.Duration(10 * time.Minute), Times: 1})
	id := gatewaytest.NewID()
	require.Equal(t, 202, w.create(t, g, gatewaytest.Write, id, "Late").status)
	status := 0
	for range 40 {
		w.pass(time.Minute)
		if status = w.create(t, g, gatewaytest.Write, id, "Late").status; status == 201 {
			break
		}
	}
	assert.Equal(t, 201, status)
	assert.Equal(t, 1, made(w.Sandbox, "Late"))
}

// Without a field for tags nothing is ever sent again unasked: the rep decides.
func TestUncertainWithoutTagsIsAsked(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	g := w.gatewayInside(t)
	w.Other.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, AfterCommit: true, Times: 1})
	id := gatewaytest.NewID()
	require.Equal(t, 202, w.create(t, g, gatewaytest.Other, id, "Untagged").status)
	var r reply
	for range 60 {
		w.pass(time.Minute)
		if r = w.create(t, g, gatewaytest.Other, id, "Untagged"); r.status != 202 {
			break
		}
	}
	require.Equal(t, 409, r.status, r.raw)
	assert.Equal(t, "unconfirmed", r.body["question"])
	assert.Len(t, r.body["found"], 1)
	assert.Equal(t, 1, made(w.Other, "Untagged"))
	r = w.ask(t, g, gatewaytest.Other, "POST", "/v1/operations/"+id, "", `{"decision":"settle","revision":`+number(r.body["revision"])+`}`)
	assert.Equal(t, 201, r.status, r.raw)
	assert.Equal(t, 1, made(w.Other, "Untagged"))
}

// Two processes on one file, fifty requests with one id.
func TestInstancesShareTheWork(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	second, err := sqlite.Open(w.path)
	require.NoError(t, err)
	defer second.Close()
	instances := []*gateway.Gateway{w.gateway(t, nil), w.gateway(t, func(c *gateway.Config) { c.DB = second })}
	id := gatewaytest.NewID()
	var wait sync.WaitGroup
	for i := range 50 {
		wait.Go(func() { w.create(t, instances[i%2], gatewaytest.Write, id, "Shared") })
	}
	wait.Wait()
	var answers []string
	for _, g := range instances {
		r := w.create(t, g, gatewaytest.Write, id, "Shared")
		assert.Equal(t, 201, r.status, r.raw)
		answers = append(answers, r.raw)
	}
	assert.Equal(t, answers[0], answers[1])
	assert.Equal(t, 1, requested(w.Sandbox, "opportunity.create"))
}

// Revoked by one, refused by the other at once: nothing of a token is remembered.
func TestRevokedForAllInstances(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	second, err := sqlite.Open(w.path)
	require.NoError(t, err)
	defer second.Close()
	g := w.gateway(t, func(c *gateway.Config) { c.DB = second })
	require.Equal(t, 200, w.ask(t, g, gatewaytest.Write, "GET", "/v1/me", "", "").status)
	w.Revoke(gatewaytest.Write)
	assert.Equal(t, 401, w.ask(t, g, gatewaytest.Write, "GET", "/v1/me", "", "").status)
}

func TestTokensInTime(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	g := w.gateway(t, nil)
	me := func() int { return w.ask(t, g, gatewaytest.Write, "GET", "/v1/me", "", "").status }
	first := w.tokens[gatewaytest.Write]
	second, err := w.reps().Rotate(t.Context(), gatewaytest.Team, "write")
	require.NoError(t, err)
	use := func(token string) int {
		w.tokens[gatewaytest.Write] = token
		return me()
	}
	assert.Equal(t, []int{200, 200}, []int{use(first), use(string(second))}, "two live")
	w.pass(23 * time.Hour)
	assert.Equal(t, []int{200, 200}, []int{use(first), use(string(second))}, "for a day")
	w.pass(2 * time.Hour)
	assert.Equal(t, []int{401, 200}, []int{use(first), use(string(second))}, "and no longer")
	third, err := w.reps().Rotate(t.Context(), gatewaytest.Team, "write")
	require.NoError(t, err)
	fourth, err := w.reps().Rotate(t.Context(), gatewaytest.Team, "write")
	require.NoError(t, err)
	assert.Equal(t, []int{401, 200, 200}, []int{use(string(second)), use(string(third)), use(string(fourth))}, "never three")
	_, err = w.reps().Add(t.Context(), gatewaytest.Write.Rep())
	assert.ErrorContains(t, err, "rotate")

	w.pass(89 * 24 * time.Hour)
	assert.Equal(t, 200, use(string(fourth)), "used again before its time")
	w.pass(89 * 24 * time.Hour)
	assert.Equal(t, 200, use(string(fourth)))
	w.pass(91 * 24 * time.Hour)
	assert.Equal(t, 401, use(string(fourth)), "not used for 90 days")
}

// The machine's clock is put back by a year, and forth again: nothing waits for a
// year.
func TestTheClockIsPutBack(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes = 20, 20
	policy.Minute, policy.Hour, policy.Day = 30, 30, 30
	g := w.gateway(t, func(c *gateway.Config) { c.Policy = policy; c.Upstream = w.direct(w.unlimited(gatewaytest.Seed())) })
	use := func() (ok int) {
		for range 15 {
			if w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), gatewaytest.NewID()).status == 201 {
				ok++
			}
		}
		return ok
	}
	require.Equal(t, 15, use())
	_, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `UPDATE budget SET minute_limit = 30, minute_used = 29, hour_limit = 30, hour_used = 29, day_limit = 30, day_used = 29`})
	require.NoError(t, err)
	for _, jump := range []time.Duration{-365 * 24 * time.Hour, 365 * 24 * time.Hour} {
		w.pass(jump)
		assert.Equal(t, 15, use(), "after a jump by %v", jump)
	}
}

// Each token has its own number of requests a minute, and of writes among them.
func TestRequestsOfAToken(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes = 5, 2
	g := w.gateway(t, func(c *gateway.Config) { c.Policy, c.Upstream = policy, w.direct() })
	me := func(r gatewaytest.Role) int { return w.ask(t, g, r, "GET", "/v1/me", "", "").status }
	for range 5 {
		require.Equal(t, 200, me(gatewaytest.Read))
	}
	assert.Equal(t, []int{429, 200}, []int{me(gatewaytest.Read), me(gatewaytest.Write)})
	w.pass(61 * time.Second)
	assert.Equal(t, 200, me(gatewaytest.Read))
	for _, want := range []int{201, 201, 429} {
		assert.Equal(t, want, w.create(t, g, gatewaytest.Colleague, gatewaytest.NewID(), gatewaytest.NewID()).status)
	}
	assert.Equal(t, 429, me(gatewaytest.Colleague), "the whole token waits")
}
