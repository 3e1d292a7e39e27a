package apollo_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

const invalidKey = "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."

func lacks(right string) string {
	return `{"error":"This API key is not authorized to access ` + right +
		`. Request an API key from your administrator that includes this endpoint in its configured scope.","error_code":"API_INACCESSIBLE"}`
}

func tooMany(endpoint, window string) string {
	return `{"message":"The maximum number of api calls allowed for ` + endpoint + ` is 600 times per ` + window +
		`. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."}`
}

// TestDecisions goes through the answers that Apollo documents, those that were
// recorded, and those of everything between Apollo and here.
func TestDecisions(t *testing.T) {
	tests := []struct {
		name   string
		op     string
		status int
		body   string
		kind   crm.Kind
		field  crm.Field
		says   string // part of the message
		header []string
	}{
		// The key.
		{name: "wrong key", op: search, status: 401, body: invalidKey, kind: crm.Unauthorized, says: "Check it in Dealmark's settings"},
		{name: "wrong key, older text", op: create, status: 401, body: "Invalid access credentials.", kind: crm.Unauthorized},
		{name: "wrong key on update", op: update, status: 401, body: invalidKey, kind: crm.Unauthorized},
		{name: "wrong key on stages", op: apollo.OpStages, status: 401, body: invalidKey, kind: crm.Unauthorized},
		{name: "wrong key on find or create", op: find, status: 401, body: invalidKey, kind: crm.Unauthorized},
		{name: "expired token", op: view, status: 401, body: `{"error":"expired","error_code":"INVALID_ACCESS_TOKEN"}`, kind: crm.Unauthorized},
		{name: "401 empty", op: create, status: 401, kind: crm.Unauthorized},
		{name: "key moved by a proxy", op: create, status: 422, kind: crm.Unauthorized, says: "did not get the API key",
			body: `{"error":"API key must be passed in the X-Api-Key header for security reasons","error_code":"INVALID_API_KEY_LOCATION"}`},
		{name: "key moved, text only", op: search, status: 422, kind: crm.Unauthorized,
			body: `{"error":"API key must be passed in the X-Api-Key header for security reasons"}`},

		// Rights and plans.
		{name: "right missing to create", op: create, status: 403, body: lacks("deals/api/v1/opportunities/create"), kind: crm.Forbidden,
			says: `The API key lacks the right “deals/api/v1/opportunities/create”. Ask your Apollo admin to add it to the key.`},
		{name: "right missing to search", op: search, status: 403, body: lacks("deals/api/v1/opportunities/search"), kind: crm.Forbidden, says: `“deals/api/v1/opportunities/search”`},
		{name: "right missing to view", op: view, status: 403, body: lacks("deals/api/v1/opportunities/show"), kind: crm.Forbidden, says: `“deals/api/v1/opportunities/show”`},
		{name: "right missing to update", op: update, status: 403, body: lacks("deals/api/v1/opportunities/update"), kind: crm.Forbidden, says: `“deals/api/v1/opportunities/update”`},
		{name: "right missing for stages", op: apollo.OpStages, status: 403, body: lacks("deals/api/v1/opportunity_stages/index"), kind: crm.Forbidden, says: `“deals/api/v1/opportunity_stages/index”`},
		{name: "right missing for users", op: apollo.OpUsers, status: 403, body: lacks("api/v1/users/search"), kind: crm.Forbidden, says: `“api/v1/users/search”`},
		{name: "older text", op: find, status: 403, kind: crm.Forbidden, says: `lacks the right “api/v1/accounts/bulk_create”`,
			body: `{"error":"api/v1/accounts/bulk_create is not accessible with this api_key","error_code":"API_INACCESSIBLE"}`},
		{name: "recorded with a token", op: view, status: 403, kind: crm.Forbidden, says: `lacks the right “api/v1/contacts/destroy”`,
			body: `{"error":"api/v1/contacts/destroy is not accessible with this access token","error_code":"API_INACCESSIBLE"}`},
		{name: "text without a right", op: search, status: 403, body: `{"error":"nope","error_code":"API_INACCESSIBLE"}`, kind: crm.Forbidden, says: `“deals/api/v1/opportunities/search”`},
		{name: "403 empty", op: create, status: 403, kind: crm.Forbidden, says: `“deals/api/v1/opportunities/create”`},
		{name: "paid plans only", op: search, status: 403, body: `{"message":"This endpoint is only available to Apollo users on paid plans."}`, kind: crm.Forbidden, says: "plan does not include this"},
		{name: "free plan", op: apollo.OpAccountSearch, status: 403, kind: crm.Forbidden, says: "plan does not include this",
			body: `{"error":"api/v1/accounts/search is not accessible with this api_key on a free plan. Please upgrade your plan from https://app.apollo.io/.","error_code":"API_INACCESSIBLE"}`},
		{name: "account not active", op: view, status: 403, body: "Your account is no longer active. Contact us at support", kind: crm.Forbidden, says: "no longer active"},
		{name: "record withheld", op: view, status: 422, body: `{"error":"You are not authorized to view this page."}`, kind: crm.Forbidden, says: "does not show this to the key's user"},

		// Records.
		{name: "unknown to view", op: view, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.NotFound, says: "no such opportunity"},
		{name: "unknown to update", op: update, status: 422, body: `{"error":"Opportunity does not exist."}`, kind: crm.NotFound, says: "no such opportunity"},
		{name: "404 on update", op: update, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.NotFound},
		{name: "404 on create is the address", op: create, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.Unavailable, says: "Check the address"},
		{name: "404 on search is the address", op: search, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.Unavailable, says: "Check the address"},
		{name: "404 of somebody else, read", op: view, status: 404, body: "404 page not found", kind: crm.Unavailable},
		{name: "404 of somebody else, write", op: update, status: 404, body: "404 page not found", kind: crm.Uncertain},
		{name: "conflict", op: update, status: 409, body: `{"error":"Version mismatch"}`, kind: crm.Conflict, says: "Version mismatch"},

		// Values.
		{name: "no name", op: create, status: 422, body: `{"error":"Name is required"}`, kind: crm.Invalid, field: crm.FieldName, says: `Apollo refuses the name. It says: “Name is required”.`},
		{name: "bad stage id", op: create, status: 422, body: `{"error":"Parameters misconfigured. ` + stageID + ` is not a valid ID"}`, kind: crm.Invalid, field: crm.FieldStage},
		{name: "bad owner id", op: create, status: 422, body: `{"error":"Parameters misconfigured. ` + ownerID + ` is not a valid ID"}`, kind: crm.Invalid, field: crm.FieldOwner},
		{name: "bad account id", op: create, status: 422, body: `{"error":"Parameters misconfigured. ` + accountID + ` is not a valid ID"}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "bad id by parameter name", op: update, status: 422, body: `{"error":"Parameters misconfigured. opportunity_stage_id is not a valid ID"}`, kind: crm.Invalid, field: crm.FieldStage},
		{name: "bad id of the opportunity", op: view, status: 422, body: `{"error":"Parameters misconfigured. 12345 is not a valid ID"}`, kind: crm.Invalid, says: "12345"},
		{name: "amount", op: create, status: 422, body: `{"error":"Amount is not a number"}`, kind: crm.Invalid, field: crm.FieldAmount},
		{name: "close date", op: create, status: 422, body: `{"error":"closed_date is invalid"}`, kind: crm.Invalid, field: crm.FieldCloseDate, says: "the close date"},
		{name: "stage in words", op: update, status: 422, body: `{"message":"Opportunity stage not found"}`, kind: crm.Invalid, field: crm.FieldStage},
		{name: "owner in words", op: create, status: 422, body: `{"error":"Owner must be a member of the team"}`, kind: crm.Invalid, field: crm.FieldOwner},
		{name: "account in words", op: create, status: 422, body: `{"error":"Account does not exist."}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "neither name nor domain", op: find, status: 422, body: `{"error":"Please specify at least a name or domain."}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "accounts parameter", op: find, status: 422, body: `{"error":"Please provide an array of account attributes in the \"accounts\" parameter."}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "too many accounts", op: find, status: 422, body: `{"error":"Please limit your array to 100 accounts or fewer."}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "sort criteria", op: search, status: 422, body: `{"error":"Invalid sort criteria","skip_alert_dialog":true}`, kind: crm.Invalid, says: "Apollo refuses the request"},
		{name: "search parameters", op: apollo.OpAccountSearch, status: 422, body: `{"error":"Your search parameters are entered incorrectly. Did you try to edit the URL directly?"}`, kind: crm.Invalid},
		{name: "422 empty", op: create, status: 422, kind: crm.Invalid, says: "what was entered"},
		{name: "422 of another shape", op: create, status: 422, body: `{"error":{"name":["too short"]}}`, kind: crm.Invalid},
		{name: "422 as a list", op: create, status: 422, body: `["Name is required"]`, kind: crm.Invalid, field: crm.FieldName},
		{name: "422 truncated after its text", op: create, status: 422, body: `{"error":"Name is required"`, kind: crm.Invalid, field: crm.FieldName},
		{name: "bad id of the account", op: accountChange, status: 422, body: `{"error":"Parameters misconfigured. account_id is not a valid ID"}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "bad owner of the account", op: accountChange, status: 422, body: `{"error":"Parameters misconfigured. ` + ownerID + ` is not a valid ID"}`, kind: crm.Invalid, field: crm.FieldOwner},
		{name: "bad owner, documented", op: accountChange, status: 422, body: `{"error":"Parameters misconfigured. 23423423 is not a valid ID"}`, kind: crm.Invalid, says: "23423423"},
		{name: "domain missing", op: find, status: 422, body: `{"error":"Required parameter 'domain' missing"}`, kind: crm.Invalid, field: crm.FieldAccount},
		{name: "could not be updated", op: update, status: 422, body: `{"error":"The record could not be updated"}`, kind: crm.Invalid, says: "what was entered"},
		{name: "bad id of the account, view", op: apollo.OpAccountView, status: 422, body: `{"error":"Parameters misconfigured. id is not a valid ID"}`, kind: crm.Invalid},
		{name: "account unknown", op: accountChange, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.NotFound, says: "no such account"},
		{name: "contact unknown", op: apollo.OpContactView, status: 422, body: `{"error":"Oops! This contact does not exist in Apollo."}`, kind: crm.NotFound, says: "no such contact"},
		{name: "contact deleted", op: apollo.OpContactView, status: 422, body: `{"error":"This contact has been deleted."}`, kind: crm.NotFound, says: "no such contact"},
		{name: "roles in the flat shape", op: apollo.OpRoleUpdate, status: 422, body: `{"error":"undefined method 'map' for nil"}`, kind: crm.Invalid, says: "undefined method"},
		{name: "roles of an unknown opportunity", op: apollo.OpRoleUpdate, status: 422, body: `{"error":"Opportunity does not exist."}`, kind: crm.NotFound},
		{name: "field without options", op: apollo.OpFieldCreate, status: 422, body: `{"error":"Picklist fields must have at least one option"}`, kind: crm.Invalid},
		{name: "field's type", op: apollo.OpFieldCreate, status: 422, body: `{"error":"Cannot change field type after creation"}`, kind: crm.Invalid},
		{name: "field of a field", op: apollo.OpFieldCreate, status: 422, body: `{"error":"Child fields cannot be updated directly"}`, kind: crm.Invalid},
		{name: "field unknown", op: apollo.OpFieldCreate, status: 422, body: `{"error":"Some fields could not be found"}`, kind: crm.Invalid},
		{name: "field's name", op: apollo.OpFieldCreate, status: 422, body: `{"error":"Field name with prefix 'powerup_' is not allowed. Please use another name."}`, kind: crm.Invalid, field: crm.FieldName},
		{name: "field right, documented", op: apollo.OpFieldCreate, status: 403, body: `{"error":"api/v1/fields this api_key","error_code":"API_INACCESSIBLE"}`, kind: crm.Forbidden, says: `“api/v1/fields”`},
		{name: "field mapping", op: apollo.OpFieldCreate, status: 403, body: `{"error":"CRM Mapping cannot be configured using API Call"}`, kind: crm.Forbidden, says: "CRM Mapping"},
		{name: "usage with a scoped key", op: apollo.OpUsage, status: 403, body: lacks("api/v1/usage_stats/api_usage_stats"), kind: crm.Forbidden, says: `“api/v1/usage_stats/api_usage_stats”`},
		{name: "pipelines unknown", op: apollo.OpPipelines, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.Unavailable, says: "Check the address"},
		{name: "pipeline unknown", op: apollo.OpPipelineView, status: 404, body: `{"status":404,"error":"Not Found"}`, kind: crm.NotFound, says: "no such pipeline"},
		{name: "404 truncated", op: update, status: 404, body: `{"status":404,"error":"Not Found"`, kind: crm.Uncertain},
		{name: "422 truncated", op: create, status: 422, body: `{"error":"Name is req`, kind: crm.Invalid},
		{name: "400", op: create, status: 400, body: `{"status":400,"error":"Bad Request"}`, kind: crm.Invalid},

		// Limits.
		{name: "429 documented", op: search, status: 429, body: tooMany("api/v1/opportunities/search", "hour"), kind: crm.RateLimited, says: "for this hour"},
		{name: "429 on create", op: create, status: 429, body: tooMany("api/v1/opportunities", "minute"), kind: crm.RateLimited, says: "for this minute"},
		{name: "429 captured", op: update, status: 429, kind: crm.RateLimited, header: []string{"retry-after", "40"},
			body: `{"message":"The maximum number of api calls allowed for api/v1/opportunities/search is 200 times per minute.","error_details":{"code":"USAGE.RATE_LIMIT.API_RATE_LIMIT_EXCEEDED"}}`},
		{name: "429 empty", op: find, status: 429, kind: crm.RateLimited},
		{name: "429 of Cloudflare", op: create, status: 429, body: "<html>error 1015</html>", kind: crm.RateLimited, header: []string{"content-type", "text/html", "retry-after", "10"}},

		// Faults of servers.
		{name: "500 on read", op: search, status: 500, body: `{"error":"An error occurred while searching"}`, kind: crm.Unavailable, says: "(500)"},
		{name: "500 on create", op: create, status: 500, body: `{"error":"An error occurred while creating"}`, kind: crm.Uncertain, says: "not known whether the opportunity was created"},
		{name: "500 on update", op: update, status: 500, kind: crm.Uncertain, says: "not known whether the opportunity was changed"},
		{name: "500 on find or create", op: find, status: 500, body: `{"error":"An error occurred while creating accounts. Please try again."}`, kind: crm.Unavailable},
		{name: "502 on create", op: create, status: 502, body: "Bad Gateway", kind: crm.Uncertain},
		{name: "503 on create", op: create, status: 503, kind: crm.Uncertain, header: []string{"retry-after", "30"}},
		{name: "504 on create", op: create, status: 504, kind: crm.Uncertain},
		{name: "504 on read", op: apollo.OpUsers, status: 504, kind: crm.Unavailable},
		{name: "520 on create", op: create, status: 520, body: "<html></html>", kind: crm.Uncertain},
		{name: "521 on create", op: create, status: 521, body: "<html></html>", kind: crm.Unavailable, says: "Nothing was changed"},
		{name: "524 on create", op: create, status: 524, kind: crm.Uncertain},

		// What is no answer of Apollo's.
		{name: "200 HTML, write", op: create, status: 200, body: "<!DOCTYPE html><title>Sign in</title>", kind: crm.Uncertain, says: "web page", header: []string{"content-type", "text/html; charset=utf-8"}},
		{name: "200 HTML, read", op: search, status: 200, body: "\n <html>", kind: crm.Unavailable, says: "web page"},
		{name: "403 HTML, write", op: create, status: 403, body: "<html>Blocked</html>", kind: crm.Uncertain},
		{name: "403 HTML, read", op: search, status: 403, body: "<html>Blocked</html>", kind: crm.Unavailable},
		{name: "200 empty, write", op: create, status: 200, kind: crm.Uncertain, says: "could not be read"},
		{name: "200 empty, read", op: view, status: 200, kind: crm.Unavailable},
		{name: "200 null", op: create, status: 200, body: "null", kind: crm.Uncertain},
		{name: "200 list", op: update, status: 200, body: "[]", kind: crm.Uncertain},
		{name: "200 with an error, write", op: create, status: 200, body: `{"error":"Name is required"}`, kind: crm.Uncertain},
		{name: "200 with an error, change", op: update, status: 200, body: `{"error":"Opportunity does not exist."}`, kind: crm.Uncertain},
		{name: "200 with an error, read", op: search, status: 200, body: `{"error":"nope"}`, kind: crm.Unavailable},
		{name: "200 with a list of errors", op: create, status: 200, body: `{"errors":["nope"],"opportunity":null}`, kind: crm.Uncertain},
		{name: "200 with members of prototypes", op: create, status: 200, body: `{"__proto__":{"opportunity":{"id":"` + dealID + `"}},"constructor":{"prototype":{}}}`, kind: crm.Uncertain},
		{name: "200 without the opportunity", op: create, status: 200, body: `{"status":"ok"}`, kind: crm.Uncertain},
		{name: "200 null opportunity", op: create, status: 200, body: `{"opportunity":null}`, kind: crm.Uncertain},
		{name: "200 without an id", op: create, status: 200, body: `{"opportunity":{"name":"Deal"}}`, kind: crm.Uncertain},
		{name: "200 with a short id", op: create, status: 200, body: `{"opportunity":{"id":"1","name":"Deal"}}`, kind: crm.Uncertain},
		{name: "200 with an id of capitals", op: create, status: 200, body: `{"opportunity":{"id":"66E09EA8E3CFCF01B2208EC7","name":"Deal"}}`, kind: crm.Uncertain},
		{name: "200 truncated", op: create, status: 200, body: `{"opportunity":{"id":"` + dealID + `","name":"De`, kind: crm.Uncertain},
		{name: "200 truncated after the opportunity", op: create, status: 200, body: `{"opportunity":{"id":"` + dealID + `","name":"Deal"}`, kind: crm.Uncertain},
		{name: "200 twice", op: create, status: 200, body: strings.Repeat(`{"opportunity":{"id":"`+dealID+`","name":"Deal"}}`, 2), kind: crm.Uncertain},
		{name: "200 with a byte order mark", op: create, status: 200, body: "\ufeff" + `{"opportunity":{"id":"` + dealID + `","name":"Deal"}}`, kind: crm.Uncertain},
		{name: "200 with NaN", op: create, status: 200, body: `{"opportunity":{"id":"` + dealID + `","name":"Deal","amount":NaN}}`, kind: crm.Uncertain},
		{name: "200 nested deep", op: search, status: 200, body: `{"opportunities":` + strings.Repeat("[", 20000), kind: crm.Unavailable},
		{name: "200 good but too long", op: create, status: 200, body: padded(apollo.MaxBody + 1), kind: crm.Uncertain},
		{name: "200 too long", op: create, status: 200, body: strings.Repeat(" ", apollo.MaxBody+1), kind: crm.Uncertain},
		{name: "200 of another opportunity", op: update, status: 200, body: `{"opportunity":{"id":"` + accountID + `","opportunity_stage_id":"` + stageID + `"}}`, kind: crm.Uncertain},
		{name: "200 of another name", op: create, status: 200, body: `{"opportunity":{"id":"` + dealID + `","name":"Somebody else's"}}`, kind: crm.Uncertain},
		{name: "200 of another account", op: create, status: 200, body: `{"opportunity":{"id":"` + dealID + `","name":"Deal","account_id":"` + dealID + `"}}`, kind: crm.Uncertain},
		{name: "200 view of another", op: view, status: 200, body: `{"opportunity":{"id":"` + accountID + `"}}`, kind: crm.Unavailable},
		{name: "200 search without a list", op: search, status: 200, body: `{"pagination":{}}`, kind: crm.Unavailable},
		{name: "200 search with an object", op: search, status: 200, body: `{"opportunities":{}}`, kind: crm.Unavailable},
		{name: "200 stages without a list", op: apollo.OpStages, status: 200, body: `{}`, kind: crm.Unavailable},
		{name: "200 users without a list", op: apollo.OpUsers, status: 200, body: `{"users":"none"}`, kind: crm.Unavailable},
		{name: "200 profile without an id", op: apollo.OpProfile, status: 200, body: `{"email":"a@example.com"}`, kind: crm.Unavailable},
		{name: "200 profile as a list", op: apollo.OpProfile, status: 200, body: `[1]`, kind: crm.Unavailable},
		{name: "200 accounts without a list", op: apollo.OpAccountSearch, status: 200, body: `{}`, kind: crm.Unavailable},
		{name: "200 without any account", op: find, status: 200, body: `{"created_accounts":[],"existing_accounts":[]}`, kind: crm.Unavailable},
		{name: "200 health without the field", op: apollo.OpHealth, status: 200, body: `{"healthy":true}`, kind: crm.Unavailable},
		{name: "200 not logged in", op: apollo.OpHealth, status: 200, body: `{"is_logged_in":false}`, kind: crm.Unauthorized},
		{name: "200 usage as a list", op: apollo.OpUsage, status: 200, body: `[]`, kind: crm.Unavailable},
		{name: "200 usage as documented", op: apollo.OpUsage, status: 200, body: `{"[\"api/v1/contacts\", \"search\"]":{"day":{"limit":6000}}` + "\n0", kind: crm.Unavailable},
		{name: "200 no field made", op: apollo.OpFieldCreate, status: 200, body: `{"typed_custom_fields":[]}`, kind: crm.Uncertain, says: "not known whether the field was created"},
		{name: "200 another account", op: accountChange, status: 200, body: `{"account":{"id":"` + dealID + `","name":"Acme"}}`, kind: crm.Uncertain, says: "not known whether the account was changed"},
		{name: "200 roles but no view", op: apollo.OpRoleUpdate, status: 200, kind: crm.Uncertain, says: "could not be read again"},
		{name: "other domain", op: find, status: 200, kind: crm.Conflict, field: crm.FieldAccount, says: "the domain acme.example instead of acme.test",
			body: `{"existing_accounts":[{"id":"` + accountID + `","name":"Acme","domain":"acme.example"}],"created_accounts":[]}`},
		{name: "no domain", op: find, status: 200, kind: crm.Conflict, field: crm.FieldAccount, says: "no domain",
			body: `{"existing_accounts":[{"id":"` + accountID + `","name":"Acme","domain":null}]}`},

		// Not listed anywhere.
		{name: "204 on create", op: create, status: 204, kind: crm.Uncertain},
		{name: "204 on read", op: view, status: 204, kind: crm.Unavailable},
		{name: "202 on create", op: create, status: 202, body: `{"opportunity":{"id":"` + dealID + `","name":"Deal"}}`, kind: crm.Uncertain},
		{name: "301 on create", op: create, status: 301, kind: crm.Uncertain, header: []string{"location", "https://example.com/"}},
		{name: "302 on read", op: search, status: 302, kind: crm.Unavailable, header: []string{"location", "https://example.com/"}},
		{name: "304 on read", op: search, status: 304, kind: crm.Unavailable},
		{name: "307 on update", op: update, status: 307, kind: crm.Uncertain},
		{name: "402 on create", op: create, status: 402, kind: crm.Uncertain},
		{name: "405 on update", op: update, status: 405, kind: crm.Uncertain},
		{name: "408 on create", op: create, status: 408, kind: crm.Uncertain},
		{name: "418 on create", op: create, status: 418, body: "short and stout", kind: crm.Uncertain, says: "short and stout"},
		{name: "511 on create", op: create, status: 511, body: "<html>", kind: crm.Uncertain},
		{name: "999 on create", op: create, status: 999, kind: crm.Uncertain},
		{name: "status 0", op: create, kind: crm.Uncertain},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := calls[test.op](client(answer(test.status, test.body, test.header...)))
			e := requireError(t, err)
			assert.Equal(t, test.kind, e.Kind, e.Error())
			assert.Equal(t, test.field, e.Field, e.Error())
			assert.Equal(t, test.op, e.Op)
			assert.Contains(t, e.Text(), test.says)
			assertForPeople(t, e)
			if test.kind == crm.RateLimited {
				assert.Positive(t, e.RetryAfter)
			} else {
				assert.Zero(t, e.RetryAfter)
			}
		})
	}
}

// padded is a good answer to a create, as long as asked.
func padded(length int) string {
	good := `{"opportunity":{"id":"` + dealID + `","name":"Deal"}}`
	return good + strings.Repeat(" ", length-len(good))
}

func TestLongestAnswer(t *testing.T) {
	assert.NoError(t, calls[create](client(answer(200, padded(apollo.MaxBody)))))
	assert.NoError(t, calls[create](client(answer(201, padded(100)))))
}

// requireError says that err is nothing but a crm.Error.
func requireError(t *testing.T, err error) *crm.Error {
	t.Helper()
	require.Error(t, err)
	e, ok := err.(*crm.Error)
	require.True(t, ok, "%T", err)
	return e
}

// assertForPeople says that a message is sentences that show no key.
func assertForPeople(t *testing.T, e *crm.Error) {
	t.Helper()
	assert.NotEmpty(t, e.Text())
	assert.True(t, strings.HasSuffix(e.Text(), "."), e.Text())
	assert.NotContains(t, e.Text(), "..", e.Text())
	assert.NotContains(t, e.Text(), "  ", e.Text())
	assert.NotContains(t, e.Text(), ".\".", e.Text())
	assert.NotContains(t, e.Error(), canary)
}

// TestEveryStatus says that no status at all, with any body, makes a write sure
// that is not, nor passes for success.
func TestEveryStatus(t *testing.T) {
	sure := map[int]bool{400: true, 401: true, 403: true, 409: true, 422: true, 429: true, 521: true, 523: true, 525: true, 526: true}
	bodies := []string{"", " ", "null", "{}", "[]", "0", `"x"`, "OK", "<html>", `{"error":null}`, `{"opportunity":{}}`, `{"opportunity":[]}`, "\xff\xfe", "{"}
	for code := 100; code < 600; code++ {
		for _, body := range bodies {
			for _, op := range []string{create, update, view, search, find} {
				e := requireError(t, calls[op](client(answer(code, body))))
				switch kind := e.Kind; {
				case op == create || op == update:
					if !sure[code] {
						require.Equal(t, crm.Uncertain, kind, "%s %d %q", op, code, body)
					}
				default:
					require.NotEqual(t, crm.Uncertain, kind, "%s %d %q", op, code, body)
				}
			}
		}
	}
}

func TestTransportErrors(t *testing.T) {
	lost := errors.New("connection reset")
	for op, do := range calls {
		t.Run(op, func(t *testing.T) {
			e := requireError(t, do(client(func(apollo.Request) (apollo.Response, error) { return apollo.Response{}, lost })))
			want := crm.Unavailable
			if writes[op] {
				want = crm.Uncertain
			}
			assert.Equal(t, want, e.Kind)
			assert.ErrorIs(t, e, lost)
			assertForPeople(t, e)

			e = requireError(t, do(client(func(apollo.Request) (apollo.Response, error) { return apollo.Response{}, apollo.NotSent(lost) })))
			assert.Equal(t, crm.Unavailable, e.Kind)
			assert.ErrorIs(t, e, lost)
			assert.ErrorIs(t, e, apollo.ErrNotSent)
			assert.Contains(t, e.Text(), "could not be reached")
			assertForPeople(t, e)
		})
	}
}

// TestNothingSent goes through the refusals that need no Apollo.
func TestNothingSent(t *testing.T) {
	unreachable := transport(func(r apollo.Request) (apollo.Response, error) {
		t.Errorf("%s was sent", r)
		return apollo.Response{}, errors.New("sent")
	})
	options := apollo.Options{Key: canary, Transport: unreachable, Clock: clock}
	ctx := context.Background()

	for op, do := range calls {
		t.Run(op, func(t *testing.T) {
			for want, change := range map[crm.Kind]func(*apollo.Options){
				crm.Unauthorized: func(o *apollo.Options) { o.Key = " " },
				crm.Invalid:      func(o *apollo.Options) { o.Base = "http://api.apollo.io" },
			} {
				o := options
				change(&o)
				e := requireError(t, do(apollo.New(o)))
				assert.Equal(t, want, e.Kind)
				assert.Equal(t, op, e.Op)
				assertForPeople(t, e)
			}
		})
	}
	t.Run("a key that no header can hold", func(t *testing.T) {
		o := options
		o.Key = canary + "\n" + canary
		e := requireError(t, apollo.New(o).Health(ctx))
		assert.Equal(t, crm.Unauthorized, e.Kind)
		assertForPeople(t, e)
	})
	t.Run("context over", func(t *testing.T) {
		over, cancel := context.WithCancel(ctx)
		cancel()
		_, _, err := apollo.New(options).CreateOpportunity(over, crm.Values{Name: "Deal"})
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
		assert.ErrorIs(t, err, context.Canceled)
	})
	c := apollo.New(options)
	for name, do := range map[string]func() error{
		"create without a name": func() error { _, _, err := c.CreateOpportunity(ctx, crm.Values{}); return err },
		"update of nothing":     func() error { _, _, err := c.UpdateOpportunity(ctx, crm.Update{ID: dealID}); return err },
		"update of no id": func() error {
			_, _, err := c.UpdateOpportunity(ctx, crm.Update{ID: "../x", Fields: []crm.Field{crm.FieldOwner}})
			return err
		},
		"update of the account": func() error {
			_, _, err := c.UpdateOpportunity(ctx, crm.Update{ID: dealID, Fields: []crm.Field{crm.FieldAccount}})
			return err
		},
		"record of no id":     func() error { _, err := c.Record(ctx, "x"); return err },
		"account of no id":    func() error { _, err := c.Account(ctx, ""); return err },
		"contact of no id":    func() error { _, err := c.Contact(ctx, "../x"); return err },
		"pipeline of no id":   func() error { _, err := c.Pipeline(ctx, ""); return err },
		"deals of no contact": func() error { _, err := c.OpportunitiesOfContact(ctx, "x/y"); return err },
		"roles of no id":      func() error { _, _, err := c.SetRoles(ctx, "x", nil); return err },
		"a role of nobody":    func() error { _, _, err := c.SetRoles(ctx, dealID, []apollo.Role{{}}); return err },
		"two roles of a contact": func() error {
			_, _, err := c.SetRoles(ctx, dealID, []apollo.Role{{ContactID: contactID}, {ContactID: contactID}})
			return err
		},
		"a field without a label": func() error {
			_, _, err := c.CreateField(ctx, apollo.NewField{Of: "contact", Type: "string"})
			return err
		},
		"change of no account": func() error { _, _, err := c.UpdateAccount(ctx, crm.Account{}, crm.Account{Name: "x"}); return err },
		"change of nothing": func() error {
			_, _, err := c.UpdateAccount(ctx, crm.Account{ID: accountID, Name: "x"}, crm.Account{Name: "x"})
			return err
		},
		"account loses its name": func() error {
			_, _, err := c.UpdateAccount(ctx, crm.Account{ID: accountID, Name: "x"}, crm.Account{})
			return err
		},
		"view of no id":           func() error { _, err := c.Opportunity(ctx, "../users"); return err },
		"accounts without a name": func() error { _, err := c.AccountsNamed(ctx, " "); return err },
		"account without a domain": func() error {
			_, err := c.FindOrCreateAccount(ctx, crm.NewAccount{Name: "Acme"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := requireError(t, do())
			assert.Equal(t, crm.Invalid, e.Kind)
			assert.NotEmpty(t, e.Op)
			assertForPeople(t, e)
		})
	}
}

// TestForeignText says what of Apollo's own text is shown.
func TestForeignText(t *testing.T) {
	tests := []struct{ name, text, shown string }{
		{"line ends and tabs", `bad\r\n\tvalue`, "bad value"},
		{"controls", `a\u0000b\u001b[31mc\u007fd\u0085e`, "a b [31mc d e"},
		{"directions", `safe\u202egnp.exe\u2066\u200f`, "safegnp.exe"},
		{"no width", `a\u200bb\ufeffc`, "abc"},
		{"emoji and accents stay", `Größe 😀`, "Größe 😀"},
		{"markup is only text", `<b onclick=x>`, "<b onclick=x>"},
		{"the key", `key ` + canary + ` is wrong`, "key … is wrong"},
		{"exactly 300", strings.Repeat("é", 300), strings.Repeat("é", 300)},
		{"301", strings.Repeat("é", 301), strings.Repeat("é", 300) + "…"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := requireError(t, calls[search](client(answer(422, `{"error":"`+test.text+`"}`))))
			assert.Equal(t, `Apollo refuses the request. It says: “`+test.shown+`”. Load the page again and try once more.`, e.Text())
			assertForPeople(t, e)
		})
	}
	t.Run("plain text is cut as well", func(t *testing.T) {
		e := requireError(t, calls[search](client(answer(500, strings.Repeat("x", 1<<20)))))
		assert.Less(t, len(e.Text()), 500)
	})
}
