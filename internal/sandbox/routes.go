package sandbox

import (
	"slices"
	"strings"
)

// endpoint is one operation of the API. Two methods of one operation, as POST
// and GET of a search, are two endpoints of the same name and so one counter.
type endpoint struct {
	method string
	// path is under the prefix; {id} is an object's id.
	path string
	// operation is our name, scope Apollo's, which is also an API key's right to it;
	// oauth is an access token's right. An endpoint without oauth needs no right.
	operation, scope, oauth string
	do                      func(*team, *exchange) (any, *refusal)
}

var prefixes = []string{"/api/v1", "/v1"}

var endpoints = []endpoint{
	{"POST", "/opportunities", "opportunity.create", "deals/api/v1/opportunities/create", "opportunity_write", (*team).createOpportunity},
	{"GET", "/opportunities/search", "opportunity.search", "deals/api/v1/opportunities/search", "opportunities_list", (*team).searchOpportunities},
	{"POST", "/opportunities/search", "opportunity.search", "deals/api/v1/opportunities/search", "opportunities_list", (*team).searchOpportunities},
	{"GET", "/opportunities/{id}", "opportunity.view", "deals/api/v1/opportunities/show", "opportunity_read", (*team).viewOpportunity},
	{"PATCH", "/opportunities/{id}", "opportunity.update", "deals/api/v1/opportunities/update", "opportunity_update", (*team).updateOpportunity},
	{"PUT", "/opportunities/{id}", "opportunity.update", "deals/api/v1/opportunities/update", "opportunity_update", (*team).updateOpportunity},
	{"GET", "/opportunity_stages", "stage.list", "deals/api/v1/opportunity_stages/index", "opportunity_stages_list", (*team).listStages},
	{"POST", "/contacts/{id}/opportunities", "contact.opportunities", "deals/api/v1/opportunities/search", "opportunities_list", (*team).contactOpportunities},
	{"GET", "/users/search", "user.search", "api/v1/users/search", "users_list", (*team).searchUsers},
	{"POST", "/users/search", "user.search", "api/v1/users/search", "users_list", (*team).searchUsers},
	{"GET", "/users/api_profile", "user.profile", "api/v1/users/api_profile", "", (*team).profile},
	{"POST", "/accounts/search", "account.search", "api/v1/accounts/search", "accounts_search", (*team).searchAccounts},
	{"GET", "/accounts/search", "account.search", "api/v1/accounts/search", "accounts_search", (*team).searchAccounts},
	{"POST", "/accounts/bulk_create", "account.bulk_create", "api/v1/accounts/bulk_create", "account_write", (*team).bulkCreateAccounts},
	{"POST", "/accounts", "account.create", "api/v1/accounts/create", "account_write", (*team).createAccount},
	{"GET", "/accounts/{id}", "account.view", "api/v1/accounts/show", "account_read", (*team).viewAccount},
	{"PATCH", "/accounts/{id}", "account.update", "api/v1/accounts/update", "account_update", (*team).updateAccount},
	{"PUT", "/accounts/{id}", "account.update", "api/v1/accounts/update", "account_update", (*team).updateAccount},
	{"GET", "/auth/health", "auth.health", "api/v1/auth/health", "", nil},
}

// Operations are the names of the endpoints, as in Entry and Fault.
func Operations() []string { return names(func(e endpoint) string { return e.operation }) }

// Scopes are the rights that an API key can have. users/api_profile and
// auth/health need none.
func Scopes() []string {
	return names(func(e endpoint) string {
		if e.oauth == "" {
			return ""
		}
		return e.scope
	})
}

func names(of func(endpoint) string) []string {
	var all []string
	for _, e := range endpoints {
		if n := of(e); n != "" && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

// route finds the endpoint of a method and path, and the id in the path; nil if
// there is none.
func route(method, path string) (*endpoint, string) {
	for _, prefix := range prefixes {
		rest, ok := strings.CutPrefix(path, prefix)
		if !ok {
			continue
		}
		rest = strings.TrimSuffix(rest, "/")
		for i := range endpoints {
			e := &endpoints[i]
			if e.method != method {
				continue
			}
			if id, ok := match(e.path, rest); ok {
				return e, id
			}
		}
	}
	return nil, ""
}

func match(pattern, path string) (id string, ok bool) {
	before, after, wild := strings.Cut(pattern, "{id}")
	if !wild {
		return "", pattern == path
	}
	id, ok = strings.CutPrefix(path, before)
	if !ok {
		return "", false
	}
	id, ok = strings.CutSuffix(id, after)
	return id, ok && id != "" && !strings.Contains(id, "/")
}

// limitName is how a 429 calls the endpoint.
func (e *endpoint) limitName() string {
	resource, _, _ := strings.Cut(strings.TrimPrefix(e.path, "/"), "/")
	singular := map[string]string{"opportunities": "opportunity_id", "accounts": "account_id", "contacts": "contact_id"}[resource]
	return "api/v1" + strings.Replace(e.path, "{id}", "{"+singular+"}", 1)
}
