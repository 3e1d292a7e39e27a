package sandbox_test

import (
	"strings"
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocumented sends the documented request of every endpoint to a team seeded
// to match, in the documented dialect: every documented key is there with a
// documented type.
func TestDocumented(t *testing.T) {
	const base = "/api/v1"
	for name, request := range map[string]struct{ method, path, body string }{
		"opportunity.create": {"POST", "/opportunities", `{"name":"Massive Space Deal","amount":"99999999","owner_id":"` + dana + `",
			"account_id":"` + acmeOrg + `","opportunity_stage_id":"` + qualify + `","typed_custom_fields":{"5b75f1c11dc2727d43ae3bb9":"test"}}`},
		"opportunity.search": {"GET", "/opportunities/search?sort_by_field=amount&page=1&per_page=100", ""},
		"opportunity.view":   {"GET", "/opportunities/" + rollout, ""},
		"opportunity.update": {"PATCH", "/opportunities/" + rollout, `{"name":"Ridiculously Massive Space Deal","amount":"999999999999",
			"opportunity_stage_id":"` + meet + `","closed_date":"2026-10-15"}`},
		"stage.list":                {"GET", "/opportunity_stages", ""},
		"contact.opportunities":     {"POST", "/contacts/" + buyer + "/opportunities", "{}"},
		"user.search":               {"GET", "/users/search?page=1&per_page=3", ""},
		"user.profile":              {"GET", "/users/api_profile", ""},
		"user.profile with credits": {"GET", "/users/api_profile?include_credit_usage=true", ""},
		"account.create":            {"POST", "/accounts", `{"name":"The Irish Copywriters","domain":"irish.test","phone":"555-555-0108"}`},
		"account.update":            {"PATCH", "/accounts/" + acme, `{"name":"The Fast Irish Copywriters"}`},
		"account.view":              {"GET", "/accounts/" + acme, ""},
		"account.search":            {"POST", "/accounts/search?q_organization_name=acme&account_stage_ids[]=65f000040000000000000001&per_page=5", ""},
		"account.bulk_create": {"POST", "/accounts/bulk_create", `{"run_dedupe":true,"accounts":[{"name":"A","domain":"a.test","phone":"+1-555-0135","linkedin_url":"http://www.linkedin.com/company/a"},
			{"name":"Acme","domain":"acme.test"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			want := readShapes(t, "documented.json")[name]
			require.NotEmpty(t, want)
			w := newWorld(t, func(o *sandbox.Options) { o.Dialect = sandbox.DialectCreatedAt })
			got := shapeOf(w.do(request.method, base+request.path, request.body).object())
			for path, types := range want {
				switch {
				case got[path] == "":
					assert.True(t, missing(got, path) || blank(path), "%s is missing", path)
				case got[path] == "null":
					assert.True(t, want.allows(path, "null") || blank(path), "%s is null, documented is %s", path, types)
				default:
					others := strings.TrimSuffix(strings.TrimPrefix(got[path], "null|"), "|null")
					assert.True(t, want.allows(path, others) || types == "null", "%s is %s, documented is %s", path, others, types)
				}
			}
		})
	}
}

// missing says that nothing can be at the path: its list is empty, or null.
func missing(got shape, path string) bool {
	for at := strings.Index(path, "[]"); at >= 0; {
		list := path[:at]
		if got[list+"[]"] == "" && got[list] != "" {
			return true
		}
		next := strings.Index(path[at+2:], "[]")
		if next < 0 {
			break
		}
		at += 2 + next
	}
	return false
}

// blank are values that this team does not have: it is linked to no CRM, and the
// recorded answers have null for the rest.
func blank(path string) bool {
	switch path {
	case "account.crm_owner_id", "account.salesforce_id", "account.salesforce_record_url":
		return true
	case "account.engagement_graph", "account.last_activity_date", "users[].zp_contact_id":
		return true
	}
	return false
}
