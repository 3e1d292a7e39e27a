package sandbox_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fields is what an answer must have in some of its fields.
type fields map[string]any

func number(s string) json.Number { return json.Number(s) }

func (f fields) check(t *testing.T, object map[string]any) {
	t.Helper()
	for name, want := range f {
		got, ok := object[name]
		if assert.True(t, ok, "no key %s", name) {
			assert.Equal(t, want, got, name)
		}
	}
}

func TestCreate(t *testing.T) {
	const created, createdZ = "2026-05-18T11:18:15.455+00:00", "2026-05-18T11:18:15.455Z"
	for _, c := range []struct {
		name, body string
		want       fields
	}{
		{"name alone", `{"name":"Deal"}`, fields{
			"name": "Deal", "owner_id": nil, "account_id": nil, "amount": nil, "amount_in_team_currency": nil, "closed_date": nil,
			"opportunity_stage_id": nil, "is_closed": nil, "is_won": nil, "deal_probability": nil, "probability": nil, "forecast_category": nil,
			"forecasted_revenue": number("0"), "stage_updated_at": nil, "stage_name": nil, "opportunity_pipeline_id": pipeline,
			"source": "api", "created_by_id": dana, "opportunity_created_at": created, "last_activity_date": createdZ,
			"existence_level": "none", "typed_custom_fields": map[string]any{}, "opportunity_contact_roles": []any{},
			"exchange_rate_code": "USD", "exchange_rate_value": number("1"),
			"currency": map[string]any{"name": "US Dollar", "iso_code": "USD", "symbol": "$"},
		}},
		{"with a stage", `{"name":"Deal","opportunity_stage_id":"` + meet + `","amount":"9999999999"}`, fields{
			"opportunity_stage_id": meet, "is_closed": false, "is_won": false, "deal_probability": number("25"), "forecast_category": "pipeline",
			"forecasted_revenue": number("2499999999.75"), "stage_updated_at": created, "stage_name": nil, "opportunity_pipeline_id": pipeline,
		}},
		{"closed and won", `{"name":"Deal","opportunity_stage_id":"` + closedWon + `","amount":10}`, fields{
			"is_closed": true, "is_won": true, "deal_probability": number("100"), "forecast_category": "closed", "forecasted_revenue": number("10"),
		}},
		{"an amount without a stage", `{"name":"Deal","amount":30000}`, fields{
			"amount": number("30000"), "amount_in_team_currency": number("30000"), "forecasted_revenue": number("0"),
		}},
		{"a stage without an amount", `{"name":"Deal","opportunity_stage_id":"` + meet + `"}`, fields{"forecasted_revenue": number("0"), "amount": nil}},
		{"account and owner", `{"name":"Deal","account_id":"` + acme + `","owner_id":"` + dana + `"}`, fields{"account_id": acme, "owner_id": dana}},
		{"an id in capitals", `{"name":"Deal","owner_id":"65F0000200000000000000AB"}`, fields{"owner_id": "65f0000200000000000000ab"}},
		{"an organization is echoed", `{"name":"Deal","account_id":"` + acmeOrg + `"}`, fields{"account_id": acmeOrg}},
		{"day of closing", `{"name":"Deal","closed_date":"2026-12-31"}`, fields{"closed_date": "2026-12-31T00:00:00.000+00:00"}},
		{"instant of closing", `{"name":"Deal","closed_date":"2026-12-31T02:30:00+05:30"}`, fields{"closed_date": "2026-12-30T21:00:00.000+00:00"}},
		{"a leap day that is none", `{"name":"Deal","closed_date":"2026-02-29"}`, fields{"closed_date": nil}},
		{"another date format", `{"name":"Deal","closed_date":"31.12.2026"}`, fields{"closed_date": nil}},
		{"nulls", `{"name":"Deal","amount":null,"owner_id":null,"account_id":"","closed_date":null,"opportunity_stage_id":""}`, fields{
			"amount": nil, "owner_id": nil, "account_id": nil, "closed_date": nil, "opportunity_stage_id": nil,
		}},
		{"custom fields of any shape", `{"name":"Deal","typed_custom_fields":{"a":"x","b":["y"],"c":1.50}}`, fields{
			"typed_custom_fields": map[string]any{"a": "x", "b": []any{"y"}, "c": number("1.50")},
		}},
		{"unknown fields", `{"name":"Deal","stage_id":"12","close_date":"2026-01-01","custom_fields":{"a":1},"is_closed":true,"description":"d"}`, fields{
			"opportunity_stage_id": nil, "closed_date": nil, "typed_custom_fields": map[string]any{}, "is_closed": nil, "description": nil,
		}},
		{"a stage nobody knows", `{"name":"Deal","opportunity_stage_id":"` + nobody + `"}`, fields{
			"opportunity_stage_id": nobody, "is_closed": nil, "deal_probability": nil, "opportunity_pipeline_id": pipeline,
		}},
		{"a number for a name", `{"name":42}`, fields{"name": "42"}},
		{"markup for a name", `{"name":"<b>&\u2028\"Ünï"}`, fields{"name": "<b>&\u2028\"Ünï"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			o := w.do("POST", "/api/v1/opportunities", c.body).opportunity()
			c.want.check(t, o)
			assert.Regexp(t, "^[0-9a-f]{24}$", o["id"])
			assert.NotContains(t, o, "account")
			assert.NotContains(t, o, "num_contacts")
			assert.NotContains(t, o, "created_at")
			view := w.do("GET", "/v1/opportunities/"+o["id"].(string), "").opportunity()
			assert.Equal(t, "full", view["existence_level"])
			assert.Equal(t, number("0"), view["num_contacts"])
			assert.Equal(t, view["account_id"] != nil, view["account"] != nil, "an account where one is set")
		})
	}
}

func TestPipelineIsTheStages(t *testing.T) {
	const other, without = "65f0000300000000000000aa", "65f0000300000000000000bb"
	w := newWorld(t, func(o *sandbox.Options) {
		o.Seed.Stages = append(o.Seed.Stages, sandbox.Stage{ID: other, Pipeline: "65f0000300000000000000cc"}, sandbox.Stage{ID: without})
	})
	for stage, want := range map[string]any{"": pipeline, meet: pipeline, other: "65f0000300000000000000cc", without: nil} {
		o := w.do("POST", "/v1/opportunities", `{"name":"Deal","opportunity_stage_id":"`+stage+`"}`).opportunity()
		assert.Equal(t, want, o["opportunity_pipeline_id"], stage)
	}
}

func TestAmount(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{`"200"`, "200"}, {`200`, "200"}, {`"200.0"`, "200"}, {`200.0`, "200"}, {`"12500.50"`, "12500.5"}, {`0.1`, "0.1"}, {`0`, "0"}, {`"-0"`, "0"},
		{`" 75 "`, "75"}, {`-5`, "-5"}, {`2.5e3`, "2500"}, {`"1e-3"`, "0.001"}, {`999999999999`, "999999999999"},
		{`9007199254740993`, "9007199254740993"}, {`"12345678901234567890.123456789"`, "12345678901234567890.123456789"},
		{`"1,000"`, "null"}, {`"12.500,50"`, "null"}, {`"$200"`, "null"}, {`"200 USD"`, "null"}, {`"25k"`, "null"}, {`""`, "null"}, {`"abc"`, "null"},
		{`null`, "null"}, {`true`, "null"}, {`[1]`, "null"}, {`{"a":1}`, "null"}, {`1e400`, "null"}, {`"1/3"`, "null"}, {`"0x10"`, "null"},
		{`"1_000"`, "null"}, {`"Inf"`, "null"}, {`"."`, "null"}, {`"e1"`, "null"},
	} {
		t.Run(c.given, func(t *testing.T) {
			a := newWorld(t).do("POST", "/v1/opportunities", `{"name":"Deal","amount":`+c.given+`}`)
			require.Equal(t, 200, a.Status, a.Body)
			assert.Contains(t, a.Body, `"amount":`+c.want+`,`)
			assert.Contains(t, a.Body, `"amount_in_team_currency":`+c.want+`,`)
		})
	}
}

func TestForecastIsExact(t *testing.T) {
	for _, c := range []struct{ amount, stage, want string }{
		{"99999999", qualify, "9999999.9"}, {"999999999999", meet, "249999999999.75"}, {"0.01", meet, "0.0025"}, {"0.3", qualify, "0.03"},
		{"12500.50", closedWon, "12500.5"}, {"7", "660abf69d8358b01ae3c214f", "0"},
	} {
		a := newWorld(t).do("POST", "/v1/opportunities", `{"name":"Deal","amount":"`+c.amount+`","opportunity_stage_id":"`+c.stage+`"}`)
		assert.Contains(t, a.Body, `"forecasted_revenue":`+c.want+`,`, c.amount)
	}
}

func TestRefusals(t *testing.T) {
	const path = "/v1/opportunities"
	for _, c := range []struct {
		name, method, target, body string
		status                     int
		answer                     string
	}{
		{"no name", "POST", path, `{}`, 422, `{"error":"Name is required"}`},
		{"blank name", "POST", path, `{"name":" "}`, 422, `{"error":"Name is required"}`},
		{"null name", "POST", path, `{"name":null}`, 422, `{"error":"Name is required"}`},
		{"a list for a name", "POST", path, `{"name":["x"]}`, 422, `{"error":"Name is required"}`},
		{"no body", "POST", path, ``, 422, `{"error":"Name is required"}`},
		{"a list for a body", "POST", path, `[{"name":"x"}]`, 422, `{"error":"Name is required"}`},
		{"malformed owner", "POST", path, `{"name":"x","owner_id":"12345"}`, 422, `{"error":"Parameters misconfigured. 12345 is not a valid ID"}`},
		{"malformed account", "POST", path, `{"name":"x","account_id":"acme"}`, 422, `{"error":"Parameters misconfigured. acme is not a valid ID"}`},
		{"malformed stage", "POST", path, `{"name":"x","opportunity_stage_id":7}`, 422, `{"error":"Parameters misconfigured. 7 is not a valid ID"}`},
		{"not JSON", "POST", path, `{"name":`, 400, `{"status":400,"error":"Bad Request"}`},
		{"a trailing comma", "PATCH", path + "/" + rollout, `{"name":"x",}`, 400, `{"status":400,"error":"Bad Request"}`},
		{"two documents", "POST", path, `{"name":"x"}{"name":"y"}`, 400, `{"status":400,"error":"Bad Request"}`},
		{"view unknown", "GET", path + "/" + nobody, ``, 404, `{"status":404,"error":"Not Found"}`},
		{"view malformed", "GET", path + "/12345", ``, 422, `{"error":"Parameters misconfigured. 12345 is not a valid ID"}`},
		{"view the placeholder", "GET", path + "/opportunity_id", ``, 422, `{"error":"Parameters misconfigured. opportunity_id is not a valid ID"}`},
		{"update unknown", "PATCH", path + "/" + nobody, `{"name":"x"}`, 422, `{"error":"Opportunity does not exist."}`},
		{"update malformed", "PATCH", path + "/12345", `{"name":"x"}`, 422, `{"error":"Parameters misconfigured. 12345 is not a valid ID"}`},
		{"update to a blank name", "PATCH", path + "/" + rollout, `{"name":""}`, 422, `{"error":"Name is required"}`},
		{"update to a malformed stage", "PATCH", path + "/" + rollout, `{"name":"x","opportunity_stage_id":"x"}`, 422, `{"error":"Parameters misconfigured. x is not a valid ID"}`},
		{"a contact that is malformed", "POST", "/v1/contacts/7/opportunities", ``, 422, `{"error":"Parameters misconfigured. 7 is not a valid ID"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			before := w.do("GET", "/v1/opportunities/search?per_page=100", "").Body
			a := w.do(c.method, c.target, c.body)
			assert.Equal(t, c.status, a.Status)
			assert.Equal(t, c.answer, a.Body)
			assert.Equal(t, "application/json; charset=utf-8", a.Header.Get("content-type"))
			assert.Equal(t, "1", a.Header.Get("x-minute-usage"), "it counts")
			assert.Equal(t, before, w.do("GET", "/v1/opportunities/search?per_page=100", "").Body, "nothing is stored")
		})
	}
}

func TestUpdate(t *testing.T) {
	const path = "/v1/opportunities/" + rollout
	for _, method := range []string{"PATCH", "PUT"} {
		w := newWorld(t)
		before := w.do("GET", path, "").opportunity()
		w.clock.pass(time.Hour)
		const later, laterZ = "2026-05-18T12:18:15.455+00:00", "2026-05-18T12:18:15.455Z"

		t.Run(method+" of one field", func(t *testing.T) {
			o := w.do(method, path, `{"amount":"52000"}`).opportunity()
			fields{
				"amount": number("52000"), "amount_in_team_currency": number("52000"), "forecasted_revenue": number("39000"), "last_activity_date": laterZ,
				"name": before["name"], "owner_id": before["owner_id"], "closed_date": before["closed_date"], "opportunity_stage_id": before["opportunity_stage_id"],
				"stage_updated_at": before["stage_updated_at"], "opportunity_created_at": before["opportunity_created_at"], "existence_level": "full",
			}.check(t, o)
			assert.NotContains(t, o, "account")
			assert.NotContains(t, o, "num_contacts")
		})
		t.Run(method+" of the stage", func(t *testing.T) {
			fields{
				"opportunity_stage_id": closedWon, "is_closed": true, "is_won": true, "deal_probability": number("100"), "forecast_category": "closed",
				"stage_updated_at": later, "forecasted_revenue": number("52000"),
			}.check(t, w.do(method, path, `{"opportunity_stage_id":"`+closedWon+`"}`).opportunity())
		})
		w.clock.pass(time.Hour)
		t.Run(method+" of nothing new", func(t *testing.T) {
			for _, body := range []string{``, `{}`, `{"amount":52000}`, `{"name":"Acme rollout, phase 2"}`, `{"is_closed":false}`, `{"existence_level":"none"}`, `{"account_id":"` + nobody + `"}`} {
				o := w.do(method, path, body).opportunity()
				fields{"last_activity_date": laterZ, "is_closed": true, "existence_level": "full", "account_id": acme}.check(t, o)
				log := w.Log()
				assert.True(t, log[len(log)-1].Stored)
				assert.Empty(t, log[len(log)-1].Changed, body)
			}
		})
		t.Run(method+" to null", func(t *testing.T) {
			fields{
				"opportunity_stage_id": nil, "is_closed": nil, "is_won": nil, "amount": nil, "owner_id": nil, "closed_date": nil, "forecasted_revenue": number("0"),
			}.check(t, w.do(method, path, `{"opportunity_stage_id":null,"amount":"1,5","owner_id":"","closed_date":null}`).opportunity())
		})
	}
}

func TestCustomFieldsAreMerged(t *testing.T) {
	w := newWorld(t)
	const path = "/v1/opportunities/" + unowned
	w.do("PATCH", path, `{"typed_custom_fields":{"a":"1","b":["2"]}}`)
	w.do("PATCH", path, `{"typed_custom_fields":{"b":null,"c":"3"}}`)
	want := map[string]any{"a": "1", "c": "3"}
	assert.Equal(t, want, w.do("GET", path, "").opportunity()["typed_custom_fields"])
	assert.Equal(t, want, w.do("PATCH", path, `{"typed_custom_fields":"nonsense"}`).opportunity()["typed_custom_fields"])
	assert.Equal(t, []string{"typed_custom_fields"}, w.Log()[1].Changed)
	assert.Empty(t, w.Log()[2].Changed)
}

func TestCreateNeverLooksForOneAlike(t *testing.T) {
	w := newWorld(t)
	seen := map[any]bool{}
	for range 3 {
		seen[w.do("POST", "/v1/opportunities", `{"name":"Twin","account_id":"`+acme+`"}`).opportunity()["id"]] = true
	}
	assert.Len(t, seen, 3)
	assert.Len(t, w.do("GET", "/v1/opportunities/search?q_opportunity_name=twin", "").rows("opportunities"), 3)
}

func TestView(t *testing.T) {
	w := newWorld(t)
	o := w.do("GET", "/api/v1/opportunities/"+rollout, "").opportunity()
	assert.Equal(t, number("1"), o["num_contacts"])
	assert.Len(t, o["opportunity_contact_roles"], 1)
	account := child(t, o, "account")
	fields{"id": acme, "domain": "acme.test", "custom_field_errors": nil, "num_contacts": number("2"), "primary_domain": "acme.test"}.check(t, account)
	assert.NotContains(t, account, "engagement_graph")
	assert.NotContains(t, account, "show_intent")

	none := w.do("GET", "/api/v1/opportunities/"+unowned, "").opportunity()
	assert.NotContains(t, none, "account")
	assert.Equal(t, number("0"), none["num_contacts"])
	assert.Equal(t, o, w.do("GET", "/v1/opportunities/65F000060000000000000001", "").opportunity(), "an id's case does not matter")
}

func TestOrganizationBecomesItsAccount(t *testing.T) {
	w := newWorld(t)
	id := w.do("POST", "/v1/opportunities", `{"name":"Deal","account_id":"`+acmeOrg+`"}`).opportunity()["id"].(string)
	assert.Equal(t, acme, w.do("GET", "/v1/opportunities/"+id, "").opportunity()["account_id"])
}

func TestDialects(t *testing.T) {
	for dialect, want := range map[sandbox.Dialect]struct{ key, value, other string }{
		"":                                  {"opportunity_created_at", "2026-05-18T11:18:15.455+00:00", "created_at"},
		sandbox.DialectOpportunityCreatedAt: {"opportunity_created_at", "2026-05-18T11:18:15.455+00:00", "created_at"},
		sandbox.DialectCreatedAt:            {"created_at", "2026-05-18T11:18:15.455Z", "opportunity_created_at"},
	} {
		w := newWorld(t, func(o *sandbox.Options) { o.Dialect = dialect })
		o := w.do("POST", "/v1/opportunities", `{"name":"Deal"}`).opportunity()
		assert.Equal(t, want.value, o[want.key])
		assert.NotContains(t, o, want.other)
		assert.Equal(t, dialect == sandbox.DialectCreatedAt, o["opportunity_rule_config_statuses"] != nil)
	}
}

func TestRolesHaveAShapeOfEachDialect(t *testing.T) {
	for dialect, want := range map[sandbox.Dialect]map[string]any{
		sandbox.DialectOpportunityCreatedAt: {
			"id": buyer, "contact_id": buyer, "is_primary": true, "created_at": "2026-04-14T11:18:15.455Z", "updated_at": "2026-04-14T11:18:15.455Z",
			"role": []any{map[string]any{"opportunity_contact_role_type_id": decider, "is_primary": true, "crm_role_id": nil, "crm_id": nil}},
		},
		sandbox.DialectCreatedAt: {
			"id": buyer, "role": "Decision Maker",
			"contact": map[string]any{"id": buyer, "name": "Wilhelmina Coyote", "first_name": "Wilhelmina", "last_name": "Coyote"},
		},
	} {
		w := newWorld(t, func(o *sandbox.Options) { o.Dialect = dialect })
		assert.Equal(t, []any{want}, w.do("GET", "/v1/opportunities/"+rollout, "").opportunity()["opportunity_contact_roles"])
	}
}

func TestContactOpportunities(t *testing.T) {
	w := newWorld(t)
	for _, body := range []string{"", "{}", `{"page":2}`} {
		rows := w.do("POST", "/v1/contacts/"+buyer+"/opportunities", body).rows("opportunities")
		assert.Equal(t, []any{"Acme rollout, phase 2", "Acme rollout, phase 1"}, column(rows, "name"))
	}
	assert.Equal(t, `{"opportunities":[]}`, w.do("POST", "/v1/contacts/"+nobody+"/opportunities", "").Body)
}

func TestStages(t *testing.T) {
	rows := newWorld(t).do("GET", "/v1/opportunity_stages", "").rows("opportunity_stages")
	assert.Equal(t, []any{"Qualify", "Meet & Present", "Propose", "Negotiate", "Closed Won", "Closed Lost"}, column(rows, "name"))
	assert.Equal(t, []any{"Open", "Open", "Open", "Open", "Closed/Won", "Closed/Lost"}, column(rows, "type"))
	assert.Equal(t, []any{number("0"), number("1"), number("2"), number("3"), number("4"), number("5")}, column(rows, "display_order"))
	fields{"id": qualify, "forecast_category_cd": "Pipeline", "probability": number("10"), "opportunity_pipeline_id": pipeline, "is_meeting_set": nil}.check(t, rows[0])
}
