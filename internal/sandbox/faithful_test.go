package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
)

// TestFaithful has a line for each trait of the real API that a client may trip
// over, in one place; the tests of each topic go into the corners.
func TestFaithful(t *testing.T) {
	const create = "/v1/opportunities"
	made := func(w *world, body string) map[string]any { return w.do("POST", create, body).opportunity() }
	viewed := func(w *world, o map[string]any) map[string]any {
		return w.do("GET", create+"/"+o["id"].(string), "").opportunity()
	}
	listed := func(w *world, query string) []map[string]any {
		return w.do("GET", list+query, "").rows("opportunities")
	}
	for _, trait := range []struct {
		name  string
		check func(t *testing.T, w *world)
	}{
		{"prefix /api/v1", func(t *testing.T, w *world) { w.do("GET", "/api/v1/opportunity_stages", "").object() }},
		{"prefix /v1", func(t *testing.T, w *world) { w.do("GET", "/v1/opportunity_stages", "").object() }},
		{"search by GET and by POST", func(t *testing.T, w *world) {
			assert.Equal(t, w.do("GET", list+"?per_page=2", "").rows("opportunities"), w.do("POST", list, `{"per_page":2}`).rows("opportunities"))
		}},
		{"update by PATCH and by PUT", func(t *testing.T, w *world) {
			for _, method := range []string{"PATCH", "PUT"} {
				assert.Equal(t, method, w.do(method, create+"/"+rollout, `{"name":"`+method+`"}`).opportunity()["name"])
			}
		}},
		{"key in the header only: 422 for one in the body or query", func(t *testing.T, w *world) {
			assert.Equal(t, 422, w.do("GET", list+"?api_key="+key, "", "x-api-key: ").Status)
			assert.Equal(t, 422, w.do("POST", create, `{"name":"x","api_key":"`+key+`"}`, "x-api-key: ").Status)
		}},
		{"401 in plain text otherwise", func(t *testing.T, w *world) {
			a := w.do("GET", list, "", "x-api-key: wrong")
			assert.Equal(t, []any{401, "text/plain; charset=utf-8"}, []any{a.Status, a.Header.Get("content-type")})
		}},
		{"bearer token as the second credential", func(t *testing.T, w *world) {
			assert.Equal(t, 200, w.do("GET", list, "", "x-api-key: ", "authorization: Bearer "+token).Status)
			assert.Equal(t, 401, w.do("GET", list, "", "x-api-key: ", "authorization: Bearer "+key).Status)
		}},
		{"master and scoped keys, 403 with its text", func(t *testing.T, w *world) {
			a := w.do("POST", create, `{"name":"x"}`, "x-api-key: "+scopedKey)
			assert.Equal(t, 403, a.Status)
			assert.Contains(t, a.Body, "not authorized to access deals/api/v1/opportunities/create.")
			assert.Contains(t, a.Body, `"error_code":"API_INACCESSIBLE"`)
			assert.Equal(t, 200, w.do("GET", list, "", "x-api-key: "+scopedKey).Status)
		}},
		{"no rate headers on 401 and 403", func(t *testing.T, w *world) {
			w.do("POST", create, `{"name":"x"}`)
			for _, secret := range []string{"wrong", scopedKey} {
				assert.Equal(t, "        ", usage(w.do("POST", create, `{"name":"x"}`, "x-api-key: "+secret)))
			}
		}},
		{"nine rate headers per endpoint", func(t *testing.T, w *world) {
			w.do("GET", list, "")
			assert.Equal(t, "200 2 198 400 2 398 2000 2 1998", usage(w.do("GET", list, "")))
			assert.Equal(t, "200 1 199 400 1 399 2000 1 1999", usage(w.do("GET", stages, "")))
		}},
		{"fixed windows, retry-after on 429", func(t *testing.T, w *world) {
			for range 200 {
				w.do("GET", stages, "")
			}
			w.clock.pass(15 * time.Second)
			a := w.do("GET", stages, "")
			assert.Equal(t, []any{429, "45"}, []any{a.Status, a.Header.Get("retry-after")})
			w.clock.pass(45 * time.Second)
			assert.Equal(t, 200, w.do("GET", stages, "").Status)
		}},
		{"200 on create", func(t *testing.T, w *world) { assert.Equal(t, 200, w.do("POST", create, `{"name":"x"}`).Status) }},
		{"null is_closed, is_won and probability without a stage", func(t *testing.T, w *world) {
			fields{"is_closed": nil, "is_won": nil, "probability": nil, "deal_probability": nil}.check(t, made(w, `{"name":"x","amount":"1"}`))
		}},
		{"the default pipeline without a stage", func(t *testing.T, w *world) {
			fields{"opportunity_pipeline_id": pipeline, "opportunity_stage_id": nil}.check(t, made(w, `{"name":"x"}`))
		}},
		{"probability, forecast and revenue from the stage", func(t *testing.T, w *world) {
			fields{"deal_probability": number("25"), "forecast_category": "pipeline", "forecasted_revenue": number("50"), "is_closed": false}.
				check(t, made(w, `{"name":"x","amount":"200","opportunity_stage_id":"`+meet+`"}`))
		}},
		{"forecasted_revenue is 0 without a stage", func(t *testing.T, w *world) {
			assert.Equal(t, number("0"), made(w, `{"name":"x","amount":"30000"}`)["forecasted_revenue"])
		}},
		{"stage_name is null even with a stage", func(t *testing.T, w *world) {
			assert.Nil(t, made(w, `{"name":"x","opportunity_stage_id":"`+meet+`"}`)["stage_name"])
		}},
		{"closed_date at midnight UTC", func(t *testing.T, w *world) {
			assert.Equal(t, "2026-07-01T00:00:00.000+00:00", made(w, `{"name":"x","closed_date":"2026-07-01"}`)["closed_date"])
		}},
		{"an amount with a comma is null", func(t *testing.T, w *world) { assert.Nil(t, made(w, `{"name":"x","amount":"1,000"}`)["amount"]) }},
		{"amount as string or number in, number out", func(t *testing.T, w *world) {
			for _, given := range []string{`"1250.5"`, `1250.5`} {
				assert.Equal(t, number("1250.5"), made(w, `{"name":"x","amount":`+given+`}`)["amount"])
			}
		}},
		{"existence_level none, then full", func(t *testing.T, w *world) {
			o := made(w, `{"name":"x"}`)
			assert.Equal(t, []any{"none", "full"}, []any{o["existence_level"], viewed(w, o)["existence_level"]})
		}},
		{"account only in list and view, and only where one is set", func(t *testing.T, w *world) {
			with, without := made(w, `{"name":"with","account_id":"`+acme+`"}`), made(w, `{"name":"without"}`)
			rows := listed(w, "?per_page=2")
			assert.Equal(t, []bool{false, true, true, false, false}, []bool{with["account"] != nil, rows[1]["account"] != nil, viewed(w, with)["account"] != nil,
				rows[0]["account"] != nil, viewed(w, without)["account"] != nil})
			assert.NotContains(t, rows[0], "account")
			assert.NotContains(t, w.do("PATCH", create+"/"+rollout, `{"name":"y"}`).opportunity(), "account")
		}},
		{"num_contacts only in a view", func(t *testing.T, w *world) {
			o := made(w, `{"name":"x"}`)
			assert.NotContains(t, o, "num_contacts")
			assert.NotContains(t, listed(w, "?per_page=1")[0], "num_contacts")
			assert.Equal(t, number("0"), viewed(w, o)["num_contacts"])
		}},
		{"newest first", func(t *testing.T, w *world) {
			made(w, `{"name":"first"}`)
			w.clock.pass(time.Second)
			made(w, `{"name":"second"}`)
			assert.Equal(t, []any{"second", "first"}, column(listed(w, "?per_page=2"), "name"))
		}},
		{"25 to a page", func(t *testing.T, w *world) { assert.Len(t, listed(w, ""), 25) }},
		{"100 to a page at most", func(t *testing.T, w *world) {
			for range 70 {
				made(w, `{"name":"x"}`)
			}
			assert.Len(t, listed(w, "?per_page=500"), 100)
		}},
		{"unknown parameters are ignored", func(t *testing.T, w *world) { assert.Len(t, listed(w, "?owner=nobody&stage=x&per_page=100"), 33) }},
		{"q_keywords is ignored", func(t *testing.T, w *world) { assert.Len(t, listed(w, "?q_keywords=zzz&per_page=100"), 33) }},
		{"q_opportunity_name is honoured", func(t *testing.T, w *world) { assert.Len(t, listed(w, "?q_opportunity_name=acme"), 4) }},
		{"is_closed in a PATCH is ignored", func(t *testing.T, w *world) {
			assert.Nil(t, w.do("PATCH", create+"/"+unowned, `{"is_closed":true}`).opportunity()["is_closed"])
		}},
		{"a PATCH of nothing new does not bump last_activity_date", func(t *testing.T, w *world) {
			before := w.do("GET", create+"/"+rollout, "").opportunity()
			w.clock.pass(time.Hour)
			o := w.do("PATCH", create+"/"+rollout, `{"name":"Acme rollout, phase 2"}`).opportunity()
			assert.Equal(t, before["last_activity_date"], o["last_activity_date"])
		}},
		{"no dedupe on create", func(t *testing.T, w *world) {
			assert.NotEqual(t, made(w, `{"name":"x"}`)["id"], made(w, `{"name":"x"}`)["id"])
		}},
		{"bulk_create finds instead of making", func(t *testing.T, w *world) {
			a := w.do("POST", "/v1/accounts/bulk_create", `{"run_dedupe":true,"accounts":[{"domain":"acme.test"}]}`)
			assert.Equal(t, []any{acme}, column(a.rows("existing_accounts"), "id"))
		}},
		{"an unknown id: 404 to a view, 422 to an update", func(t *testing.T, w *world) {
			assert.Equal(t, `{"status":404,"error":"Not Found"}`, w.do("GET", create+"/"+nobody, "").Body)
			assert.Equal(t, `{"error":"Opportunity does not exist."}`, w.do("PATCH", create+"/"+nobody, `{"name":"x"}`).Body)
		}},
		{"a malformed id is echoed with 422", func(t *testing.T, w *world) {
			assert.Equal(t, `{"error":"Parameters misconfigured. 12345 is not a valid ID"}`, w.do("GET", create+"/12345", "").Body)
		}},
		{"users: page and per_page come back as strings", func(t *testing.T, w *world) {
			fields{"page": "1", "per_page": "3"}.check(t, child(t, w.do("GET", "/v1/users/search?page=1&per_page=3", "").object(), "pagination"))
		}},
		{"auth/health is 200 whatever the key", func(t *testing.T, w *world) {
			assert.Equal(t, `{"healthy":true,"is_logged_in":true}`, w.do("GET", "/v1/auth/health", "").Body)
			assert.Equal(t, `{"healthy":true,"is_logged_in":false}`, w.do("GET", "/v1/auth/health", "", "x-api-key: wrong").Body)
		}},
		{"ids are ObjectIds", func(t *testing.T, w *world) {
			assert.Regexp(t, "^6a0af577[0-9a-f]{16}$", made(w, `{"name":"x"}`)["id"], "they begin with the time in seconds")
		}},
		{"dialect opportunity_created_at", func(t *testing.T, w *world) {
			o := made(w, `{"name":"x"}`)
			assert.Equal(t, []any{"2026-05-18T11:18:15.455+00:00", nil}, []any{o["opportunity_created_at"], o["created_at"]})
		}},
		{"dialect created_at", func(t *testing.T, _ *world) {
			o := made(newWorld(t, documentedDialect), `{"name":"x"}`)
			assert.Equal(t, []any{nil, "2026-05-18T11:18:15.455Z"}, []any{o["opportunity_created_at"], o["created_at"]})
		}},
		{"the account filter is off, unless it is switched on", func(t *testing.T, w *world) {
			honouring := newWorld(t, func(o *sandbox.Options) { o.HonourAccountFilter = true })
			of := func(w *world) int { return len(w.do("POST", list, `{"account_id":"`+acme+`"}`).rows("opportunities")) }
			assert.Equal(t, []int{25, 4}, []int{of(w), of(honouring)})
		}},
		{"no CORS headers", func(t *testing.T, w *world) {
			a := w.do("GET", stages, "", "origin: https://page.test")
			assert.Empty(t, a.Header.Get("access-control-allow-origin"))
			assert.Equal(t, http.StatusNotFound, w.do("OPTIONS", create, "").Status)
		}},
	} {
		t.Run(trait.name, func(t *testing.T) { trait.check(t, newWorld(t, withKeys)) })
	}
}
