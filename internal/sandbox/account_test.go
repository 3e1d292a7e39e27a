package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func (a answer) account() map[string]any {
	a.t.Helper()
	return child(a.t, a.object(), "account")
}

func TestAccountCreate(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       fields
	}{
		{"name alone", `{"name":"New"}`, fields{
			"name": "New", "domain": nil, "owner_id": dana, "creator_id": dana, "source": "api", "existence_level": "full", "phone": nil,
			"created_at": "2026-05-18T11:18:15.455Z", "account_stage_id": "65f000040000000000000001", "organization_id": nil,
			"custom_field_errors": map[string]any{}, "source_display_name": "Created from API",
		}},
		{"domain alone", `{"domain":"new.test"}`, fields{"name": "new.test", "domain": "new.test"}},
		{"an American phone", `{"name":"New","phone":"555-555-0108"}`, fields{"phone": "555-555-0108", "sanitized_phone": "+15555550108"}},
		{"a phone of elsewhere", `{"name":"New","phone":"+44 20 7946 0018"}`, fields{"sanitized_phone": "+442079460018"}},
		{"an address", `{"name":"New","raw_address":"340 Example St, San Francisco, CA 94104"}`, fields{
			"street_address": "340 Example St", "city": "San Francisco", "state": "CA", "postal_code": "94104", "country": nil,
		}},
		{"an owner and custom fields", `{"name":"New","owner_id":"` + buyer + `","typed_custom_fields":{"a":"b"}}`, fields{
			"owner_id": buyer, "typed_custom_fields": map[string]any{"a": "b"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.do("POST", "/v1/accounts", c.body).account()
			c.want.check(t, a)
			assert.NotContains(t, a, "updated_at")
			assert.NotContains(t, a, "num_contacts")
			assert.Equal(t, c.want["phone"] == nil && c.want["sanitized_phone"] == nil, a["sanitized_phone"] == nil)
			view := w.do("GET", "/api/v1/accounts/"+a["id"].(string), "").account()
			assert.Equal(t, a["name"], view["name"])
			assert.Equal(t, number("0"), view["num_contacts"])
		})
	}
}

func TestAccountCreateNeverLooksForOneAlike(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		w.do("POST", "/v1/accounts", `{"name":"Acme Corporation","domain":"acme.test"}`).account()
	}
	assert.Len(t, w.do("POST", "/v1/accounts/search", `{"q_organization_name":"acme corp"}`).rows("accounts"), 3)
}

func TestAccountRefusals(t *testing.T) {
	const array = `{"error":"Please provide an array of account attributes in the \"accounts\" parameter."}`
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		answer                   string
	}{
		{"neither name nor domain", "POST", "", `{"phone":"1"}`, 422, `{"error":"Please specify at least a name or domain."}`},
		{"malformed owner", "POST", "", `{"name":"x","owner_id":"23423423"}`, 422, `{"error":"Parameters misconfigured. 23423423 is not a valid ID"}`},
		{"malformed stage", "PATCH", "/" + acme, `{"account_stage_id":"78977"}`, 422, `{"error":"Parameters misconfigured. 78977 is not a valid ID"}`},
		{"malformed id", "PATCH", "/account_id", `{}`, 422, `{"error":"Parameters misconfigured. account_id is not a valid ID"}`},
		{"view of a malformed id", "GET", "/id", ``, 422, `{"error":"Parameters misconfigured. id is not a valid ID"}`},
		{"view of an unknown id", "GET", "/" + nobody, ``, 404, `{"status":404,"error":"Not Found"}`},
		{"update of an unknown id", "PATCH", "/" + nobody, `{}`, 422, `{"error":"Account does not exist."}`},
		{"bad sort", "POST", "/search", `{"sort_by_field":"name"}`, 422, `{"error":"Invalid sort criteria","skip_alert_dialog":true}`},
		{"bad stage ids", "POST", "/search", `{"account_stage_ids":["x"]}`, 422, `{"error":"Your search parameters are entered incorrectly. Did you try to edit the URL directly?"}`},
		{"bulk of nothing", "POST", "/bulk_create", `{}`, 422, array},
		{"bulk of an object", "POST", "/bulk_create", `{"accounts":{"name":"x"}}`, 422, array},
		{"bulk of strings", "POST", "/bulk_create", `{"accounts":["x"]}`, 422, array},
		{"bulk of 101", "POST", "/bulk_create", `{"accounts":[{"name":"x"}` + strings.Repeat(`,{"name":"x"}`, 100) + `]}`, 422, `{"error":"Please limit your array to 100 accounts or fewer."}`},
		{"bulk with one that is nothing", "POST", "/bulk_create", `{"accounts":[{"name":"x"},{}]}`, 422, `{"error":"Please specify at least a name or domain."}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.do(c.method, "/v1/accounts"+c.path, c.body)
			assert.Equal(t, c.status, a.Status)
			assert.Equal(t, c.answer, a.Body)
			assert.Equal(t, number("9"), child(t, w.do("POST", "/v1/accounts/search", "").object(), "pagination")["total_entries"], "nothing is stored")
		})
	}
}

func TestAccountUpdate(t *testing.T) {
	w := newWorld(t)
	w.clock.pass(time.Hour)
	a := w.do("PATCH", "/v1/accounts/"+acme, `{"name":"Acme Renamed","existence_level":"none"}`)
	fields{"name": "Acme Renamed", "domain": "acme.test", "existence_level": "full"}.check(t, a.account())
	assert.Equal(t, []any{}, a.object()["labels"])
	assert.Equal(t, []string{"name"}, w.Log()[0].Changed)
	assert.Equal(t, "Acme Renamed", child(t, w.do("GET", "/v1/opportunities/"+rollout, "").opportunity(), "account")["name"])
	w.do("PUT", "/v1/accounts/"+acme, `{"typed_custom_fields":{"a":1},"domain":"acme.example"}`).account()
	assert.Equal(t, []string{"domain", "typed_custom_fields"}, w.Log()[1].Changed)
}

func TestAccountSearch(t *testing.T) {
	crumb := func(label, field, value, shown string) map[string]any {
		return map[string]any{"label": label, "signal_field_name": field, "value": value, "display_name": shown}
	}
	const lead = "65f000040000000000000001"
	for _, c := range []struct {
		name, query, body string
		want              []any
		crumbs            []any
	}{
		{"everything, newest first", "", "", []any{"Stark & Daughters", "Hooli", "Soylent Foods", "Bäckerei Müller", "Umbra Logistics", "Initech Europe", "Initech", "Globex", "Acme Corporation"}, []any{}},
		{"part of a name", "", `{"q_organization_name":"INIT"}`, []any{"Initech Europe", "Initech"}, []any{crumb("Company Name", "q_organization_name", "INIT", "INIT")}},
		{"in the query", "?q_organization_name=acme", "", []any{"Acme Corporation"}, []any{crumb("Company Name", "q_organization_name", "acme", "acme")}},
		{"a domain is no name", "", `{"q_organization_name":"acme.test"}`, []any{}, []any{crumb("Company Name", "q_organization_name", "acme.test", "acme.test")}},
		{"no such name", "", `{"q_organization_name":"zzz"}`, []any{}, []any{crumb("Company Name", "q_organization_name", "zzz", "zzz")}},
		{"a filter that does not exist", "?per_page=2", `{"domain":"acme.test","q_organization_domain":"acme.test","q_keywords":"acme"}`, []any{"Stark & Daughters", "Hooli"}, []any{}},
		{"stage", "?per_page=1", `{"account_stage_ids":["` + lead + `"]}`, []any{"Stark & Daughters"}, []any{crumb("Account Stage", "account_stage_ids", lead, "Lead")}},
		{"no account is in the stage", "", `{"account_stage_ids":["` + nobody + `"]}`, []any{}, []any{crumb("Account Stage", "account_stage_ids", nobody, "[Deleted Stage]")}},
		{"oldest first", "?per_page=2", `{"sort_by_field":"account_created_at","sort_ascending":true}`, []any{"Acme Corporation", "Globex"}, []any{}},
		{"latest changed", "?per_page=1&page=9", `{"sort_by_field":"account_updated_at"}`, []any{"Acme Corporation"}, []any{}},
		{"second page", "?per_page=4&page=3", "", []any{"Acme Corporation"}, []any{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newWorld(t).do("POST", "/v1/accounts/search"+c.query, c.body)
			assert.Equal(t, c.want, column(a.rows("accounts"), "name"))
			assert.Equal(t, c.crumbs, a.object()["breadcrumbs"])
		})
	}
}

func TestTwoAccountsOfOneDomain(t *testing.T) {
	rows := newWorld(t).do("GET", "/v1/accounts/search?q_organization_name=initech", "").rows("accounts")
	assert.Equal(t, []any{"initech.test", "initech.test"}, column(rows, "domain"))
}

func TestBulkCreate(t *testing.T) {
	const initech, globex = "65f000050000000000000003", "65f000050000000000000002"
	for _, c := range []struct {
		name, accounts    string
		dedupe            bool
		created, existing []any
	}{
		{"new", `{"name":"New","domain":"new.test"}`, true, []any{"New"}, []any{}},
		{"a known domain", `{"name":"Acme Inc.","domain":"acme.test"}`, true, []any{}, []any{"Acme Corporation"}},
		{"a known domain, written otherwise", `{"domain":"WWW.Acme.Test"}`, true, []any{}, []any{"Acme Corporation"}},
		{"a known name", `{"name":"stark & daughters"}`, true, []any{}, []any{"Stark & Daughters"}},
		{"a known name with another domain", `{"name":"Globex","domain":"globex.example"}`, true, []any{}, []any{"Globex"}},
		{"a known organization", `{"name":"X","organization_id":"` + acmeOrg + `"}`, true, []any{}, []any{"Acme Corporation"}},
		{"the domain before the name", `{"name":"Globex","domain":"acme.test"}`, true, []any{}, []any{"Acme Corporation"}},
		{"the oldest of two", `{"domain":"initech.test"}`, true, []any{}, []any{"Initech"}},
		{"the same twice", `{"name":"New","domain":"new.test"},{"name":"New two","domain":"new.test"}`, true, []any{"New"}, []any{}},
		{"a known one twice", `{"domain":"acme.test"},{"domain":"acme.test"}`, true, []any{}, []any{"Acme Corporation"}},
		{"new and known", `{"name":"New"},{"domain":"globex.test"}`, true, []any{"New"}, []any{"Globex"}},
		{"without dedupe", `{"name":"Acme Corporation","domain":"acme.test"}`, false, []any{"Acme Corporation"}, []any{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			dedupe := "false"
			if c.dedupe {
				dedupe = "true"
			}
			a := w.do("POST", "/v1/accounts/bulk_create", `{"run_dedupe":`+dedupe+`,"accounts":[`+c.accounts+`]}`)
			assert.Equal(t, c.created, column(a.rows("created_accounts"), "name"))
			assert.Equal(t, c.existing, column(a.rows("existing_accounts"), "name"))
			assert.Len(t, w.Log(), len(c.created))
			for i, e := range w.Log() {
				assert.Equal(t, "account.create", e.Operation)
				assert.Equal(t, a.rows("created_accounts")[i]["id"], e.ID)
				assert.True(t, e.Stored)
			}
			require.Equal(t, 200, a.Status)
		})
	}
	w := newWorld(t)
	a := w.do("POST", "/v1/accounts/bulk_create", `{"run_dedupe":true,"accounts":[{"name":"Changed","domain":"initech.test","phone":"1"}]}`)
	fields{"id": initech, "name": "Initech", "phone": nil, "updated_at": a.rows("existing_accounts")[0]["created_at"]}.check(t, a.rows("existing_accounts")[0])
	assert.Equal(t, "Globex", w.do("GET", "/v1/accounts/"+globex, "").account()["name"])
}
