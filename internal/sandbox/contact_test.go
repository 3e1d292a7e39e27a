package sandbox_test

import (
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	newStage, repliedStage = "65f0000e0000000000000001", "65f0000e0000000000000002"
	finance, journalist    = "65f000080000000000000002", "65f000080000000000000004"
)

func (a answer) contact() map[string]any {
	a.t.Helper()
	return child(a.t, a.object(), "contact")
}

func TestContactSearch(t *testing.T) {
	crumb := func(label, field, value, shown string) map[string]any {
		return map[string]any{"label": label, "signal_field_name": field, "value": value, "display_name": shown}
	}
	keywords := func(s string) []any { return []any{crumb("Contains Keywords", "q_keywords", s, s)} }
	everybody := []any{"Frida Lanz", "Hank Scorpio", "Rhoda Runner", "Wilhelmina Coyote"}
	for _, c := range []struct {
		name, query, body string
		want              []any
		crumbs            []any
	}{
		{"everybody, newest first", "", "", everybody, []any{}},
		{"part of a name", "", `{"q_keywords":"COYO"}`, []any{"Wilhelmina Coyote"}, keywords("COYO")},
		{"first and last name", "", `{"q_keywords":"rhoda run"}`, []any{"Rhoda Runner"}, keywords("rhoda run")},
		{"title", "", `{"q_keywords":"cfo"}`, []any{"Rhoda Runner"}, keywords("cfo")},
		{"the account's name", "", `{"q_keywords":"Acme Corp"}`, []any{"Rhoda Runner", "Wilhelmina Coyote"}, keywords("Acme Corp")},
		{"the company's name", "", `{"q_keywords":"fair daily"}`, []any{"Frida Lanz"}, keywords("fair daily")},
		{"email", "?q_keywords=hank@", "", []any{"Hank Scorpio"}, keywords("hank@")},
		{"nobody", "", `{"q_keywords":"zzz"}`, []any{}, keywords("zzz")},
		{"stage", "", `{"contact_stage_ids":["` + newStage + `"]}`, everybody, []any{crumb("Contact Stage", "contact_stage_ids", newStage, "New")}},
		{"a stage that is gone", "", `{"contact_stage_ids":["` + nobody + `"]}`, []any{}, []any{crumb("Contact Stage", "contact_stage_ids", nobody, "[Deleted Stage]")}},
		{"label", "", `{"contact_label_ids":["` + nobody + `"]}`, []any{}, []any{}},
		{"linkedin_url", "", `{"linkedin_url":"http://www.linkedin.com/in/nobody"}`, []any{}, []any{}},
		{"a filter that does not exist", "", `{"account_id":"` + acme + `","account_ids":["` + acme + `"]}`, everybody, []any{}},
		{"oldest first", "?per_page=1", `{"sort_by_field":"contact_created_at","sort_ascending":true}`, []any{"Wilhelmina Coyote"}, []any{}},
		{"latest changed", "?per_page=1", `{"sort_by_field":"contact_updated_at"}`, []any{"Frida Lanz"}, []any{}},
		{"last opened", "?per_page=1", `{"sort_by_field":"contact_email_last_opened_at"}`, []any{"Frida Lanz"}, []any{}},
		{"second page", "?page=2&per_page=3", "", []any{"Wilhelmina Coyote"}, []any{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newWorld(t).do("POST", "/v1/contacts/search"+c.query, c.body)
			assert.Equal(t, c.want, column(a.rows("contacts"), "name"))
			assert.Equal(t, c.crumbs, a.object()["breadcrumbs"])
		})
	}
	rows := newWorld(t).do("POST", "/v1/contacts/search", `{"q_keywords":"hank"}`).rows("contacts")
	fields{"account_id": "65f000050000000000000002", "organization_name": "Globex", "organization_id": nil}.check(t, rows[0])
	fields{"domain": "globex.test"}.check(t, child(t, rows[0], "account"))
}

func TestContactView(t *testing.T) {
	w := newWorld(t)
	c := w.do("GET", "/api/v1/contacts/65F000080000000000000001", "").contact()
	fields{
		"id": buyer, "first_name": "Wilhelmina", "last_name": "Coyote", "name": "Wilhelmina Coyote", "email": "w.coyote@acme.test", "title": "Procurement",
		"account_id": acme, "organization_name": "Acme Corporation", "organization_id": acmeOrg, "contact_stage_id": newStage, "owner_id": dana, "email_status": "verified",
	}.check(t, c)
	fields{"id": acmeOrg, "name": "Acme Corporation", "primary_domain": "acme.test"}.check(t, child(t, c, "organization"))
	fields{"email": "w.coyote@acme.test", "email_md5": "174e7b8671dc27b0f7ca44482d192d21"}.check(t, c["contact_emails"].([]any)[0].(map[string]any))
	alone := w.do("GET", "/v1/contacts/"+journalist, "").contact()
	assert.NotContains(t, alone, "account")
	assert.NotContains(t, alone, "organization")
	assert.Equal(t, "Fair Daily", alone["organization_name"])
}

func TestContactWrites(t *testing.T) {
	w := newWorld(t)
	w.clock.pass(time.Hour)
	body := `{"first_name":" Ada ","last_name":"Lovelace","email":"ada@acme.test","account_id":"` + acme + `","direct_phone":"555-555-0108","typed_custom_fields":{"a":"b"}}`
	made := w.do("POST", "/v1/contacts", body)
	c := made.contact()
	fields{"name": "Ada Lovelace", "sanitized_phone": "+15555550108", "created_at": "2026-05-18T12:18:15.455Z", "queued_for_crm_push": true,
		"contact_stage_id": newStage, "typed_custom_fields": map[string]any{"a": "b"}}.check(t, c)
	assert.Equal(t, []any{}, made.object()["labels"])
	assert.NotContains(t, made.object(), "dedupe_result")
	id := c["id"].(string)
	assert.Equal(t, number("3"), w.do("GET", "/v1/accounts/"+acme, "").account()["num_contacts"])

	for _, method := range []string{"PATCH", "PUT"} {
		w.clock.pass(time.Hour)
		c := w.do(method, "/v1/contacts/"+id, `{"title":"Countess of `+method+`","contact_stage_id":"`+repliedStage+`"}`).contact()
		fields{"title": "Countess of " + method, "contact_stage_id": repliedStage, "email": "ada@acme.test"}.check(t, c)
	}
	w.do("PATCH", "/v1/contacts/"+id, `{"existence_level":"none"}`)
	log := w.Log()
	require.Len(t, log, 4)
	assert.Equal(t, []any{"contact.create", id, true}, []any{log[0].Operation, log[0].ID, log[0].Stored})
	assert.Equal(t, []string{"title", "contact_stage_id"}, log[1].Changed)
	assert.Equal(t, []string{"title"}, log[2].Changed)
	assert.Empty(t, log[3].Changed)
	fields{"updated_at": "2026-05-18T14:18:15.455Z", "existence_level": "full"}.check(t, log[3].Fields)
}

func TestContactDedupe(t *testing.T) {
	const coyote = `"first_name":"wilhelmina","last_name":"coyote"`
	for _, c := range []struct {
		name, body string
		reason     any
	}{
		{"email", `{"run_dedupe":true,"email":"W.COYOTE@acme.test","title":"CEO"}`, "email"},
		{"name and company", `{"run_dedupe":true,` + coyote + `,"organization_name":"ACME Corporation","title":"CEO"}`, "name_and_company"},
		{"name alone", `{"run_dedupe":true,` + coyote + `,"title":"CEO"}`, nil},
		{"company alone", `{"run_dedupe":true,"organization_name":"Acme Corporation"}`, nil},
		{"without dedupe", `{"email":"w.coyote@acme.test"}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.do("POST", "/v1/contacts", c.body)
			total := child(t, w.do("POST", "/v1/contacts/search", "").object(), "pagination")["total_entries"]
			if c.reason == nil {
				assert.NotContains(t, a.object(), "dedupe_result")
				assert.Equal(t, number("5"), total)
				return
			}
			assert.Equal(t, map[string]any{"found_existing": true, "match_reason": c.reason, "existing_contact_id": buyer}, a.object()["dedupe_result"])
			fields{"id": buyer, "title": "CEO"}.check(t, a.contact())
			assert.Equal(t, number("4"), total)
			assert.Equal(t, "contact.update", w.Log()[0].Operation)
		})
	}
}

func TestContactRefusals(t *testing.T) {
	for _, c := range []struct {
		name, method, path, body, says string
	}{
		{"view of a malformed id", "GET", "/7", "", "Parameters misconfigured. 7 is not a valid ID"},
		{"view of nobody", "GET", "/" + nobody, "", "Oops! This contact does not exist in Apollo."},
		{"update of nobody", "PATCH", "/" + nobody, `{"title":"x"}`, "Oops! This contact does not exist in Apollo."},
		{"update to a malformed owner", "PATCH", "/" + buyer, `{"title":"x","owner_id":"7"}`, "Parameters misconfigured. 7 is not a valid ID"},
		{"create with a malformed account", "POST", "", `{"account_id":"7"}`, "Parameters misconfigured. 7 is not a valid ID"},
		{"search by a malformed stage", "POST", "/search", `{"contact_stage_ids":["x"]}`, "Your search parameters are entered incorrectly. Did you try to edit the URL directly?"},
		{"search in an unknown order", "POST", "/search", `{"sort_by_field":"name"}`, "Invalid sort criteria"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.do(c.method, "/v1/contacts"+c.path, c.body)
			assert.Equal(t, 422, a.Status)
			assert.Contains(t, a.Body, `{"error":"`+c.says+`"`)
			assert.Zero(t, w.stored())
		})
	}
}

func TestATeamWithoutStages(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) {
		o.Seed = sandbox.Seed{Contacts: []sandbox.Contact{{First: "Solo"}}}
	})
	rows := w.do("POST", "/v1/contacts/search", "").rows("contacts")
	fields{"name": "Solo", "last_name": nil, "contact_stage_id": nil, "email": nil, "email_status": nil, "contact_emails": []any{}}.check(t, rows[0])
	assert.Nil(t, w.do("POST", "/v1/contacts", `{"last_name":"x"}`).contact()["contact_stage_id"])
	assert.Empty(t, w.do("GET", "/v1/account_stages", "").rows("account_stages"))
	assert.Empty(t, w.do("GET", "/v1/opportunity_pipelines", "").rows("opportunity_pipelines"))
}
