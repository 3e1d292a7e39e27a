package gatewaytest

import (
	"encoding/json"
	"math/big"
	"net/url"
	"strconv"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func testCompany(s *suite) {
	r := s.get(Read, "/v1/companies/acme.test")
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, []any{AccountAcme}, r.each("accounts", "id"), "looked up in Apollo")
	assert.Len(s, r.list("stages"), 6)
	assert.Len(s, r.list("users"), 4)
	s.syncAll()
	r = s.get(Read, "/v1/companies/acme.test")
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Len(s, r.list("opportunities"), 4)
	assert.Equal(s, true, r.Body["whole"])
	before := requests(s.Sandbox, "")
	again := s.get(Colleague, "/v1/companies/acme.test")
	assert.Equal(s, r.list("opportunities"), again.list("opportunities"))
	assert.Equal(s, before, requests(s.Sandbox, ""), "requests to Apollo for what the index has")
	assert.Len(s, s.get(Read, "/v1/companies/initech.test").list("accounts"), 2)

	for _, path := range []string{"/v1/companies/co.uk", "/v1/companies/www.acme.test", "/v1/companies/ACME.test", "/v1/companies/acme", "/v1/companies/127.0.0.1", "/v1/companies/..", "/v1/companies/acme.test/"} {
		assert.Equal(s, 404, s.get(Read, path).Status, path)
	}
	// It goes on while Apollo is away.
	s.Cut(true)
	assert.Equal(s, 200, s.get(Read, "/v1/companies/acme.test").Status)
	r = s.get(Read, "/v1/companies/never-asked.test")
	assert.Equal(s, 503, r.Status, "%s", r.Raw)
	s.Cut(false)
}

func testUnknownDomain(s *suite) {
	r := s.get(Read, "/v1/companies/nobody-knows.test?name=Nobody")
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Empty(s, r.list("accounts"))
	assert.NotNil(s, r.Body["accounts"])
	asked := requests(s.Sandbox, "account.search")
	assert.Equal(s, 2, asked, "by the label and by the page's name")
	assert.Equal(s, 200, s.get(Read, "/v1/companies/nobody-knows.test").Status)
	assert.Equal(s, asked, requests(s.Sandbox, "account.search"), "that there is nothing is remembered")
}

func testWalk(s *suite) {
	assert.Equal(s, false, s.get(Read, "/v1/opportunities").Body["complete"])
	s.syncAll()
	r := s.get(Read, "/v1/opportunities?limit=100")
	assert.Equal(s, true, r.Body["complete"])
	seed := Seed()
	all := json.Number(strconv.Itoa(len(seed.Opportunities)))
	assert.Equal(s, map[string]any{"read": all, "total": all, "complete": true}, s.get(Read, "/v1/me").at("index"))
	assert.Len(s, r.list("opportunities"), len(seed.Opportunities))
	before := requests(s.Sandbox, "opportunity.search")
	s.syncAll()
	assert.Equal(s, before, requests(s.Sandbox, "opportunity.search"), "nothing is read again at once")

	// One by one, as Apollo has them.
	listed := map[any]any{}
	for _, o := range r.list("opportunities") {
		listed[o.(map[string]any)["id"]] = o
	}
	for _, o := range seed.Opportunities {
		if o.Hidden || o.ID == "" {
			continue
		}
		there, ok := listed[o.ID].(map[string]any)
		if assert.True(s, ok, o.Name) {
			assert.Equal(s, []any{o.Name, o.Stage, o.Owner, o.Account}, []any{there["name"], there["stage_id"], there["owner_id"], there["account_id"]})
		}
	}
	// What is written through the gateway is in it at once.
	made := s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"Newest of all"}`)
	require.Equal(s, 201, made.Status)
	assert.Equal(s, "Newest of all", s.get(Read, "/v1/opportunities?limit=1").each("opportunities", "name")[0])
	// An opportunity is read from Apollo itself, and from the index while that is away.
	path := "/v1/opportunities/" + made.at("opportunity", "id").(string)
	assert.Equal(s, made.at("opportunity"), s.get(Read, path).at("opportunity"))
	s.Cut(true)
	assert.Equal(s, made.at("opportunity"), s.get(Read, path).at("opportunity"))
	s.Cut(false)
}

func testList(s *suite) {
	s.syncAll()
	all := s.get(Read, "/v1/opportunities?limit=100").list("opportunities")
	var paged []any
	path := "/v1/opportunities?limit=7"
	for next := path; next != ""; {
		r := s.get(Read, next)
		require.Equal(s, 200, r.Status, "%s", r.Raw)
		require.LessOrEqual(s, len(r.list("opportunities")), 7)
		paged = append(paged, r.list("opportunities")...)
		if next, _ = r.Body["next"].(string); next != "" {
			next = path + "&after=" + url.QueryEscape(next)
		}
	}
	assert.Equal(s, all, paged, "page by page it is the same list")

	is := func(member string, value any) func(map[string]any) bool {
		return func(o map[string]any) bool { return o[member] == value }
	}
	stage, owner := all[0].(map[string]any)["stage_id"], all[0].(map[string]any)["owner_id"]
	for query, keep := range map[string]func(map[string]any) bool{
		"stage=" + stage.(string):           is("stage_id", stage),
		"owner=" + owner.(string):           is("owner_id", owner),
		"account=" + AccountAcme:            is("account_id", AccountAcme),
		"text=" + url.QueryEscape("MÜLLER"): func(o map[string]any) bool { return len(o["name"].(string)) > 6 && o["name"].(string)[:7] == "Müller" },
		"closes_from=2026-01-01&closes_to=2026-12-31": func(o map[string]any) bool {
			day := o["close_date"].(string)
			return day >= "2026-01-01" && day <= "2026-12-31"
		},
		"account=" + AccountAcme + "&stage=" + stage.(string): func(o map[string]any) bool {
			return o["account_id"] == AccountAcme && o["stage_id"] == stage
		},
	} {
		var want []any
		for _, o := range all {
			if keep(o.(map[string]any)) {
				want = append(want, o)
			}
		}
		got := s.get(Read, "/v1/opportunities?limit=100&"+query).list("opportunities")
		assert.Len(s, got, len(want), query)
		for i := range got {
			assert.Equal(s, want[i], got[i], query)
		}
	}
	for _, query := range []string{
		"limit=0", "limit=101", "limit=x", "stage=1", "owner=../users", "account=", "closes_from=2026", "closes_to=31.12.2026", "after=x", "after=1-2",
		"after=-1-" + AccountAcme, "text=", "unknown=1", "limit=1&limit=2", "text=%ff", "text=%zz", "team=southwind",
	} {
		r := s.get(Read, "/v1/opportunities?"+query)
		assert.Equal(s, 400, r.Status, "%s: %s", query, r.Raw)
	}
}

func testPipeline(s *suite) {
	s.syncAll()
	type group struct{ stage, owner, currency string }
	sums, counts := map[group]*big.Rat{}, map[group]int{}
	for _, o := range s.get(Read, "/v1/opportunities?limit=100").list("opportunities") {
		o := o.(map[string]any)
		g := group{o["stage_id"].(string), o["owner_id"].(string), o["currency"].(string)}
		if counts[g]++; sums[g] == nil {
			sums[g] = new(big.Rat)
		}
		if amount, ok := new(big.Rat).SetString(o["amount"].(string)); ok {
			sums[g].Add(sums[g], amount)
		}
	}
	r := s.get(Read, "/v1/pipeline")
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Len(s, r.list("totals"), len(sums))
	for _, row := range r.list("totals") {
		row := row.(map[string]any)
		g := group{row["stage_id"].(string), row["owner_id"].(string), row["currency"].(string)}
		amount, ok := new(big.Rat).SetString(row["amount"].(string))
		require.True(s, ok)
		assert.Zero(s, sums[g].Cmp(amount), "%v: %s", g, row["amount"])
		assert.Equal(s, json.Number(big.NewInt(int64(counts[g])).String()), row["count"])
	}
}

// testAccountsNamed finds accounts by a part of their name, and one's
// opportunities before the walk has read them.
func testAccountsNamed(s *suite) {
	r := s.get(Read, "/v1/accounts?name="+url.QueryEscape("aCMe "))
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, []any{AccountAcme}, r.each("accounts", "id"))
	assert.Equal(s, 200, s.get(Colleague, "/v1/accounts?name=acme").Status)
	assert.Equal(s, 1, requests(s.Sandbox, "account.search"))
	for _, query := range []string{"", "?name=", "?name=%20", "?domain=acme.test"} {
		assert.Equal(s, 400, s.get(Read, "/v1/accounts"+query).Status, query)
	}
	of := s.get(Read, "/v1/opportunities?limit=100&account="+AccountAcme)
	require.Equal(s, 200, of.Status, "%s", of.Raw)
	assert.Len(s, of.list("opportunities"), 4)
	assert.Equal(s, 200, s.get(Read, "/v1/opportunities?account="+AccountAcme).Status)
	assert.Equal(s, 1, requests(s.Sandbox, "opportunity.search"))
}

// testTeams has both teams do the same things in turn and looks for anything of
// one in the other's answers.
func testTeams(s *suite) {
	s.syncAll()
	id := NewID()
	for range 3 {
		assert.Equal(s, 201, s.until(Write, "POST", "/v1/opportunities", id, `{"name":"Northwind's own"}`).Status)
		assert.Equal(s, 201, s.until(Other, "POST", "/v1/opportunities", id, `{"name":"Southwind's own"}`).Status)
	}
	assert.Len(s, created(s.Sandbox, "Northwind's own"), 1)
	assert.Len(s, created(s.Other, "Southwind's own"), 1)
	assert.Empty(s, created(s.Sandbox, "Southwind's own"))
	for _, path := range []string{
		"/v1/opportunities?limit=100", "/v1/pipeline", "/v1/stages", "/v1/users", "/v1/audit", "/v1/me", "/v1/opportunities?text=own",
		"/v1/companies/southwind-customer.test", "/v1/companies/acme.test",
	} {
		ours, theirs := string(s.get(Admin, path).Raw), string(s.get(Other, path).Raw)
		for _, text := range []string{"Southwind", "75f0000", "southwind\""} {
			assert.NotContains(s, ours, text, path)
		}
		for _, text := range []string{"Northwind", "65f0000", "northwind\"", "6095a710"} {
			assert.NotContains(s, theirs, text, path)
		}
	}
}

func testBudget(s *suite) {
	r := s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"Counted"}`)
	require.Equal(s, 201, r.Status)
	assert.Regexp(s, `opportunity\.create;minute=\d+;hour=\d+;day=\d+`, r.Header.Get("Dealmark-Budget"))
	// Apollo's own count is the gateway's.
	me := s.get(Write, "/v1/me")
	for _, b := range me.list("budget") {
		b := b.(map[string]any)
		operation, ok := map[any]string{"opportunity.search": "opportunity.search", "opportunity.create": "opportunity.create"}[b["endpoint"]]
		if !ok {
			continue
		}
		hour := b["hour"].(map[string]any)
		limit, _ := hour["limit"].(json.Number).Int64()
		left, _ := hour["left"].(json.Number).Int64()
		assert.EqualValues(s, requests(s.Sandbox, operation), limit-left, operation)
	}
	// A pause that Apollo asks for holds for all.
	s.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultRateLimit, RetryAfter: 600, Times: 1})
	path := "/v1/opportunities/" + r.at("opportunity", "id").(string)
	s.get(Read, path)
	before := requests(s.Sandbox, "opportunity.view")
	again := s.get(Colleague, path)
	assert.Equal(s, 200, again.Status, "the index answers")
	assert.Equal(s, before, requests(s.Sandbox, "opportunity.view"), "Apollo is not asked while it wants to be left alone")
}
