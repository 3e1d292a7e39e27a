package sandbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	decider, champion = "65f000090000000000000001", "65f000090000000000000002"
	updateRoles       = "/v1/opportunities/update_roles"
)

func rolesBody(entries string) string {
	return `{"opportunity_id":"` + rollout + `","roles":[` + entries + `]}`
}

func roleEntry(contact, kind string, primary bool) string {
	return fmt.Sprintf(`{"contact_id":%q,"is_primary":%v,"role":[{"opportunity_contact_role_type_id":%q,"is_primary":%v}]}`, contact, primary, kind, primary)
}

func (w *world) roles() []any {
	w.t.Helper()
	return w.do("GET", "/v1/opportunities/"+rollout, "").opportunity()["opportunity_contact_roles"].([]any)
}

// TestUpdateRolesReplacesTheFullSet: who is not named again is gone.
func TestUpdateRolesReplacesTheFullSet(t *testing.T) {
	w := newWorld(t)
	w.clock.pass(time.Hour)
	o := w.do("POST", updateRoles, rolesBody(roleEntry(finance, champion, false))).opportunity()
	want := []any{map[string]any{
		"id": finance, "contact_id": finance, "is_primary": false, "created_at": "2026-05-18T12:18:15.455Z", "updated_at": "2026-05-18T12:18:15.455Z",
		"role": []any{map[string]any{"opportunity_contact_role_type_id": champion, "is_primary": false, "crm_role_id": nil, "crm_id": nil}},
	}}
	assert.Equal(t, want, o["opportunity_contact_roles"])
	assert.Equal(t, want, w.roles())
	assert.Equal(t, "2026-05-18T12:18:15.455Z", o["last_activity_date"])
	of := func(contact string) int {
		return len(w.do("POST", "/v1/contacts/"+strings.ToUpper(contact)+"/opportunities", "").rows("opportunities"))
	}
	assert.Equal(t, []int{1, 1}, []int{of(buyer), of(finance)})

	w.do("POST", updateRoles, rolesBody(roleEntry(buyer, decider, true)+","+roleEntry(finance, decider, false)))
	assert.Len(t, w.roles(), 2)
	w.do("POST", updateRoles, rolesBody(""))
	assert.Empty(t, w.roles())
	w.do("POST", updateRoles, rolesBody(""))
	log := w.Log()
	require.Len(t, log, 4)
	for i, e := range log {
		assert.Equal(t, []any{"opportunity.update_roles", rollout, true}, []any{e.Operation, e.ID, e.Stored})
		assert.Equal(t, i < 3, len(e.Changed) > 0)
	}
	assert.Equal(t, []string{"opportunity_contact_roles"}, log[0].Changed)
}

func TestTheSameRolesChangeNothing(t *testing.T) {
	w := newWorld(t)
	same := roleEntry(buyer, decider, true)
	for _, c := range []struct {
		entries string
		changed bool
	}{
		{same, false}, {strings.Replace(same, "true", "false", 1), true}, {roleEntry(buyer, decider, false), true}, {roleEntry(buyer, champion, false), true}, {roleEntry(finance, champion, false), true},
		{`{"contact_id":"` + finance + `","role":[]}`, true}, {`{"contact_id":"` + finance + `","role":[{}]}`, true},
	} {
		w.do("POST", updateRoles, rolesBody(c.entries))
		log := w.Log()
		assert.Equal(t, c.changed, len(log[len(log)-1].Changed) > 0, c.entries)
	}
}

func TestUpdateRolesRefusals(t *testing.T) {
	const unnested = "undefined method 'map' for nil"
	for _, c := range []struct{ name, body, says string }{
		{"the flat shape", rolesBody(`{"contact_id":"` + buyer + `","opportunity_contact_role_type_id":"` + decider + `"}`), unnested},
		{"one of two is flat", rolesBody(roleEntry(finance, decider, true) + `,{"contact_id":"` + buyer + `"}`), unnested},
		{"no roles", `{"opportunity_id":"` + rollout + `"}`, unnested},
		{"roles that are no list", `{"opportunity_id":"` + rollout + `","roles":{}}`, unnested},
		{"a role that is no object", rolesBody(`"` + buyer + `"`), unnested},
		{"a malformed contact", rolesBody(roleEntry("7", decider, true)), "Parameters misconfigured. 7 is not a valid ID"},
		{"a malformed type", rolesBody(roleEntry(buyer, "8", true)), "Parameters misconfigured. 8 is not a valid ID"},
		{"a malformed opportunity", `{"opportunity_id":"9","roles":[]}`, "Parameters misconfigured. 9 is not a valid ID"},
		{"an unknown opportunity", `{"opportunity_id":"` + nobody + `","roles":[]}`, "Opportunity does not exist."},
		{"no opportunity", `{"roles":[]}`, "Opportunity does not exist."},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			before := w.roles()
			a := w.do("POST", updateRoles, c.body)
			assert.Equal(t, 422, a.Status)
			assert.Equal(t, `{"error":"`+c.says+`"}`, a.Body)
			assert.Equal(t, before, w.roles())
		})
	}
}

// TestUpdateRolesMayStoreNothing: Apollo was seen to answer 200 and to lose the write.
func TestUpdateRolesMayStoreNothing(t *testing.T) {
	w := newWorld(t)
	before := w.roles()
	w.SetFault(sandbox.Fault{Endpoint: "opportunity.update_roles", Kind: sandbox.FaultDrop, Times: 1})
	body := rolesBody(roleEntry(finance, decider, true))
	told := w.do("POST", updateRoles, body).opportunity()["opportunity_contact_roles"].([]any)
	assert.Equal(t, finance, told[0].(map[string]any)["contact_id"])
	assert.Equal(t, before, w.roles())
	e := w.Log()[0]
	assert.Equal(t, []any{false, 200, sandbox.FaultDrop}, []any{e.Stored, e.Status, e.Fault})
	assert.Empty(t, e.Changed)
	assert.Empty(t, e.Fields)
	w.do("POST", updateRoles, body)
	assert.Len(t, w.roles(), 1)
	assert.NotEqual(t, before, w.roles())
}

func TestRoleTypesAndPipelines(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) {
		o.Seed.Pipelines = append(o.Seed.Pipelines, sandbox.Pipeline{ID: "65f000030000000000000002", Title: "Renewals"})
	})
	types := w.do("POST", "/v1/opportunity_contact_role_types/search", "{}").rows("opportunity_contact_role_types")
	assert.Equal(t, []any{"Decision Maker", "Champion", "Buyer"}, column(types, "name"))
	assert.Equal(t, []any{number("1.0"), number("2.0"), number("3.0")}, column(types, "display_order"))
	fields{"id": decider, "crm_api_name": nil, "crm_label": nil, "team_id": "65f000010000000000000001"}.check(t, types[0])

	pipelines := w.do("GET", "/v1/opportunity_pipelines", "").rows("opportunity_pipelines")
	assert.Equal(t, []any{"Sales", "Renewals"}, column(pipelines, "title"))
	assert.Equal(t, []any{true, false}, column(pipelines, "default_pipeline"))
	assert.Equal(t, pipelines[1], child(t, w.do("GET", "/v1/opportunity_pipelines/65F000030000000000000002", "").object(), "opportunity_pipeline"))
	assert.Equal(t, 404, w.do("GET", "/v1/opportunity_pipelines/"+nobody, "").Status)
	assert.Equal(t, `{"error":"Parameters misconfigured. x is not a valid ID"}`, w.do("GET", "/v1/opportunity_pipelines/x", "").Body)
}
