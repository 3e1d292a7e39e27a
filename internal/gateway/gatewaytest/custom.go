package gatewaytest

import (
	"net/http"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// fieldNamed gives the name by which the team's custom field of a label is written.
func (s *suite) fieldNamed(label string) string {
	s.Helper()
	for _, item := range s.get(Read, "/v1/fields").list("fields") {
		if f := item.(map[string]any); f["label"] == label {
			return f["field"].(string)
		}
	}
	require.Fail(s, "no such field", label)
	return ""
}

func customID(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

func testCustomFields(s *suite) {
	order, source, months := s.fieldNamed("Purchase order"), s.fieldNamed("Lead source"), s.fieldNamed("Contract months")
	assert.Empty(s, s.fieldNamed(gateway.TagLabel), "the gateway's own cannot be written")
	option := s.get(Read, "/v1/fields").list("fields")[1].(map[string]any)["options"].([]any)[1].(map[string]any)["id"].(string)

	id, body := NewID(), `{"name":"With fields","`+order+`":"PO-1","`+months+`":"24","`+source+`":"`+option+`"}`
	r := s.until(Write, "POST", "/v1/opportunities", id, body)
	require.Equal(s, 201, r.Status, "%s", r.Raw)
	assert.Empty(s, r.list("differences"))
	assert.Equal(s, string(r.Raw), string(s.write(Write, "POST", "/v1/opportunities", id, body).Raw))
	assert.Equal(s, 409, s.write(Write, "POST", "/v1/opportunities", id, strings.Replace(body, "PO-1", "PO-2", 1)).Status, "another value is another write")
	path := "/v1/opportunities/" + r.at("opportunity", "id").(string)
	seen := s.get(Read, path)
	assert.Equal(s, "PO-1", seen.at("custom", order))
	assert.Equal(s, "24", seen.at("custom", months))
	assert.Equal(s, option, seen.at("custom", source))
	assert.Equal(s, "", seen.at("custom", s.fieldNamed("Contract end")), "a blank one is there")
	assert.Len(s, seen.at("custom"), 5, "all that can be written, and no other")
	assert.NotContains(s, string(seen.Raw), id, "the operation's id is nobody's business")
	assert.Equal(s, "", seen.Body["contacts"])

	// Compared three ways, as all fields are.
	r = s.until(Write, "PATCH", path, NewID(), `{"`+order+`":"PO-3","base":{"`+order+`":"PO-1"}}`)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	r = s.until(Colleague, "PATCH", path, NewID(), `{"`+order+`":"PO-4","`+months+`":"36","base":{"`+order+`":"PO-1","`+months+`":"24"}}`)
	require.Equal(s, 409, r.Status, "%s", r.Raw)
	assert.Equal(s, []any{map[string]any{"field": order, "base": "PO-1", "theirs": "PO-3", "ours": "PO-4"}}, r.list("conflicts"))
	assert.Equal(s, "PO-3", s.get(Read, path).at("custom", order))
	r = s.until(Write, "PATCH", path, NewID(), `{"`+months+`":null}`)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, "", s.get(Read, path).at("custom", months))
	log := s.get(Admin, "/v1/audit")
	assert.Equal(s, months, log.each("audit", "fields")[0])
	assert.NotContains(s, string(log.Raw), "PO-", "names of fields, no values")

	// Nothing else passes.
	writes := len(s.Sandbox.Log())
	for name, c := range map[string]struct {
		member, value string
		status        int
	}{
		"an unknown field":  {"custom.text.000000000000000000000001", `"x"`, 422},
		"another kind":      {"custom.text." + customID(months), `"x"`, 422},
		"the tag":           {"custom.text." + TagField, `"` + NewID() + `"`, 422},
		"an account's":      {"custom.text.65f0000c0000000000000006", `"x"`, 422},
		"no number":         {months, `"1,000"`, 422},
		"a JSON number":     {months, `12`, 400},
		"no such day":       {s.fieldNamed("Contract end"), `"2025-02-30"`, 422},
		"neither true":      {s.fieldNamed("Renewal"), `"yes"`, 422},
		"a null character":  {order, `"a\u0000b"`, 422},
		"no kind":           {"custom.." + customID(order), `"x"`, 400},
		"no such kind":      {"custom.user." + customID(order), `"x"`, 400},
		"no id":             {"custom.text.x", `"x"`, 400},
		"contacts, spelled": {"custom.contacts.000000000000000000000000", `""`, 400},
	} {
		for method, at := range map[string]string{"POST": "/v1/opportunities", "PATCH": path} {
			r := s.write(Write, method, at, NewID(), `{"name":"Not passed","`+c.member+`":`+c.value+`}`)
			assert.Equal(s, c.status, r.Status, "%s: %s", name, r.Raw)
			assert.Equal(s, c.member, r.Body["field"], name)
		}
	}
	assert.Len(s, s.Sandbox.Log(), writes, "writes that reached Apollo")

	// Where Apollo cannot be asked nobody knows them.
	s.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultStatus, Status: 503})
	seen = s.get(Read, path)
	require.Equal(s, 200, seen.Status, "%s", seen.Raw)
	assert.Equal(s, "With fields", seen.at("opportunity", "name"))
	assert.Nil(s, seen.Body["custom"])
	assert.Nil(s, seen.Body["contacts"])
}

func testContacts(s *suite) {
	s.syncAll()
	r := s.get(Read, "/v1/accounts/"+AccountAcme+"/contacts")
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.ElementsMatch(s, []any{"Wilhelmina Coyote", "Rhoda Runner"}, r.each("contacts", "name"))
	assert.Equal(s, true, r.Body["whole"])
	assert.NotContains(s, string(r.Raw), "@", "no more of them than a rep chooses by")
	if s.Dump != nil {
		assert.NotContains(s, string(s.Dump()), "Coyote", "the database keeps no people")
	}
	for name, found := range map[string][]any{"runner": {"Rhoda Runner"}, "%20RHODA": {"Rhoda Runner"}, "scorpio": nil} {
		r := s.get(Read, "/v1/accounts/"+AccountAcme+"/contacts?name="+name)
		require.Equal(s, 200, r.Status, "%s", r.Raw)
		assert.Equal(s, found, r.each("contacts", "name"), name)
	}
	for _, name := range []string{"", "%20", strings.Repeat("x", 101)} {
		assert.Equal(s, 400, s.get(Read, "/v1/accounts/"+AccountAcme+"/contacts?name="+name).Status)
	}
	people := map[string]string{}
	for i, name := range r.each("contacts", "name") {
		people[name.(string)] = r.each("contacts", "id")[i].(string)
	}
	types := s.get(Read, "/v1/role_types")
	require.Equal(s, 200, types.Status, "%s", types.Raw)
	assert.Equal(s, []any{"Decision Maker", "Champion", "Buyer"}, types.each("role_types", "name"))
	before := requests(s.Sandbox, "role_type.search")
	s.get(Read, "/v1/role_types")
	assert.Equal(s, before, requests(s.Sandbox, "role_type.search"), "kept")
	champion := types.each("role_types", "id")[1].(string)

	made := s.until(Write, "POST", "/v1/opportunities", NewID(), `{"name":"With people","account_id":"`+AccountAcme+`"}`)
	require.Equal(s, 201, made.Status, "%s", made.Raw)
	path := "/v1/opportunities/" + made.at("opportunity", "id").(string)
	both := people["Rhoda Runner"] + ":" + champion + "," + people["Wilhelmina Coyote"]
	id, body := NewID(), `{"contacts":"`+both+`","amount":"12","base":{"contacts":"","amount":""}}`
	// An answer that is lost, and one that says what is not so: both are looked after.
	s.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.update_roles", Kind: sandbox.FaultReset, AfterCommit: true, Times: 1})
	r = s.until(Write, "PATCH", path, id, body)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Empty(s, r.list("differences"))
	assert.Equal(s, both, s.get(Read, path).Body["contacts"])
	assert.Equal(s, "12", s.get(Read, path).at("opportunity", "amount"))
	before = requests(s.Sandbox, "opportunity.update_roles")
	assert.Equal(s, string(r.Raw), string(s.write(Write, "PATCH", path, id, body).Raw))
	assert.Equal(s, before, requests(s.Sandbox, "opportunity.update_roles"))
	assert.Equal(s, "contacts amount", s.get(Admin, "/v1/audit").each("audit", "fields")[0])

	r = s.until(Colleague, "PATCH", path, NewID(), `{"contacts":"`+people["Rhoda Runner"]+`","base":{"contacts":""}}`)
	require.Equal(s, 409, r.Status, "%s", r.Raw)
	assert.Equal(s, []any{map[string]any{"field": "contacts", "base": "", "theirs": both, "ours": people["Rhoda Runner"]}}, r.list("conflicts"))
	r = s.until(Colleague, "PATCH", path, NewID(), `{"contacts":null,"base":{"contacts":"`+both+`"}}`)
	require.Equal(s, 200, r.Status, "%s", r.Raw)
	assert.Equal(s, "", s.get(Read, path).Body["contacts"])

	for name, text := range map[string]string{
		"no id": "x", "a path": people["Rhoda Runner"] + "/..", "one twice": people["Rhoda Runner"] + "," + people["Rhoda Runner"], "no role's id": people["Rhoda Runner"] + ":Champion",
		"an empty role": people["Rhoda Runner"] + ":", "not sorted": "," + people["Rhoda Runner"] + "," + people["Wilhelmina Coyote"], "only a comma": ",", "too many": manyContacts(),
	} {
		r := s.write(Write, "PATCH", path, NewID(), `{"contacts":"`+text+`"}`)
		assert.Equal(s, 422, r.Status, "%s: %s", name, r.Raw)
	}
	r = s.write(Write, "POST", "/v1/opportunities", NewID(), `{"name":"At once","contacts":"`+both+`"}`)
	assert.Equal(s, http.StatusBadRequest, r.Status, "%s", r.Raw)
	assert.Equal(s, 404, s.get(Read, "/v1/accounts/000000000000000000000000/contacts").Status)
}

// manyContacts are 101 contacts, sorted.
func manyContacts() string {
	var list []string
	for i := range 101 {
		list = append(list, "0000000000000000000001"+string("0123456789abcdef"[i/16])+string("0123456789abcdef"[i%16]))
	}
	return strings.Join(list, ",")
}
