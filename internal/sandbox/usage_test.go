package sandbox_test

import (
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
)

func TestUsageStats(t *testing.T) {
	w := newWorld(t, limits(200, 400, 0))
	for range 3 {
		w.do("GET", list, "")
	}
	window := func(limit, consumed, left string) map[string]any {
		return map[string]any{"limit": number(limit), "consumed": number(consumed), "left_over": number(left)}
	}
	unlimited := map[string]any{"limit": nil, "consumed": number("3"), "left_over": nil}
	read := func() map[string]any {
		return child(t, w.do("POST", "/v1/usage_stats/api_usage_stats", "{}").object(), `["deals/api/v1/opportunities", "search"]`)
	}
	assert.Equal(t, map[string]any{"minute": window("200", "3", "197"), "hour": window("400", "3", "397"), "day": unlimited}, read())
	w.clock.pass(time.Minute)
	assert.Equal(t, map[string]any{"minute": window("200", "0", "200"), "hour": window("400", "3", "397"), "day": unlimited}, read())

	stats := w.do("POST", "/v1/usage_stats/api_usage_stats", "").object()
	assert.Len(t, stats, len(sandbox.Scopes()))
	for _, name := range []string{`["api/v1/accounts", "search"]`, `["api/v1/typed_custom_fields", "index"]`, `["api/v1/contacts", "create"]`} {
		assert.Equal(t, window("200", "0", "200"), child(t, child(t, stats, name), "minute"), name)
	}
}

// TestUnpaid: the four searches are for paid plans, as documented.
func TestUnpaid(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Unpaid = true })
	for _, target := range []string{list, "/v1/accounts/search", "/v1/contacts/search", "/v1/users/search"} {
		a := w.do("POST", target, "")
		assert.Equal(t, 403, a.Status, target)
		assert.Equal(t, `{"message":"This endpoint is only available to Apollo users on paid plans."}`, a.Body)
		assert.Empty(t, a.Header.Get("x-minute-usage"))
	}
	assert.Equal(t, 200, w.do("GET", stages, "").Status)
}
