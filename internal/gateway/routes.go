package gateway

import (
	_ "embed" // for the description
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/wire"
)

// route is one address with one method. What is not in the table is not there.
type route struct {
	method string
	path   string // one segment may be {id}, {domain} or {operation}
	scope  Scope  // the least that is needed
	write  bool   // it has a body and an operation's id
	query  string // the parameters, separated by spaces
	serve  func(*request) (answer, error)
}

func (g *Gateway) table() []route {
	return []route{
		{method: "GET", path: "/health", serve: serveHealth},
		{method: "GET", path: "/openapi.json", serve: serveDescription},
		{method: "GET", path: "/v1/me", scope: ScopeRead, serve: serveMe},
		{method: "GET", path: "/v1/companies/{domain}", scope: ScopeRead, query: "name", serve: serveCompany},
		{method: "GET", path: "/v1/opportunities", scope: ScopeRead, query: listQuery, serve: serveOpportunities},
		{method: "GET", path: "/v1/opportunities/{id}", scope: ScopeRead, serve: serveOpportunity},
		{method: "GET", path: "/v1/accounts", scope: ScopeRead, query: "name", serve: serveAccounts},
		{method: "GET", path: "/v1/accounts/{id}/contacts", scope: ScopeRead, query: "name", serve: serveContacts},
		{method: "GET", path: "/v1/role_types", scope: ScopeRead, serve: serveList(roleList)},
		{method: "GET", path: "/v1/stages", scope: ScopeRead, serve: serveList(stageList)},
		{method: "GET", path: "/v1/users", scope: ScopeRead, serve: serveList(userList)},
		{method: "GET", path: "/v1/fields", scope: ScopeRead, serve: serveList(fieldList)},
		{method: "GET", path: "/v1/pipeline", scope: ScopeRead, serve: servePipeline},
		{method: "GET", path: "/v1/audit", scope: ScopeAdmin, query: "limit before format", serve: serveAudit},
		{method: "POST", path: "/v1/opportunities", scope: ScopeWrite, write: true, serve: serveCreate},
		{method: "PATCH", path: "/v1/opportunities/{id}", scope: ScopeWrite, write: true, serve: serveUpdate},
		{method: "POST", path: "/v1/accounts", scope: ScopeWrite, write: true, serve: serveAccount},
		{method: "GET", path: "/v1/operations/{operation}", scope: ScopeWrite, serve: serveOperation},
		{method: "POST", path: "/v1/operations/{operation}", scope: ScopeWrite, write: true, serve: serveDecide},
	}
}

// Route is a route as tests and descriptions see it.
type Route struct {
	Method, Path string
	Scope        Scope
	Write        bool
	Query        []string
}

//go:embed openapi.json
var description []byte

func serveDescription(*request) (answer, error) { return answer{status: 200, body: description}, nil }

// Routes lists all routes.
func Routes() (list []Route) {
	for _, r := range (*Gateway)(nil).table() {
		list = append(list, Route{r.method, r.path, r.scope, r.write, strings.Fields(r.query)})
	}
	return list
}

func (r route) name() string { return strings.TrimSpace(r.method + " " + r.path) }

func (r route) takes(parameter string) bool {
	return slices.Contains(strings.Fields(r.query), parameter)
}

// fits compares a path with the route's, and gives what stands for its variable
// segment. That must have the form of what it names: nothing else is passed on.
func (r route) fits(path string) (id string, fits bool) {
	for {
		want, wantRest, wantMore := strings.Cut(r.path, "/")
		got, gotRest, gotMore := strings.Cut(path, "/")
		switch {
		case want == "{domain}" && isDomain(got), want == "{id}" && isID(got), want == "{operation}" && isOperation(got):
			id = got
		case want != got:
			return "", false
		}
		if !wantMore || !gotMore {
			return id, wantMore == gotMore
		}
		r.path, path = wantRest, gotRest
	}
}

func isID(text string) bool { return len(text) == 24 && consists(text, "0123456789abcdef") }

// isDomain says whether text has the form of a host name in lower case.
func isDomain(text string) bool {
	if len(text) > 253 || !strings.Contains(text, ".") {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || !consists(label, "abcdefghijklmnopqrstuvwxyz0123456789-") || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

func serveHealth(q *request) (answer, error) {
	w := new(wire.Writer).BeginObject()
	w.Member("healthy").Bool(true).Member("version").String(q.g.version)
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}
