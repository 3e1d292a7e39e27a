package gatewaytest

import (
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
)

// object is whose the thing is that a request is about.
type object string

const (
	own       object = "own"
	colleague object = "colleague's"
	other     object = "other team's"
)

// cell is what one role gets for one object: a status, and perhaps a text that
// must not be in the answer.
type cell struct {
	path, body string
	status     func(Role) int
}

func always(status int) func(Role) int { return func(Role) int { return status } }

// of is the status by the team of who asks: the object's own team, or another.
func of(theirs, others int) func(Role) int {
	return func(r Role) int {
		if r == Other {
			return others
		}
		return theirs
	}
}

// testMatrix asks every route in every role about an own, a colleague's and the
// other team's object. A route without a row fails.
func testMatrix(s *suite) {
	s.syncAll()
	mine, theirs := NewID(), NewID()
	for id, role := range map[string]Role{mine: Write, theirs: Colleague} {
		r := s.until(role, "POST", "/v1/opportunities", id, `{"name":"Matrix `+string(role)+`"}`)
		require.Equal(s, 201, r.Status, "%s", r.Raw)
	}
	foreign := NewID()
	require.Equal(s, 201, s.until(Other, "POST", "/v1/opportunities", foreign, `{"name":"Matrix of the others"}`).Status)
	byOwner := map[object]string{}
	for o, of := range map[object]string{own: "Matrix write", colleague: "Matrix colleague"} {
		ids := created(s.Sandbox, of)
		require.Len(s, ids, 1)
		byOwner[o] = ids[0]
	}
	byOwner[other] = OtherOpportunity

	same := func(path, body string, status func(Role) int) map[object]cell {
		c := cell{path, body, status}
		return map[object]cell{own: c, colleague: c, other: c}
	}
	opportunity := func(body string) map[object]cell {
		return map[object]cell{
			own:       {"/v1/opportunities/" + byOwner[own], body, of(200, 404)},
			colleague: {"/v1/opportunities/" + byOwner[colleague], body, of(200, 404)},
			other:     {"/v1/opportunities/" + byOwner[other], body, of(404, 200)},
		}
	}
	operation := func(body string) map[object]cell {
		visible := func(by Role) func(Role) int {
			return func(r Role) int {
				if r == by || r == Admin && by != Other {
					return 201
				}
				return 404
			}
		}
		return map[object]cell{
			own:       {"/v1/operations/" + mine, body, visible(Write)},
			colleague: {"/v1/operations/" + theirs, body, visible(Colleague)},
			other:     {"/v1/operations/" + foreign, body, visible(Other)},
		}
	}
	rows := map[string]map[object]cell{
		"GET /health":                     same("/health", "", always(200)),
		"GET /openapi.json":               same("/openapi.json", "", always(200)),
		"GET /v1/me":                      same("/v1/me", "", always(200)),
		"GET /v1/stages":                  same("/v1/stages", "", always(200)),
		"GET /v1/role_types":              same("/v1/role_types", "", always(200)),
		"GET /v1/users":                   same("/v1/users", "", always(200)),
		"GET /v1/fields":                  same("/v1/fields", "", always(200)),
		"GET /v1/pipeline":                same("/v1/pipeline", "", always(200)),
		"GET /v1/audit":                   same("/v1/audit", "", always(200)),
		"GET /v1/accounts":                same("/v1/accounts?name=acme", "", always(200)),
		"GET /v1/opportunities":           same("/v1/opportunities", "", always(200)),
		"POST /v1/opportunities":          same("/v1/opportunities", `{"name":"Matrix made"}`, always(201)),
		"POST /v1/accounts":               same("/v1/accounts", `{"name":"Matrix","domain":"matrix.test"}`, always(200)),
		"GET /v1/opportunities/{id}":      opportunity(""),
		"PATCH /v1/opportunities/{id}":    opportunity(`{"amount":"5"}`),
		"GET /v1/operations/{operation}":  operation(""),
		"POST /v1/operations/{operation}": operation(`{"decision":"settle","revision":1}`),
		"GET /v1/accounts/{id}/contacts": {
			own:       {"/v1/accounts/" + AccountAcme + "/contacts", "", of(200, 404)},
			colleague: {"/v1/accounts/" + AccountAcme + "/contacts", "", of(200, 404)},
			other:     {"/v1/accounts/" + OtherAccount + "/contacts", "", of(404, 200)},
		},
		"GET /v1/companies/{domain}": {
			own:       {"/v1/companies/acme.test", "", always(200)},
			colleague: {"/v1/companies/globex.test", "", always(200)},
			other:     {"/v1/companies/southwind-customer.test", "", always(200)},
		},
	}
	routes := gateway.Routes()
	assert.Len(s, rows, len(routes), "rows of the matrix")
	for _, route := range routes {
		row, ok := rows[route.Method+" "+route.Path]
		if !assert.True(s, ok, "the route %s %s has no row in the matrix", route.Method, route.Path) {
			continue
		}
		for _, o := range []object{own, colleague, other} {
			for _, role := range Roles() {
				s.cell(route, o, row[o], role)
			}
		}
	}
	// Whatever the other team may see, it is nothing of the first's, and the other
	// way round.
	assert.NotContains(s, string(s.get(Admin, "/v1/opportunities?limit=100").Raw), "Southwind")
	assert.NotContains(s, string(s.get(Other, "/v1/accounts/"+OtherAccount+"/contacts").Raw), "Coyote")
	assert.NotContains(s, string(s.get(Admin, "/v1/companies/southwind-customer.test").Raw), OtherAccount)
	assert.NotContains(s, string(s.get(Other, "/v1/opportunities?limit=100").Raw), "Acme")
	assert.NotContains(s, string(s.get(Other, "/v1/companies/acme.test").Raw), AccountAcme)
}

func (s *suite) cell(route gateway.Route, o object, c cell, role Role) {
	s.Helper()
	want := c.status(role)
	switch {
	case route.Scope == gateway.Public:
	case role == None || role == Revoked || role == Expired:
		want = 401
	case route.Scope == gateway.ScopeAdmin && role != Admin && role != Other,
		route.Scope == gateway.ScopeWrite && role == Read:
		want = 403
	}
	body, id := c.body, NewID()
	if route.Method == "POST" && route.Path == "/v1/opportunities" {
		body = strings.Replace(body, "made", "made "+id, 1) // each is a new one
	}
	r := s.until(role, route.Method, c.path, id, body)
	if route.Method == "GET" {
		r = s.get(role, c.path)
	}
	assert.Equal(s, want, r.Status, "%s %s as %s, %s object: %s", route.Method, c.path, role, o, r.Raw)
	if want == 401 || want == 403 || want == 404 {
		assert.NotEmpty(s, r.code())
		assert.NotContains(s, string(r.Raw), "opportunity\":{")
	}
}
