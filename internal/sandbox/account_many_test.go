package sandbox_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const (
	globex = "65f000050000000000000002"
	jonas  = "65f000020000000000000002"
)

func TestManyAccounts(t *testing.T) {
	for _, c := range []struct {
		name, target, body string
		key                string
		want               []any
	}{
		{"owners", "/update_owners", `{"account_ids":["` + acme + `","` + globex + `"],"owner_id":"` + jonas + `","name":"ignored"}`, "owner_id", []any{jonas, jonas}},
		{"owners in the query", "/update_owners?account_ids[]=" + acme + "&owner_id=" + jonas, "", "owner_id", []any{jonas}},
		{"all alike", "/bulk_update", `{"account_ids":["` + acme + `","` + globex + `"],"account_stage_id":"65f000040000000000000002"}`, "account_stage_id",
			[]any{"65f000040000000000000002", "65f000040000000000000002"}},
		{"each in its own way", "/bulk_update", `{"account_attributes":[{"id":"` + acme + `","name":"One"},{"id":"` + globex + `","name":"Two"}]}`, "name", []any{"One", "Two"}},
		{"an unknown one is skipped", "/bulk_update", `{"account_ids":["` + nobody + `","` + acme + `"],"name":"One"}`, "name", []any{"One"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			rows := w.do("POST", "/v1/accounts"+c.target, c.body).rows("accounts")
			assert.Equal(t, c.want, column(rows, c.key))
			assert.Equal(t, len(c.want), w.stored())
			for i, e := range w.Log() {
				assert.Equal(t, "account.update", e.Operation)
				assert.Equal(t, c.want[i], e.Fields[c.key])
			}
			assert.Equal(t, c.want[0], w.do("GET", "/v1/accounts/"+rows[0]["id"].(string), "").account()[c.key])
		})
	}
}

func TestManyAccountsRefusals(t *testing.T) {
	for _, c := range []struct{ name, target, body, says string }{
		{"no owner", "/update_owners", `{"account_ids":["` + acme + `"]}`, "Owner is required"},
		{"a malformed owner", "/update_owners", `{"account_ids":["` + acme + `"],"owner_id":"7"}`, "Parameters misconfigured. 7 is not a valid ID"},
		{"no accounts", "/update_owners", `{"owner_id":"` + jonas + `"}`, `Please provide an array of account ids in the \"account_ids\" parameter.`},
		{"a malformed account", "/bulk_update", `{"account_ids":["` + acme + `","8"],"name":"x"}`, "Parameters misconfigured. 8 is not a valid ID"},
		{"attributes later", "/bulk_update", `{"async":true,"account_attributes":[{"id":"` + acme + `"}]}`, "Asynchronous processing is not supported with account_attributes."},
		{"too many", "/bulk_update", `{"account_ids":["` + acme + `"` + strings.Repeat(`,"`+acme+`"`, 1000) + `]}`, "Please limit your array to 1000 accounts or fewer."},
		{"an attribute that is no object", "/bulk_update", `{"account_attributes":["x"]}`, "Parameters misconfigured.  is not a valid ID"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.do("POST", "/v1/accounts"+c.target, c.body)
			assert.Equal(t, 422, a.Status)
			assert.Equal(t, `{"error":"`+c.says+`"}`, a.Body)
			assert.Zero(t, w.stored(), "all or none")
		})
	}
}

func TestAccountStages(t *testing.T) {
	rows := newWorld(t).do("GET", "/api/v1/account_stages", "").rows("account_stages")
	assert.Equal(t, []any{"Lead", "Current Client"}, column(rows, "display_name"))
	assert.Equal(t, []any{"in_progress", "succeeded"}, column(rows, "category"))
	assert.Equal(t, []any{false, true}, column(rows, "default_exclude_for_leadgen"))
	assert.Equal(t, []any{number("1"), number("2")}, column(rows, "display_order"))
}
