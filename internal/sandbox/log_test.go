package sandbox_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTruthLog(t *testing.T) {
	w := newWorld(t)
	w.do("GET", list, "")
	w.clock.pass(time.Second)
	id := w.do("POST", "/v1/opportunities", `{"name":"Deal","amount":"1,000","account_id":"`+acme+`"}`).opportunity()["id"].(string)
	w.clock.pass(time.Second)
	w.do("PATCH", "/v1/opportunities/"+id, `{"amount":"2000.50","name":"Deal"}`)
	w.do("PATCH", "/v1/opportunities/"+nobody, `{"name":"x"}`)
	w.do("GET", "/v1/nothing", "")

	log := w.Log()
	require.Len(t, log, 4, "a read that succeeds is not in it")
	for i, e := range log {
		assert.Equal(t, i+1, e.Seq)
	}
	create := log[0]
	assert.Equal(t, []any{"opportunity.create", "POST", "/v1/opportunities", id, true, 200},
		[]any{create.Operation, create.Method, create.Path, create.ID, create.Stored, create.Status})
	assert.Equal(t, start.Add(time.Second), create.Time)
	assert.Equal(t, map[string]any{"name": "Deal", "amount": "1,000", "account_id": acme}, create.Request)
	fields{"amount": nil, "existence_level": "full", "account_id": acme, "id": id}.check(t, create.Fields)

	update := log[1]
	assert.Equal(t, []string{"amount"}, update.Changed)
	fields{"amount": number("2000.5"), "name": "Deal"}.check(t, update.Fields)

	assert.Equal(t, []any{"opportunity.update", nobody, false, 422}, []any{log[2].Operation, log[2].ID, log[2].Stored, log[2].Status})
	assert.Equal(t, []any{"", false, 404}, []any{log[3].Operation, log[3].Stored, log[3].Status})
}

func TestRequestLog(t *testing.T) {
	w := newWorld(t)
	w.do("GET", list+"?page=2&api_key="+key, "")
	w.do("POST", "/v1/opportunities", `{"name":"Deal"}`)
	w.do("GET", "/v1/nothing", "")
	w.do("GET", "/sandbox/requests", "")
	seen := w.Requests()
	require.Len(t, seen, 3, "the sandbox's own pages are not in it")
	assert.Equal(t, "api_key=redacted&page=2", seen[0].Query)
	assert.Equal(t, []int{422, 200, 404}, []int{seen[0].Status, seen[1].Status, seen[2].Status})
	assert.Equal(t, []string{"deals/api/v1/opportunities/search", "deals/api/v1/opportunities/create", ""}, []string{seen[0].Endpoint, seen[1].Endpoint, seen[2].Endpoint})
}

func TestPagesOfTheSandbox(t *testing.T) {
	w := newWorld(t)
	w.do("POST", "/v1/opportunities", `{"name":"one"}`)
	w.do("POST", "/v1/opportunities", `{"name":"two"}`)
	for _, c := range []struct {
		target string
		want   int
	}{
		{"/sandbox/log", 2}, {"/sandbox/log?after=1", 1}, {"/sandbox/log?after=9", 0}, {"/sandbox/log?after=x", 2},
		{"/sandbox/requests", 2}, {"/sandbox/requests?after=2", 0}, {"/sandbox/faults", 0},
	} {
		a := w.do("GET", c.target, "", "x-api-key: ")
		require.Equal(t, 200, a.Status, c.target)
		var items []map[string]any
		require.NoError(t, json.Unmarshal([]byte(a.Body), &items), c.target)
		assert.Len(t, items, c.want, c.target)
		assert.Equal(t, "application/json; charset=utf-8", a.Header.Get("content-type"))
	}
	home := w.do("GET", "/", "", "x-api-key: ")
	assert.Equal(t, "text/plain; charset=utf-8", home.Header.Get("content-type"))
	assert.Contains(t, home.Body, "sandbox")
	assert.Equal(t, 404, w.do("GET", "/sandbox/nothing", "").Status)
	assert.Equal(t, 404, w.do("POST", "/sandbox/log", "").Status)
}

func TestTheSameSeedIsTheSameServer(t *testing.T) {
	run := func(seed uint64) string {
		w := newWorld(t, func(o *sandbox.Options) { o.IDSeed = seed; o.Seed = o.Seed.WithOpportunities(60) })
		w.do("POST", "/v1/opportunities", `{"name":"one"}`)
		return w.do("GET", list+"?per_page=100", "").Body
	}
	assert.Equal(t, run(1), run(1))
	assert.NotEqual(t, run(1), run(2))
}
