package sandbox_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const stages = "/v1/opportunity_stages"

func limits(minute, hour, day int) func(*sandbox.Options) {
	return func(o *sandbox.Options) { o.Limits = &sandbox.Limits{Minute: minute, Hour: hour, Day: day} }
}

// usage are the nine headers: limit, used, left of minute, hour and day.
func usage(a answer) string {
	var values []string
	for _, names := range []string{
		"x-rate-limit-minute x-minute-usage x-minute-requests-left",
		"x-rate-limit-hourly x-hourly-usage x-hourly-requests-left",
		"x-rate-limit-24-hour x-24-hour-usage x-24-hour-requests-left",
	} {
		for name := range strings.FieldsSeq(names) {
			values = append(values, a.Header.Get(name))
		}
	}
	return strings.Join(values, " ")
}

func TestRateHeaders(t *testing.T) {
	w := newWorld(t)
	assert.Equal(t, "200 1 199 400 1 399 2000 1 1999", usage(w.do("GET", stages, "")), "the basic plan is the default")
	assert.Equal(t, "200 2 198 400 2 398 2000 2 1998", usage(w.do("GET", stages, "")))
	assert.Equal(t, "200 1 199 400 1 399 2000 1 1999", usage(w.do("GET", "/v1/users/search", "")), "each endpoint has its own")

	w.do("GET", "/v1/opportunities/search", "")
	assert.Equal(t, "200 2 198 400 2 398 2000 2 1998", usage(w.do("POST", "/api/v1/opportunities/search", "{}")),
		"both methods and both prefixes are one endpoint")
	w.do("PATCH", "/v1/opportunities/"+rollout, "{}")
	assert.Equal(t, "200 2 198 400 2 398 2000 2 1998", usage(w.do("PUT", "/v1/opportunities/"+nobody, "{}")), "a 422 counts")
	w.clock.pass(time.Minute)
	assert.Equal(t, "200 1 199 400 3 397 2000 3 1997", usage(w.do("GET", stages, "")), "a new minute")
}

func TestWindowsOpenAtTheFirstRequest(t *testing.T) {
	w := newWorld(t, limits(2, 0, 0))
	require.Equal(t, 200, w.do("GET", stages, "").Status)
	w.clock.pass(50 * time.Second)
	require.Equal(t, 200, w.do("GET", stages, "").Status)
	a := w.do("GET", stages, "")
	require.Equal(t, 429, a.Status)
	assert.Equal(t, "10", a.Header.Get("retry-after"), "the window closes a minute after the first request, not the last")
	w.clock.pass(9*time.Second + 1*time.Millisecond)
	assert.Equal(t, "1", w.do("GET", stages, "").Header.Get("retry-after"))
	w.clock.pass(999 * time.Millisecond)
	assert.Equal(t, 200, w.do("GET", stages, "").Status)
}

func TestRateLimited(t *testing.T) {
	for _, c := range []struct {
		method, target, body string
		minute, hour, day    int
		endpoint, window     string
		retryAfter           int
	}{
		{"GET", stages, "", 1, 400, 2000, "api/v1/opportunity_stages", "minute", 60},
		{"POST", "/v1/opportunities", `{"name":"x"}`, 0, 1, 2000, "api/v1/opportunities", "hour", 3600},
		{"GET", "/v1/opportunities/search", "", 1, 1, 2000, "api/v1/opportunities/search", "hour", 3600},
		{"PATCH", "/v1/opportunities/" + rollout, `{}`, 1, 1, 1, "api/v1/opportunities/{opportunity_id}", "day", 86400},
		{"PATCH", "/v1/accounts/" + acme, `{}`, 1, 0, 0, "api/v1/accounts/{account_id}", "minute", 60},
		{"POST", "/v1/contacts/" + buyer + "/opportunities", "", 1, 0, 0, "api/v1/contacts/{contact_id}/opportunities", "minute", 60},
	} {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			w := newWorld(t, limits(c.minute, c.hour, c.day))
			require.Equal(t, 200, w.do(c.method, c.target, c.body).Status)
			stored := len(w.Log())
			a := w.do(c.method, c.target, c.body)
			assert.Equal(t, 429, a.Status)
			assert.Equal(t, fmt.Sprintf(`{"message":"The maximum number of api calls allowed for %s is 1 times per %s. Please upgrade your plan from `+
				`https://app.apollo.io/#/settings/plans/upgrade?source=api_rate_limit.","error_details":{"code":"USAGE.RATE_LIMIT.API_RATE_LIMIT_EXCEEDED"}}`,
				c.endpoint, c.window), a.Body)
			assert.Equal(t, strconv.Itoa(c.retryAfter), a.Header.Get("retry-after"))
			require.Len(t, w.Log(), stored+1)
			assert.False(t, w.Log()[stored].Stored)
			assert.Equal(t, 429, w.Log()[stored].Status)
		})
	}
}

func TestRefusedRequestsDoNotCount(t *testing.T) {
	w := newWorld(t, limits(1, 10, 0))
	w.do("GET", stages, "")
	for range 5 {
		assert.Equal(t, "1 1 0 10 1 9   ", usage(w.do("GET", stages, "")), "an unlimited window has an empty limit and no usage")
	}
	w.do("GET", stages, "", "x-api-key: wrong")
	w.clock.pass(time.Minute)
	assert.Equal(t, "1 1 0 10 2 8   ", usage(w.do("GET", stages, "")))
}

func TestUnlimited(t *testing.T) {
	w := newWorld(t, limits(0, 0, 0))
	for range 500 {
		require.Equal(t, 200, w.do("GET", "/v1/users/api_profile", "").Status)
	}
}
