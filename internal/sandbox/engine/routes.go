package engine

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
	do                      func(*team, *Exchange) (any, *refusal)
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
	{"POST", "/opportunities/update_roles", "opportunity.update_roles", "deals/api/v1/opportunities/update_roles", "", (*team).updateRoles},
	{"POST", "/opportunity_contact_role_types/search", "role_type.search", "deals/api/v1/opportunity_contact_role_types/search", "", (*team).searchRoleTypes},
	{"GET", "/opportunity_pipelines", "pipeline.list", "deals/api/v1/opportunity_pipelines/index", "", (*team).listPipelines},
	{"GET", "/opportunity_pipelines/{id}", "pipeline.view", "deals/api/v1/opportunity_pipelines/show", "", (*team).viewPipeline},
	{"POST", "/contacts/search", "contact.search", "api/v1/contacts/search", "contacts_search", (*team).searchContacts},
	{"POST", "/contacts", "contact.create", "api/v1/contacts/create", "contact_write", (*team).createContact},
	{"GET", "/contacts/{id}", "contact.view", "api/v1/contacts/show", "contact_read", (*team).viewContact},
	{"PATCH", "/contacts/{id}", "contact.update", "api/v1/contacts/update", "contact_update", (*team).updateContact},
	{"PUT", "/contacts/{id}", "contact.update", "api/v1/contacts/update", "contact_update", (*team).updateContact},
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
	{"POST", "/accounts/bulk_update", "account.bulk_update", "api/v1/accounts/bulk_update", "account_update", (*team).bulkUpdateAccounts},
	{"POST", "/accounts/update_owners", "account.update_owners", "api/v1/accounts/update_owners", "account_update", (*team).updateAccountOwners},
	{"GET", "/account_stages", "account_stage.list", "api/v1/account_stages/index", "account_stages_list", (*team).listAccountStages},
	{"GET", "/fields", "field.list", "api/v1/fields/index", "custom_fields_list", (*team).listFields},
	{"POST", "/fields", "field.create", "api/v1/fields/create", "custom_field_write", (*team).createField},
	{"PATCH", "/fields", "field.update", "api/v1/fields/update", "custom_field_write", (*team).updateField},
	{"GET", "/typed_custom_fields", "typed_custom_field.list", "api/v1/typed_custom_fields/index", "custom_fields_list", (*team).listTypedFields},
	{"POST", "/usage_stats/api_usage_stats", "usage.view", "api/v1/usage_stats/api_usage_stats", "api_usage_stats_read", (*team).usageStats},
	{"GET", "/auth/health", "auth.health", "api/v1/auth/health", "", nil},
}

// Operations are the names of the endpoints, as in Entry and Fault.
func Operations() []string { return names(func(e endpoint) string { return e.operation }) }

// Scopes are the rights that an API key can have. users/api_profile, auth/health
// and the undocumented endpoints need none.
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
	singular := map[string]string{"opportunities": "opportunity_id", "accounts": "account_id", "contacts": "contact_id", "opportunity_pipelines": "id"}[resource]
	return "api/v1" + strings.Replace(e.path, "{id}", "{"+singular+"}", 1)
}

// paid says that the endpoint is documented to need a paid plan.
func (e *endpoint) paid() bool {
	switch e.operation {
	case "opportunity.search", "account.search", "contact.search", "user.search":
		return true
	}
	return false
}
