//go:build !js

package gateway_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"context"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/sandbox"
)

var operations = flag.Int("operations", 400, "operations of each of two teams")

// Two teams do the same random things at once, with the same ids of operations.
// Every row that either sees is its own, and each write is done once.
func TestTeamsInterleaved(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes, policy.Minute, policy.Hour, policy.Day = 1e9, 1e9, 1e9, 1e9, 1e9
	servers := map[gatewaytest.Role]*sandbox.Server{gatewaytest.Admin: w.unlimited(gatewaytest.Seed())}
	servers[gatewaytest.Other] = sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: gatewaytest.OtherKey, Master: true}}, Seed: gatewaytest.OtherSeed(), Limits: &sandbox.Limits{}, Clock: w.clock, IDSeed: 77,
	})
	way := w.direct(servers[gatewaytest.Admin])
	way.servers[gatewaytest.OtherKey] = servers[gatewaytest.Other]
	g := w.gateway(t, func(c *gateway.Config) { c.Upstream, c.Policy = way, policy })
	walk(t, g)
	ids := make([]string, *operations)
	for i := range ids {
		ids[i] = gatewaytest.NewID()
	}
	var wait sync.WaitGroup
	for role, marks := range map[gatewaytest.Role]struct{ own, foreign string }{
		gatewaytest.Admin: {"northwind", "southwind"}, gatewaytest.Other: {"southwind", "northwind"},
	} {
		wait.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(len(marks.own))))
			for i, id := range ids {
				switch random.IntN(4) {
				case 0:
					r := w.ask(t, g, role, "GET", fmt.Sprintf("/v1/opportunities?limit=100&text=of+"), "", "")
					assert.NotContains(t, strings.ToLower(r.raw), "of "+marks.foreign)
				case 1:
					r := w.ask(t, g, role, "GET", "/v1/audit?limit=100", "", "")
					assert.NotContains(t, r.raw, "fields of "+marks.foreign)
				default:
					r := w.create(t, g, role, id, fmt.Sprintf("%d of %s", i, marks.own))
					assert.Equal(t, 201, r.status, r.raw)
				}
			}
		})
	}
	wait.Wait()
	for role, server := range servers {
		seen := map[any]int{}
		for _, e := range server.Log() {
			if e.Operation == "opportunity.create" && e.Stored {
				seen[e.Fields["name"]]++
				own := map[gatewaytest.Role]string{gatewaytest.Admin: "of northwind", gatewaytest.Other: "of southwind"}[role]
				assert.Contains(t, e.Fields["name"], own)
			}
		}
		assert.Greater(t, len(seen), *operations/3)
		for name, n := range seen {
			assert.Equal(t, 1, n, name)
		}
	}
}

// hosts notes where requests go.
type hosts struct {
	apollo.Transport
	mu   sync.Mutex
	seen map[string]int
	keys map[string]int
}

func (h *hosts) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	h.mu.Lock()
	h.seen[r.Base]++
	for _, p := range r.Header {
		if p.Name == "x-api-key" {
			h.keys[p.Value]++
		}
	}
	h.mu.Unlock()
	return h.Transport.Do(ctx, r)
}

// Whatever a rep sends, no request goes anywhere else than to the team's Apollo,
// with the team's key.
func TestNoOtherHost(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	h := &hosts{Transport: w.direct(), seen: map[string]int{}, keys: map[string]int{}}
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes = 1e9, 1e9
	g := w.gateway(t, func(c *gateway.Config) { c.Upstream, c.Policy = h, policy })
	parts := []string{"..", "/", "\\", "@", "evil.test", ":80", "http://", "%2f", "%2e%2e", "?", "#", "acme.test", gatewaytest.AccountAcme, "\x00", " ", ";", "//evil.test", "v1", "opportunities", "x-api-key: k", "\r\n"}
	random := rand.New(rand.NewPCG(7, 7))
	paths := []string{"/v1/companies/", "/v1/opportunities/", "/v1/accounts?name=", "/v1/opportunities?account=", "/v1/operations/", "/"}
	for range 2000 {
		crafted := ""
		for range 1 + random.IntN(4) {
			crafted += parts[random.IntN(len(parts))]
		}
		method := []string{"GET", "POST", "PATCH"}[random.IntN(3)]
		r := httptest.NewRequest(method, "/", strings.NewReader(`{"name":"x","domain":"acme.test"}`))
		if method == "GET" {
			r = httptest.NewRequest(method, "/", nil)
		}
		full := paths[random.IntN(len(paths))] + crafted
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(full, "?")
		r.Host = "evil.test"
		r.Header.Set("Authorization", "Bearer "+w.tokens[gatewaytest.Write])
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", gatewaytest.NewID())
		r.Header.Set("X-Api-Key", "stolen")
		r.Header.Set("X-Forwarded-Host", "evil.test")
		recorder := httptest.NewRecorder()
		g.ServeHTTP(recorder, r)
		assert.Less(t, recorder.Code, 500, "%s %q: %s", method, full, recorder.Body)
	}
	base := w.config.Teams[0].Base
	require.Positive(t, h.seen[base], "some of them are honest questions")
	assert.Len(t, h.seen, 1, "%v", h.seen)
	assert.Len(t, h.keys, 1)
}

// A redirect is no answer: nothing follows it, with the key or without.
func TestRedirectsAreRefused(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	elsewhere := 0
	evil := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer evil.Close()
	upstream := httptest.NewServer(http.RedirectHandler(evil.URL+"/api/v1/opportunities", http.StatusTemporaryRedirect))
	defer upstream.Close()
	g := w.gateway(t, func(c *gateway.Config) {
		c.Teams = []gateway.Team{{ID: gatewaytest.Team, Key: gatewaytest.Key, Base: upstream.URL, Tag: gatewaytest.TagField}}
	})
	for _, r := range []reply{
		w.ask(t, g, gatewaytest.Read, "GET", "/v1/opportunities/"+gatewaytest.AccountAcme, "", ""),
		w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), "Redirected"),
		w.ask(t, g, gatewaytest.Read, "GET", "/v1/companies/acme.test", "", ""),
	} {
		assert.Equal(t, 503, r.status, r.raw)
	}
	assert.Zero(t, elsewhere)
}

func FuzzCreateBody(f *testing.F) {
	for _, seed := range []string{`{"name":"x"}`, `{"name":"x","amount":"1","known":["65f000050000000000000001"],"new_account":{"name":"a","domain":"a.test"}}`, `{"name":"\ud800","a":1}`, `[`, `{"name":null}`} {
		f.Add(seed)
	}
	w := newWorld(f, gatewaytest.Seed())
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes, policy.Minute, policy.Hour, policy.Day = 1e9, 1e9, 1e9, 1e9, 1e9
	g := w.gateway(f, func(c *gateway.Config) { c.Upstream, c.Policy = w.direct(w.unlimited(gatewaytest.Seed())), policy })
	f.Fuzz(func(t *testing.T, body string) {
		r := w.ask(t, g, gatewaytest.Write, "POST", "/v1/opportunities", gatewaytest.NewID(), body)
		if r.status != 201 && (r.status < 400 || r.status >= 500) {
			t.Fatalf("%q: %d %s", body, r.status, r.raw)
		}
	})
}
