package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const deal = `{"name":"Deal","amount":"100"}`

// stored counts the writes that were kept.
func (w *world) stored() int {
	n := 0
	for _, e := range w.Log() {
		if e.Stored {
			n++
		}
	}
	return n
}

// TestFaultAnswers are the faults that need no connection to be seen.
func TestFaultAnswers(t *testing.T) {
	for _, c := range []struct {
		name        string
		fault       sandbox.Fault
		status      int
		contentType string
		body        string
		stored      int
	}{
		{"status", sandbox.Fault{Kind: "status", Status: 503}, 503, "application/json; charset=utf-8", "", 0},
		{"status after the commit", sandbox.Fault{Kind: "status", Status: 502, AfterCommit: true, Body: "<html>", ContentType: "text/html"}, 502, "text/html", "<html>", 1},
		{"HTML", sandbox.Fault{Kind: "html"}, 200, "text/html; charset=utf-8", "<!doctype html>", 0},
		{"HTML after the commit", sandbox.Fault{Kind: "html", AfterCommit: true}, 200, "text/html; charset=utf-8", "<!doctype html>", 1},
		{"empty", sandbox.Fault{Kind: "empty"}, 200, "application/json; charset=utf-8", "", 0},
		{"204", sandbox.Fault{Kind: "empty", Status: 204, AfterCommit: true}, 204, "application/json; charset=utf-8", "", 1},
		{"rate limit", sandbox.Fault{Kind: "rate_limit", RetryAfter: 7}, 429, "application/json; charset=utf-8", `{"message":"The maximum number`, 0},
		{"wrong types", sandbox.Fault{Kind: "wrong_type"}, 200, "application/json; charset=utf-8", `{"opportunity":[`, 1},
		{"a body of one's own", sandbox.Fault{Kind: "status", Status: 200, Body: `{"opportunity":{}}`, AfterCommit: true}, 200, "application/json; charset=utf-8", `{"opportunity":{}}`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.SetFault(c.fault)
			a := w.do("POST", "/v1/opportunities", deal)
			assert.Equal(t, c.status, a.Status)
			assert.Equal(t, c.contentType, a.Header.Get("content-type"))
			assert.True(t, strings.HasPrefix(a.Body, c.body), a.Body)
			assert.Equal(t, c.body == "", a.Body == "")
			assert.Equal(t, c.stored, w.stored())
			assert.Equal(t, c.fault.Kind, w.Log()[0].Fault)
			assert.Equal(t, c.fault.Kind, w.Requests()[0].Fault)
			assert.Equal(t, c.status, w.Requests()[0].Status, "what was answered, not what happened")
			w.ClearFaults()
			assert.Equal(t, 200, w.do("POST", "/v1/opportunities", deal).Status)
		})
	}
}

func TestRateLimitFaultHeaders(t *testing.T) {
	w := newWorld(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 7, Times: 1})
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, Times: 1, Header: map[string]string{"retry-after": "Mon, 18 May 2026 11:20:00 GMT"}})
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, Times: 1})
	for _, want := range []string{"7", "Mon, 18 May 2026 11:20:00 GMT", ""} {
		assert.Equal(t, want, w.do("GET", stages, "").Header.Get("retry-after"))
	}
	assert.Equal(t, 200, w.do("GET", stages, "").Status, "each struck once")
}

func TestFaultAim(t *testing.T) {
	w := newWorld(t)
	down := func(endpoint string, skip, times int) {
		w.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 500, Endpoint: endpoint, Skip: skip, Times: times})
	}
	status := func(method, target, body string) int { return w.do(method, target, body).Status }

	down("opportunity.create", 1, 2)
	assert.Equal(t, []int{200, 500, 500, 200}, []int{
		status("POST", "/v1/opportunities", deal), status("POST", "/v1/opportunities", deal),
		status("POST", "/api/v1/opportunities", deal), status("POST", "/v1/opportunities", deal),
	})
	down("deals/api/v1/opportunities/search", 0, 0)
	for range 3 {
		assert.Equal(t, 500, status("GET", list, ""))
		assert.Equal(t, 200, status("GET", stages, ""))
	}
	assert.Equal(t, 404, status("GET", "/v1/nothing", ""), "an unknown route has no faults")
	w.ClearFaults()
	assert.Equal(t, 200, status("GET", list, ""))
}

func TestFaultChance(t *testing.T) {
	w := newWorld(t, limits(0, 0, 0))
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 500, Chance: 0.3})
	failed := 0
	for range 500 {
		if w.do("GET", stages, "").Status == 500 {
			failed++
		}
	}
	assert.InDelta(t, 150, failed, 50)
}

func TestIgnoredFields(t *testing.T) {
	w := newWorld(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultIgnore, Fields: []string{"amount", "opportunity_stage_id"}})
	o := w.do("POST", "/v1/opportunities", `{"name":"Deal","amount":"100","opportunity_stage_id":"`+meet+`"}`).opportunity()
	fields{"name": "Deal", "amount": nil, "opportunity_stage_id": nil}.check(t, o)
	fields{"amount": number("48000")}.check(t, w.do("PATCH", "/v1/opportunities/"+rollout, `{"amount":"1"}`).opportunity())
	assert.Equal(t, map[string]any{"amount": "1"}, w.Log()[1].Request, "the log tells what was sent")
	assert.Equal(t, 400, w.do("PATCH", "/v1/opportunities/"+rollout, `{`).Status)
}

// TestDroppedWrites: told as if they were stored.
func TestDroppedWrites(t *testing.T) {
	for _, c := range []struct{ method, target, body string }{
		{"POST", "/v1/opportunities", deal},
		{"PATCH", "/v1/opportunities/" + rollout, `{"name":"x"}`},
		{"POST", "/v1/accounts", `{"name":"x"}`},
		{"PATCH", "/v1/accounts/" + acme, `{"name":"x"}`},
		{"POST", "/v1/accounts/bulk_create", `{"accounts":[{"name":"x"}]}`},
		{"POST", "/v1/accounts/update_owners", `{"account_ids":["` + acme + `"],"owner_id":"` + jonas + `"}`},
		{"POST", "/v1/contacts", `{"first_name":"x"}`},
		{"PATCH", "/v1/contacts/" + buyer, `{"title":"x"}`},
		{"POST", "/v1/fields", `{"label":"x","modality":"contact","type":"string"}`},
		{"PATCH", "/v1/fields", `{"fields":[{"id":"` + orderField + `","label":"x"}]}`},
	} {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			w := newWorld(t)
			all := func() (all []string) {
				for _, read := range []string{list + "?per_page=100", "/v1/fields"} {
					all = append(all, w.do("GET", read, "").Body)
				}
				for _, read := range []string{"/v1/accounts/search", "/v1/contacts/search"} {
					all = append(all, w.do("POST", read, "").Body)
				}
				return all
			}
			before := all()
			w.SetFault(sandbox.Fault{Kind: sandbox.FaultDrop, Times: 1})
			assert.Equal(t, 200, w.do(c.method, c.target, c.body).Status)
			assert.Equal(t, before, all())
			require.Len(t, w.Log(), 1)
			assert.Equal(t, []any{false, 200}, []any{w.Log()[0].Stored, w.Log()[0].Status})
			assert.Equal(t, 200, w.do(c.method, c.target, c.body).Status)
			assert.NotEqual(t, before, all())
		})
	}
}

func TestCrossedAnswers(t *testing.T) {
	w := newWorld(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultCross})
	assert.NotEqual(t, "Deal", w.do("POST", "/v1/opportunities", deal).opportunity()["name"])
	assert.Equal(t, 1, w.stored())
	for _, o := range sandbox.DemoSeed().Opportunities {
		assert.NotEqual(t, o.ID, w.do("GET", "/v1/opportunities/"+o.ID, "").opportunity()["id"])
	}
	assert.NotEqual(t, acme, w.do("GET", "/v1/accounts/"+acme, "").account()["id"])
	assert.Equal(t, 404, w.do("GET", "/v1/opportunities/"+nobody, "").Status)
	assert.Equal(t, 200, w.do("GET", stages, "").Status, "there is only one list of stages")
}

func TestLaggingList(t *testing.T) {
	w := newWorld(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultLag, Endpoint: "opportunity.search", Delay: sandbox.Duration(time.Minute)})
	id := w.do("POST", "/v1/opportunities", deal).opportunity()["id"].(string)
	total := func() any { return child(t, w.do("GET", list, "").object(), "pagination")["total_entries"] }
	assert.Equal(t, number("33"), total())
	assert.Equal(t, 200, w.do("GET", "/v1/opportunities/"+id, "").Status, "a view does not lag")
	w.clock.pass(59 * time.Second)
	assert.Equal(t, number("33"), total())
	w.clock.pass(time.Second)
	assert.Equal(t, number("34"), total())
}

// TestLateCommit runs on the pure core: the write comes with the clock.
func TestLateCommit(t *testing.T) {
	w := newWorld(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultLate, Delay: sandbox.Duration(90 * time.Second), Times: 1})
	call := get("/v1/opportunities")
	call.Method, call.Body = "POST", []byte(deal)
	assert.Equal(t, 0, w.Answer(call).Status, "nothing is answered")
	assert.Empty(t, w.Log())

	w.clock.pass(89 * time.Second)
	assert.Empty(t, w.do("GET", list+"?q_opportunity_name=Deal", "").rows("opportunities"))
	w.clock.pass(10 * time.Second)
	rows := w.do("GET", list+"?q_opportunity_name=Deal", "").rows("opportunities")
	assert.Equal(t, []any{"2026-05-18T11:19:45.455+00:00"}, column(rows, "opportunity_created_at"), "stored when it was due")
	require.Len(t, w.Log(), 1)
	assert.Equal(t, sandbox.FaultLate, w.Log()[0].Fault)
	assert.Equal(t, start.Add(90*time.Second), w.Log()[0].Time)
}

func TestLateCommitsFallDueInTheirOrder(t *testing.T) {
	w := newWorld(t)
	for name, delay := range map[string]time.Duration{"last": 3 * time.Minute, "first": time.Minute, "second": 2 * time.Minute} {
		w.SetFault(sandbox.Fault{Kind: sandbox.FaultLate, Delay: sandbox.Duration(delay), Times: 1})
		call := get("/v1/opportunities")
		call.Method, call.Body = "POST", []byte(`{"name":"`+name+`"}`)
		w.Answer(call)
	}
	w.clock.pass(time.Hour)
	rows := w.do("GET", list+"?per_page=3", "").rows("opportunities")
	assert.Equal(t, []any{"last", "second", "first"}, column(rows, "name"))
}

func TestResetOnThePureCore(t *testing.T) {
	for after, stored := range map[bool]int{false: 0, true: 1} {
		w := newWorld(t)
		w.SetFault(sandbox.Fault{Kind: sandbox.FaultReset, AfterCommit: after})
		call := get("/v1/opportunities")
		call.Method, call.Body = "POST", []byte(deal)
		assert.Equal(t, sandbox.Answer{}, w.Answer(call))
		assert.Equal(t, stored, w.stored())
		require.Len(t, w.Log(), 1)
		assert.Equal(t, map[string]any{"name": "Deal", "amount": "100"}, w.Log()[0].Request)
		assert.Equal(t, 0, w.Requests()[0].Status)
	}
}

func TestFaultsOverHTTP(t *testing.T) {
	w := newWorld(t)
	post := func(body string) answer { return w.do("POST", "/sandbox/faults", body, "x-api-key: ") }
	require.Equal(t, 204, post(`{"endpoint":"opportunity.create","kind":"status","status":500,"times":1}`).Status)
	require.Equal(t, 204, post(`[{"kind":"delay","delay":"1ms"},{"kind":"delay","delay":0.001}]`).Status)
	assert.JSONEq(t, `[{"endpoint":"opportunity.create","kind":"status","status":500,"times":1},
		{"kind":"delay","delay":"1ms"},{"kind":"delay","delay":"1ms"}]`, w.do("GET", "/sandbox/faults", "").Body)
	assert.Equal(t, 500, w.do("POST", "/v1/opportunities", deal).Status)
	assert.Equal(t, 200, w.do("POST", "/v1/opportunities", deal).Status, "it struck once; the delay comes next")
	assert.Equal(t, sandbox.FaultDelay, w.Requests()[1].Fault)
	assert.Equal(t, 204, w.do("DELETE", "/sandbox/faults", "").Status)
	assert.Equal(t, "[]\n", w.do("GET", "/sandbox/faults", "").Body)

	for _, c := range []struct{ body, says string }{
		{``, "no fault given"},
		{`{`, "invalid character"},
		{`{"kind":"explode"}`, "unknown kind of fault"},
		{`{"kind":"status"}`, "needs a status"},
		{`{"kind":"html","endpoint":"opportunity.delete"}`, "opportunity.create"},
		{`{"kind":"html","unknown":1}`, "unknown field"},
		{`{"kind":"html","chance":2}`, "chance"},
		{`{"kind":"delay","delay":"soon"}`, "duration"},
		{`{"kind":"delay","delay":{}}`, "duration"},
		{`[{"kind":"html"},{"kind":"explode"}]`, "unknown kind"},
	} {
		a := post(c.body)
		assert.Equal(t, 400, a.Status, c.body)
		assert.Contains(t, a.Body, c.says, c.body)
	}
	assert.Equal(t, "[]\n", w.do("GET", "/sandbox/faults", "").Body, "all are added or none")
	assert.Panics(t, func() { w.SetFault(sandbox.Fault{}) }, "a mistake in a test")
}
