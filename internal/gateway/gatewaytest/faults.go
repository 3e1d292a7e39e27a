package gatewaytest

import (
	"context"
	"encoding/base64"
	"sync"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func testPanic(s *suite) {
	for range 3 {
		r := s.get(Read, "/v1/companies/panic-please.test")
		assert.Equal(s, 500, r.Status)
		assert.Equal(s, "fault", r.code())
		assert.NotContains(s, string(r.Raw), "secret")
	}
	assert.Equal(s, 200, s.get(Read, "/v1/me").Status, "it goes on")
	r := s.write(Write, "POST", "/v1/opportunities", NewID(), `{"name":"panic-please"}`)
	assert.Contains(s, []int{500, 202}, r.Status, "%s", r.Raw)
	assert.Equal(s, 201, s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"After the panic"}`).Status)
}

// testHangUp has clients go away at many moments of a write. What each began is
// done once, and told to who asks again.
func testHangUp(s *suite) {
	const clients = 20
	s.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultDelay, Delay: sandbox.Duration(30 * time.Millisecond)})
	var wait sync.WaitGroup
	ids := make([]string, clients)
	for i := range clients {
		ids[i] = NewID()
		wait.Go(func() {
			ctx, stop := context.WithTimeout(context.Background(), time.Duration(5*i)*time.Millisecond)
			defer stop()
			_, _ = s.try(ctx, Write, "POST", "/v1/opportunities", `{"name":"Hung up `+ids[i]+`"}`, "Idempotency-Key", ids[i])
		})
	}
	wait.Wait()
	s.Sandbox.ClearFaults()
	for _, id := range ids {
		r := s.until(Write, "POST", "/v1/opportunities", id, `{"name":"Hung up `+id+`"}`)
		require.Equal(s, 201, r.Status, "%s", r.Raw)
		assert.Len(s, created(s.Sandbox, "Hung up "+id), 1)
	}
}

// testCanary does all sorts of things, good and bad, and looks for keys and tokens
// in all that came of them.
func testCanary(s *suite) {
	s.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"the key ` + Key + ` is bad"}`, ContentType: "application/json", Times: 1})
	s.syncAll()
	var replies []reply
	for _, role := range Roles() {
		for _, path := range []string{"/v1/me", "/v1/opportunities", "/v1/opportunities/" + AccountAcme, "/v1/audit", "/v1/companies/panic-please.test", "/nowhere", "/v1/fields", "/openapi.json", "/health"} {
			replies = append(replies, s.get(role, path))
		}
		replies = append(replies, s.write(role, "POST", "/v1/opportunities", NewID(), `{"name":"Canary"}`))
		replies = append(replies, s.do(role, "GET", "/v1/me", "", "X-Api-Key", Key))
	}
	secrets := []string{Key, OtherKey}
	for _, role := range Roles() {
		if token := s.Token(role); token != "" {
			secrets = append(secrets, token)
		}
	}
	look := func(where, text string) {
		for _, secret := range secrets {
			for _, form := range []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), secret[4:24]} {
				assert.NotContains(s, text, form, where)
			}
		}
	}
	for _, r := range replies {
		look("an answer", string(r.Raw))
		for name, values := range r.Header {
			for _, value := range values {
				look("the header "+name, value)
			}
		}
	}
	if s.Dump != nil {
		dump := s.Dump()
		assert.Greater(s, len(dump), 10_000, "bytes of logs and database")
		look("logs and database", string(dump))
	}
}
