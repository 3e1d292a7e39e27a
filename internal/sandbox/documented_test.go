package sandbox_test

import (
	"strings"
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// documented are the requests that Apollo's documentation has examples of, for
// every endpoint that the sandbox serves. organizations/enrich is not served: it
// costs credits.
var documented = map[string]struct{ path, body string }{
	"POST /opportunities": {"/opportunities", `{"name":"Massive Space Deal","amount":"99999999","owner_id":"` + dana + `",
		"account_id":"` + acmeOrg + `","opportunity_stage_id":"` + qualify + `","typed_custom_fields":{"5b75f1c11dc2727d43ae3bb9":"test"}}`},
	"GET /opportunities/search":           {"/opportunities/search?sort_by_field=amount&page=1&per_page=100", ""},
	"GET /opportunities/{opportunity_id}": {"/opportunities/" + rollout, ""},
	"PATCH /opportunities/{opportunity_id}": {"/opportunities/" + rollout, `{"name":"Ridiculously Massive Space Deal","amount":"999999999999",
		"opportunity_stage_id":"` + meet + `","closed_date":"2026-10-15"}`},
	"GET /opportunity_stages":                   {"/opportunity_stages", ""},
	"POST /contacts/{contact_id}/opportunities": {"/contacts/" + buyer + "/opportunities", ""},
	"POST /contacts/search":                     {"/contacts/search", `{"q_keywords":"acme","contact_stage_ids":["65f0000e0000000000000001"],"page":1,"per_page":2}`},
	"GET /users/search":                         {"/users/search?page=1&per_page=3", ""},
	"GET /users/api_profile":                    {"/users/api_profile", ""},
	"POST /accounts":                            {"/accounts", `{"name":"The Irish Copywriters","domain":"irish.test","phone":"555-555-0108"}`},
	"PATCH /accounts/{account_id}":              {"/accounts/" + acme, `{"name":"The Fast Irish Copywriters"}`},
	"GET /accounts/{id}":                        {"/accounts/" + acme, ""},
	"POST /accounts/search":                     {"/accounts/search?q_organization_name=acme&account_stage_ids[]=65f000040000000000000001&per_page=5", ""},
	"POST /accounts/bulk_create": {"/accounts/bulk_create", `{"run_dedupe":true,"accounts":[
		{"name":"A","domain":"a.test","phone":"+1-555-0135","linkedin_url":"http://www.linkedin.com/company/a"},{"name":"Acme","domain":"acme.test"}]}`},
	"GET /account_stages":               {"/account_stages", ""},
	"GET /fields":                       {"/fields", ""},
	"POST /fields":                      {"/fields", `{"label":"Test Name","modality":"contact","type":"textarea","meta":{"max_length":120}}`},
	"PATCH /fields":                     {"/fields", `{"fields":[{"id":"` + orderField + `","label":"Renewal owner","meta":{"max_length":240}}]}`},
	"GET /typed_custom_fields":          {"/typed_custom_fields", ""},
	"POST /usage_stats/api_usage_stats": {"/usage_stats/api_usage_stats", "{}"},
}

// orderField and sourceField are a text and a picklist.
const orderField, sourceField = "opportunity.65f0000c0000000000000001", "opportunity.65f0000c0000000000000002"

func documentedDialect(o *sandbox.Options) { o.Dialect = sandbox.DialectCreatedAt }

// TestDocumented sends the documented request of every endpoint to a team seeded
// to match, in the documented dialect: every documented key is there with a
// documented type.
func TestDocumented(t *testing.T) {
	examples := readShapes(t, "documented.json")
	for name, want := range examples {
		t.Run(name, func(t *testing.T) {
			endpoint, _, _ := strings.Cut(name, " 200 ")
			request, ok := documented[endpoint]
			require.True(t, ok, "no request for %s", endpoint)
			switch name {
			case "GET /users/api_profile 200 [With credit usage]":
				request.path += "?include_credit_usage=true"
			case "POST /contacts/{contact_id}/opportunities 200 [Contact with no associated deals]":
				request.path = strings.Replace(request.path, buyer, nobody, 1)
			}
			method, _, _ := strings.Cut(endpoint, " ")
			got := shapeOf(newWorld(t, documentedDialect).do(method, "/api/v1"+request.path, request.body).object())
			for path, types := range want {
				if reason := absent(path); reason != "" {
					continue
				}
				switch {
				case got[path] == "":
					assert.Fail(t, path+" is missing")
				case types == "null":
					// The example happens to have no value; ours may have one.
				default:
					assert.True(t, want.allows(path, withoutNull(got[path])), "%s is %s, documented is %s", path, got[path], types)
				}
			}
		})
	}
	for endpoint := range documented {
		assert.True(t, hasExample(examples, endpoint), "no example of %s", endpoint)
	}
}

// withoutNull are the types but null, where there is another: what one row of a
// list has, another need not.
func withoutNull(types string) string {
	return strings.TrimSuffix(strings.TrimPrefix(types, "null|"), "|null")
}

func hasExample(examples map[string]shape, endpoint string) bool {
	for name := range examples {
		if strings.HasPrefix(name, endpoint+" 200 ") {
			return true
		}
	}
	return false
}

// absent gives the reason for which a documented value is not looked for.
func absent(path string) string {
	for _, exception := range []struct{ part, reason string }{
		{"salesforce_id", "the team is linked to no CRM"},
		{"salesforce_record_url", "the team is linked to no CRM"},
		{"hubspot_id", "the team is linked to no CRM"},
		{"crm_owner_id", "the team is linked to no CRM"},
		{"crm_record_url", "the team is linked to no CRM"},
		{"zp_contact_id", "the team is linked to no CRM"},
		{"label_ids[]", "nothing has a label"},
		{"account_rule_config_statuses[]", "the team has no rules"},
		{"account_playbook_statuses[]", "the team has no playbooks"},
		{"contact_emailer_campaign_ids[]", "the team has no campaigns"},
		{"engagement_graph", "the recorded answer has null"},
		{"linked_bot_conference_account_platforms[]", "the recorded answer has an empty list"},
	} {
		if strings.Contains(path, exception.part) {
			return exception.reason
		}
	}
	return ""
}
