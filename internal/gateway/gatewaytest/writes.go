package gatewaytest

import (
	"strings"
	"sync"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func testConcurrentCreates(s *suite) {
	const clients = 50
	id, body := NewID(), `{"name":"One of fifty","amount":"12500.50","account_id":"`+AccountAcme+`"}`
	replies := make([]reply, clients)
	var wait sync.WaitGroup
	for i := range clients {
		wait.Go(func() { replies[i] = s.write(Write, "POST", "/v1/opportunities", id, body) })
	}
	wait.Wait()
	for _, r := range replies {
		assert.Contains(s, []int{201, 202}, r.Status, "%s", r.Raw)
	}
	last := s.until(Write, "POST", "/v1/opportunities", id, body)
	require.Equal(s, 201, last.Status, "%s", last.Raw)
	made := created(s.Sandbox, "One of fifty")
	require.Len(s, made, 1, "opportunities that Apollo really made")
	assert.Equal(s, 1, requests(s.Sandbox, "opportunity.create"), "requests to create one")
	assert.Equal(s, made[0], last.at("opportunity", "id"))
	for _, r := range replies {
		if r.Status == 201 {
			assert.Equal(s, string(last.Raw), string(r.Raw))
		}
	}
}

func testStoredAnswer(s *suite) {
	id, body := NewID(), `{"name":"Kept","amount":"1200.50"}`
	first := s.until(Write, "POST", "/v1/opportunities", id, body)
	require.Equal(s, 201, first.Status, "%s", first.Raw)
	assert.Equal(s, "1200.5", first.at("opportunity", "amount"))
	assert.Equal(s, "USD", first.at("opportunity", "currency"))
	assert.Equal(s, UserJonas, first.at("opportunity", "owner_id"), "the rep owns it where nobody is named")

	before := requests(s.Sandbox, "")
	again := s.write(Write, "POST", "/v1/opportunities", id, ` { "amount" : "1200.50" , "name":"Kept" } `)
	assert.Equal(s, 201, again.Status)
	assert.Equal(s, string(first.Raw), string(again.Raw))
	assert.Equal(s, before, requests(s.Sandbox, ""), "requests to Apollo for a stored answer")

	for name, r := range map[string]reply{
		"another body":     s.write(Write, "POST", "/v1/opportunities", id, `{"name":"Kept","amount":"1200.51"}`),
		"another owner":    s.write(Write, "POST", "/v1/opportunities", id, `{"name":"Kept","amount":"1200.50","owner_id":"`+UserPriya+`"}`),
		"another rep":      s.write(Colleague, "POST", "/v1/opportunities", id, body),
		"another kind":     s.write(Write, "POST", "/v1/accounts", id, `{"name":"Kept","domain":"kept.test"}`),
		"an update of any": s.write(Write, "PATCH", "/v1/opportunities/"+first.at("opportunity", "id").(string), id, `{"name":"Kept"}`),
	} {
		assert.Equal(s, 409, r.Status, name)
		assert.Equal(s, "operation_id_used", r.code(), name)
	}
	assert.Len(s, created(s.Sandbox, "Kept"), 1)
	// The same id of another team is another operation.
	assert.Equal(s, 201, s.until(Other, "POST", "/v1/opportunities", id, `{"name":"Kept by others"}`).Status)

	for name, header := range map[string]string{"none": "", "short": "abc", "upper case": strings.ToUpper(id), "33 digits": id + "0", "a space": id[:31] + " "} {
		r := s.do(Write, "POST", "/v1/opportunities", `{"name":"No id"}`, "Idempotency-Key", header)
		assert.Equal(s, 400, r.Status, name)
		assert.Equal(s, "operation_id", r.code(), name)
	}
	assert.Empty(s, created(s.Sandbox, "No id"))
}

func testUpdates(s *suite) {
	made := s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"To change","amount":"100"}`)
	require.Equal(s, 201, made.Status)
	path := "/v1/opportunities/" + made.at("opportunity", "id").(string)

	id := NewID()
	r := s.until(Write, "PATCH", path, id, `{"amount":"250.25","close_date":"2027-03-31","base":{"amount":"100","close_date":""}}`)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, "250.25", r.at("opportunity", "amount"))
	assert.Equal(s, "2027-03-31", r.at("opportunity", "close_date"))
	assert.Equal(s, "To change", r.at("opportunity", "name"))
	before := requests(s.Sandbox, "opportunity.update")
	assert.Equal(s, 1, before)
	assert.Equal(s, string(r.Raw), string(s.write(Write, "PATCH", path, id, `{"amount":"250.25","close_date":"2027-03-31","base":{"amount":"100","close_date":""}}`).Raw))
	assert.Equal(s, before, requests(s.Sandbox, "opportunity.update"))

	// A colleague was faster: nothing is overwritten, the rep is asked.
	clash := NewID()
	body := `{"amount":"300","base":{"amount":"100"}}`
	r = s.until(Write, "PATCH", path, clash, body)
	require.Equal(s, 409, r.Status, "%s", r.Raw)
	assert.Equal(s, "question", r.code())
	assert.Equal(s, "conflict", r.Body["question"])
	assert.Equal(s, []any{map[string]any{"field": "amount", "base": "100", "theirs": "250.25", "ours": "300"}}, r.list("conflicts"))
	assert.Equal(s, "250.25", s.get(Write, path).at("opportunity", "amount"))

	// The rep's word on it.
	r = s.do(Write, "POST", "/v1/operations/"+clash, `{"decision":"resend","revision":`+r.Body["revision"].(interface{ String() string }).String()+`}`)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, "300", s.get(Write, path).at("opportunity", "amount"))

	// Without a base the present is the base; null clears.
	r = s.until(Write, "PATCH", path, NewID(), `{"amount":null}`)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, "", r.at("opportunity", "amount"))

	r = s.write(Write, "PATCH", "/v1/opportunities/000000000000000000000000", NewID(), `{"amount":"1"}`)
	assert.Equal(s, 404, r.Status, "%s", r.Raw)
}

func testAccounts(s *suite) {
	id, body := NewID(), `{"name":"Newcomer","domain":"newcomer.test"}`
	r := s.until(Write, "POST", "/v1/accounts", id, body)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, "newcomer.test", r.at("account", "domain"))
	assert.Equal(s, string(r.Raw), string(s.write(Write, "POST", "/v1/accounts", id, body).Raw))
	assert.Equal(s, 1, requests(s.Sandbox, "account.bulk_create"))
	// Found, not made again.
	again := s.until(Write, "POST", "/v1/accounts", NewID(), body)
	assert.Equal(s, r.at("account", "id"), again.at("account", "id"))
	assert.Equal(s, []any{r.at("account", "id")}, s.get(Write, "/v1/companies/newcomer.test").each("accounts", "id"))

	// With an opportunity, in one.
	both := s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"Both","new_account":{"name":"Fresh","domain":"fresh.test"}}`)
	require.Equal(s, 201, both.Status, "%s", both.Raw)
	company := s.get(Write, "/v1/companies/fresh.test")
	assert.Equal(s, []any{both.at("opportunity", "account_id")}, company.each("accounts", "id"))
	assert.Equal(s, []any{both.at("opportunity", "id")}, company.each("opportunities", "id"))
}

func testQuestions(s *suite) {
	first := s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"Same name","account_id":"`+AccountAcme+`"}`)
	require.Equal(s, 201, first.Status)
	there := first.at("opportunity", "id").(string)
	id, body := NewID(), `{"name":"Same name","account_id":"`+AccountAcme+`"}`
	r := s.write(Colleague, "POST", "/v1/opportunities", id, body)
	require.Equal(s, 409, r.Status, "%s", r.Raw)
	assert.Equal(s, "exists", r.Body["question"])
	assert.Equal(s, []any{there}, r.list("found"))
	assert.Equal(s, 409, s.get(Colleague, "/v1/operations/"+id).Status)
	assert.Len(s, created(s.Sandbox, "Same name"), 1)
	assert.Equal(s, 409, s.do(Colleague, "POST", "/v1/operations/"+id, `{"decision":"resend","revision":0}`).Status, "of another question")

	// Seen and wanted all the same, under the same id.
	r = s.until(Colleague, "POST", "/v1/opportunities", id, `{"name":"Same name","account_id":"`+AccountAcme+`","known":["`+there+`"]}`)
	require.Equal(s, 201, r.Status, "%s", r.Raw)
	assert.Len(s, created(s.Sandbox, "Same name"), 2)

	// Discarded: it is never sent.
	id = NewID()
	r = s.write(Colleague, "POST", "/v1/opportunities", id, body)
	require.Equal(s, 409, r.Status)
	revision := r.Body["revision"].(interface{ String() string }).String()
	r = s.do(Colleague, "POST", "/v1/operations/"+id, `{"decision":"discard","revision":`+revision+`}`)
	assert.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, 409, s.write(Colleague, "POST", "/v1/opportunities", id, body).Status)
	assert.Len(s, created(s.Sandbox, "Same name"), 2)
}

func testUncertain(s *suite) {
	for name, fault := range map[string]sandbox.Fault{
		"no answer":        {Kind: sandbox.FaultReset, AfterCommit: true},
		"a cut answer":     {Kind: sandbox.FaultTruncate},
		"a web page":       {Kind: sandbox.FaultHTML, AfterCommit: true},
		"a server fault":   {Kind: sandbox.FaultStatus, Status: 502, AfterCommit: true},
		"another's answer": {Kind: sandbox.FaultCross},
	} {
		fault.Endpoint, fault.Times = "opportunity.create", 1
		s.Sandbox.SetFault(fault)
		id, body := NewID(), `{"name":"Uncertain after `+name+`"}`
		r := s.write(Write, "POST", "/v1/opportunities", id, body)
		assert.Equal(s, 202, r.Status, "%s: %s", name, r.Raw)
		assert.Equal(s, "uncertain", r.Body["state"], name)
		assert.NotEmpty(s, r.Header.Get("Retry-After"), name)
		again := s.write(Write, "POST", "/v1/opportunities", id, body)
		assert.Equal(s, 202, again.Status, name)
		assert.Len(s, created(s.Sandbox, "Uncertain after "+name), 1, name)
		s.Sandbox.ClearFaults()
	}
}

func testRefusals(s *suite) {
	for name, c := range map[string]struct {
		fault  sandbox.Fault
		status int
		code   string
		stored bool
	}{
		"a value":         {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Amount is too large"}`, ContentType: "application/json"}, 422, "refused", true},
		"the key":         {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 401, Body: "Invalid access credentials.", ContentType: "text/plain"}, 502, "team_key", false},
		"a right":         {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 403, Body: `{"error":"not accessible","error_code":"API_INACCESSIBLE"}`, ContentType: "application/json"}, 403, "team_right", false},
		"too many":        {sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 1}, 503, "budget", false},
		"down, not known": {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 521}, 503, "apollo", false},
	} {
		c.fault.Endpoint, c.fault.Times = "opportunity.create", 1
		s.Sandbox.SetFault(c.fault)
		id, body := NewID(), `{"name":"Refused: `+name+`","amount":"1"}`
		r := s.write(Write, "POST", "/v1/opportunities", id, body)
		assert.Equal(s, c.status, r.Status, "%s: %s", name, r.Raw)
		assert.Equal(s, c.code, r.code(), name)
		assert.Equal(s, "application/problem+json", r.Header.Get("Content-Type"), name)
		if c.code == "refused" {
			assert.Equal(s, "amount", r.Body["field"])
		}
		assert.Empty(s, created(s.Sandbox, "Refused: "+name), name)
		s.Sandbox.ClearFaults()
		if c.code == "team_key" {
			assert.Equal(s, 201, s.write(Write, "POST", "/v1/opportunities", NewID(), `{"name":"With the key put right"}`).Status, "what one met blocks no other")
		}
		if c.stored {
			assert.Equal(s, c.status, s.write(Write, "POST", "/v1/opportunities", id, body).Status, "%s: the refusal is stored", name)
			continue
		}
		last := s.until(Write, "POST", "/v1/opportunities", id, body)
		assert.Equal(s, 201, last.Status, "%s: the same id when it works again: %s", name, last.Raw)
		assert.Len(s, created(s.Sandbox, "Refused: "+name), 1, name)
	}
	s.Cut(true)
	id := NewID()
	r := s.write(Write, "POST", "/v1/opportunities", id, `{"name":"While cut"}`)
	assert.Equal(s, 503, r.Status, "%s", r.Raw)
	s.Cut(false)
	time.Sleep(2 * time.Second) // the outbox's first wait
	assert.Equal(s, 201, s.until(Write, "POST", "/v1/opportunities", id, `{"name":"While cut"}`).Status)
}
