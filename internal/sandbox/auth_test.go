package sandbox_test

import (
	"strings"
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
)

const (
	scopedKey = "scoped-key"
	token     = "access-token"
	narrow    = "narrow-token"
	search    = "deals/api/v1/opportunities/search"
)

func withKeys(o *sandbox.Options) {
	o.Keys = append(o.Keys,
		sandbox.Key{Secret: scopedKey, Scopes: []string{search, "deals/api/v1/opportunity_stages/index"}},
		sandbox.Key{Secret: token, Master: true, Token: true},
		sandbox.Key{Secret: narrow, Scopes: []string{"opportunities_list"}, Token: true},
	)
}

func TestCredentials(t *testing.T) {
	const (
		plainKey   = "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."
		plainToken = "Invalid access credentials."
		misplaced  = `{"error":"API key must be passed in the X-Api-Key header for security reasons","error_code":"INVALID_API_KEY_LOCATION"}`
		text, json = "text/plain; charset=utf-8", "application/json; charset=utf-8"
	)
	forbidden := func(scope string) string {
		return `{"error":"This API key is not authorized to access ` + scope + `. Request an API key from your administrator ` +
			`that includes this endpoint in its configured scope.","error_code":"API_INACCESSIBLE"}`
	}
	const none = "x-api-key: "
	for _, c := range []struct {
		name, method, target, body string
		header                     []string
		status                     int
		contentType, answer        string
	}{
		{"no key", "GET", "/api/v1/opportunities/search", "", []string{none}, 401, text, plainKey},
		{"wrong key", "GET", "/v1/opportunities/search", "", []string{"x-api-key: wrong"}, 401, text, plainKey},
		{"wrong key on an unknown id", "GET", "/v1/opportunities/" + nobody, "", []string{"x-api-key: wrong"}, 401, text, plainKey},
		{"key in the query", "GET", "/v1/opportunities/search?api_key=" + key, "", []string{none}, 422, json, misplaced},
		{"key in the body", "POST", "/v1/opportunities", `{"name":"x","api_key":"` + key + `"}`, []string{none}, 422, json, misplaced},
		{"key in a form", "POST", "/v1/opportunities", "name=x&api_key=" + key, []string{none, "content-type: application/x-www-form-urlencoded"}, 422, json, misplaced},
		{"key in header and body", "POST", "/v1/opportunities", `{"name":"x","api_key":"` + key + `"}`, nil, 422, json, misplaced},
		{"API key as bearer", "GET", "/v1/opportunities/search", "", []string{none, "authorization: Bearer " + key}, 401, text, plainToken},
		{"token as API key", "GET", "/v1/opportunities/search", "", []string{"x-api-key: " + token}, 401, text, plainKey},
		{"token", "GET", "/v1/opportunity_stages", "", []string{none, "authorization: Bearer " + token}, 200, json, ""},
		{"token with the scope", "GET", "/v1/opportunities/search", "", []string{none, "authorization: bearer " + narrow}, 200, json, ""},
		{"token without the scope", "GET", "/v1/users/search", "", []string{none, "authorization: Bearer " + narrow}, 403, json,
			`{"error":"api/v1/users/search is not accessible with this access token","error_code":"API_INACCESSIBLE"}`},
		{"basic credentials", "GET", "/v1/users/search", "", []string{none, "authorization: Basic eDp5"}, 401, text, plainKey},
		{"scoped key within its scope", "POST", "/v1/opportunities/search", `{}`, []string{"x-api-key: " + scopedKey}, 200, json, ""},
		{"scoped key lists a contact's", "POST", "/v1/contacts/" + buyer + "/opportunities", "", []string{"x-api-key: " + scopedKey}, 200, json, ""},
		{"scoped key creates", "POST", "/v1/opportunities", `{"name":"x"}`, []string{"x-api-key: " + scopedKey}, 403, json, forbidden("deals/api/v1/opportunities/create")},
		{"scoped key views", "GET", "/v1/opportunities/" + rollout, "", []string{"x-api-key: " + scopedKey}, 403, json, forbidden("deals/api/v1/opportunities/show")},
		{"scoped key updates", "PUT", "/v1/opportunities/" + rollout, `{}`, []string{"x-api-key: " + scopedKey}, 403, json, forbidden("deals/api/v1/opportunities/update")},
		{"scoped key lists users", "GET", "/v1/users/search", "", []string{"x-api-key: " + scopedKey}, 403, json, forbidden("api/v1/users/search")},
		{"scoped key makes accounts", "POST", "/v1/accounts/bulk_create", `{}`, []string{"x-api-key: " + scopedKey}, 403, json, forbidden("api/v1/accounts/bulk_create")},
		{"scoped key asks who it is", "GET", "/v1/users/api_profile", "", []string{"x-api-key: " + scopedKey}, 200, json, ""},
		{"health with a key", "GET", "/v1/auth/health", "", nil, 200, json, `{"healthy":true,"is_logged_in":true}`},
		{"health with a wrong key", "GET", "/api/v1/auth/health", "", []string{"x-api-key: wrong"}, 200, json, `{"healthy":true,"is_logged_in":false}`},
		{"health without a key", "GET", "/api/v1/auth/health", "", []string{none}, 200, json, `{"healthy":true,"is_logged_in":false}`},
		{"unknown route", "GET", "/api/v1/nothing", "", nil, 404, json, `{"status":404,"error":"Not Found"}`},
		{"unknown route without a key", "GET", "/api/v1/nothing", "", []string{none}, 404, json, `{"status":404,"error":"Not Found"}`},
		{"the seed document's wrong list", "GET", "/v1/opportunities", "", nil, 404, json, `{"status":404,"error":"Not Found"}`},
		{"delete", "DELETE", "/v1/opportunities/" + rollout, "", nil, 404, json, `{"status":404,"error":"Not Found"}`},
		{"no prefix", "GET", "/opportunities/search", "", nil, 404, json, `{"status":404,"error":"Not Found"}`},
		{"an id with a slash", "GET", "/v1/opportunities/a/b", "", nil, 404, json, `{"status":404,"error":"Not Found"}`},
		{"preflight", "OPTIONS", "/v1/opportunities", "", []string{none, "origin: http://x.test"}, 404, json, `{"status":404,"error":"Not Found"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, withKeys)
			w.do(c.method, strings.ReplaceAll(c.target, "api_key", "ignored"), "") // opens the endpoint's windows
			seen, logged := len(w.Requests()), len(w.Log())
			a := w.do(c.method, c.target, c.body, c.header...)
			assert.Equal(t, c.status, a.Status, a.Body)
			assert.Equal(t, c.contentType, a.Header.Get("content-type"))
			assert.Empty(t, a.Header.Get("access-control-allow-origin"))
			assert.NotContains(t, a.Body, key)
			if c.answer != "" {
				assert.Equal(t, c.answer, a.Body)
			}
			metered := c.status == 200 && c.target[len(c.target)-6:] != "health"
			assert.Equal(t, metered, a.Header.Get("x-rate-limit-minute") != "", "rate headers")
			assert.NotContains(t, w.Requests()[seen].Query, key)
			for _, e := range w.Log()[logged:] {
				assert.False(t, e.Stored)
				assert.NotContains(t, e.Request, key)
				assert.Contains(t, []any{nil, "redacted"}, e.Request["api_key"])
			}
		})
	}
}

func TestBothPrefixes(t *testing.T) {
	w := newWorld(t)
	assert.Equal(t,
		w.do("GET", "/api/v1/opportunities/"+rollout, "").Body,
		w.do("GET", "/v1/opportunities/"+rollout+"/", "").Body, "the trailing slash does not matter")
}

func TestHeaders(t *testing.T) {
	w := newWorld(t)
	a := w.do("GET", "/v1/opportunity_stages", "")
	assert.Equal(t, "max-age=0, private, must-revalidate", a.Header.Get("cache-control"))
	assert.Regexp(t, `^W/"[0-9a-f]{32}"$`, a.Header.Get("etag"))
	assert.Equal(t, "Origin", a.Header.Get("vary"))
	assert.Regexp(t, `^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`, a.Header.Get("x-request-id"))
	assert.NotEmpty(t, a.Header.Get("x-transaction-id"))
	assert.NotEmpty(t, a.Header.Get("x-runtime"))
	assert.Len(t, a.Header.Values("set-cookie"), 2)
	b := w.do("GET", "/v1/opportunity_stages", "")
	assert.Equal(t, a.Header.Get("etag"), b.Header.Get("etag"))
	assert.NotEqual(t, a.Header.Get("x-request-id"), b.Header.Get("x-request-id"))
}
