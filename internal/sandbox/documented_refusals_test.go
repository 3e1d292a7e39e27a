package sandbox_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hiddenDeal is one that the key's user may not view.
const hiddenDeal = "65f000060000000000000002"

// documentedMistakes are the requests to which the documentation's examples of
// 404 and 422, and a 403 of its own kind, answer.
var documentedMistakes = map[string]struct{ path, body string }{
	"POST /accounts 422 [Add name or domain]":                              {"/accounts", `{"phone":"555-555-0108"}`},
	"PATCH /accounts/{account_id} 422 [Check account ID]":                  {"/accounts/account_id", `{"name":"x"}`},
	"PATCH /accounts/{account_id} 422 [Check owner ID]":                    {"/accounts/" + acme, `{"owner_id":"23423423"}`},
	"PATCH /accounts/{account_id} 422 [Check account stage ID]":            {"/accounts/" + acme, `{"account_stage_id":"78977"}`},
	"GET /accounts/{id} 422 [Check Account ID]":                            {"/accounts/id", ""},
	"POST /accounts/search 422 [Choose valid sort_by_field option]":        {"/accounts/search", `{"sort_by_field":"name"}`},
	"POST /accounts/search 422 [Check account stage IDs]":                  {"/accounts/search", `{"account_stage_ids":["lead"]}`},
	"POST /accounts/bulk_create 422 [Missing accounts parameter]":          {"/accounts/bulk_create", `{}`},
	"POST /accounts/bulk_create 422 [Invalid accounts parameter]":          {"/accounts/bulk_create", `{"accounts":"x"}`},
	"POST /accounts/bulk_create 422 [Too many accounts]":                   {"/accounts/bulk_create", `{"accounts":[{}` + strings.Repeat(",{}", 100) + `]}`},
	"POST /opportunities 422 [Enter a deal name]":                          {"/opportunities", `{"amount":"1"}`},
	"POST /opportunities 422 [Check the entered ID]":                       {"/opportunities", `{"name":"x","account_id":"12345"}`},
	"GET /opportunities/{opportunity_id} 404 [Check the deal ID]":          {"/opportunities/" + nobody, ""},
	"GET /opportunities/{opportunity_id} 422 [Add a deal ID]":              {"/opportunities/opportunity_id", ""},
	"GET /opportunities/{opportunity_id} 422 [Do not have access to deal]": {"/opportunities/" + hiddenDeal, ""},
	"PATCH /opportunities/{opportunity_id} 422 [Check the deal ID]":        {"/opportunities/" + nobody, `{"name":"x"}`},
	"PATCH /fields 403 [CRM mapping is not available over the API]":        {"/fields", `{"fields":[{"id":"` + orderField + `","mapped_crm_field":"x"}]}`},
	"PATCH /fields 422 [Picklist update missing options]":                  {"/fields", `{"fields":[{"id":"` + sourceField + `","picklist_options":[]}]}`},
	"PATCH /fields 422 [Field type change attempted]":                      {"/fields", `{"fields":[{"id":"` + orderField + `","type":"number"}]}`},
	"PATCH /fields 422 [Child field targeted]":                             {"/fields", `{"fields":[{"id":"contact.first_name","label":"x"}]}`},
	"PATCH /fields 422 [Field not found]":                                  {"/fields", `{"fields":[{"id":"opportunity.` + nobody + `","label":"x"}]}`},
	"PATCH /fields 422 [Reserved field name]":                              {"/fields", `{"fields":[{"id":"` + orderField + `","label":"powerup_x"}]}`},
}

// TestDocumentedRefusals provokes every refusal that the documentation has an
// example of: the status, the type and the body are the documented ones.
func TestDocumentedRefusals(t *testing.T) {
	b, err := os.ReadFile("testdata/documented_refusals.json")
	require.NoError(t, err)
	var examples map[string]any
	require.NoError(t, json.Unmarshal(b, &examples))
	for name, want := range examples {
		t.Run(name, func(t *testing.T) {
			parts := strings.SplitN(name, " ", 4)
			method, status, title := parts[0], parts[2], parts[3]
			call, mistaken := documentedMistakes[name]
			if !mistaken {
				call = documented[parts[0]+" "+parts[1]]
			}
			require.NotEmpty(t, call.path, "no request")
			unpaid := title == "[Check Apollo pricing plan]"
			w := newWorld(t, documentedDialect, limits(0, 1, 0), func(o *sandbox.Options) {
				o.Keys = append(o.Keys, sandbox.Key{Secret: "no rights"})
				o.Unpaid = unpaid
				o.Seed.Opportunities[1].Hidden = true
			})
			var header []string
			switch {
			case status == "401":
				header = []string{"x-api-key: "}
			case status == "403" && !unpaid && !mistaken:
				header = []string{"x-api-key: no rights"}
			case status == "429":
				// The limit of the example is 600 an hour; one takes less time.
				want = map[string]any{"message": strings.Replace(want.(map[string]any)["message"].(string), "600 times", "1 times", 1)}
				w.do(method, "/api/v1"+call.path, call.body)
			case status == "500":
				body, err := json.Marshal(want)
				require.NoError(t, err)
				w.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 500, Body: string(body)})
			}
			a := w.do(method, "/api/v1"+call.path, call.body, header...)
			assert.Equal(t, status, strconv.Itoa(a.Status), a.Body)
			if garbled(name) {
				return
			}
			if text, plain := want.(string); plain {
				assert.Equal(t, "text/plain; charset=utf-8", a.Header.Get("content-type"))
				assert.Equal(t, text, a.Body)
				return
			}
			assert.Equal(t, "application/json; charset=utf-8", a.Header.Get("content-type"))
			body, err := json.Marshal(want)
			require.NoError(t, err)
			assert.JSONEq(t, string(body), a.Body)
		})
	}
	for name := range documentedMistakes {
		assert.Contains(t, examples, name)
	}
}

// garbled: the example's sentence has lost its words ("api/v1/fields this api_key").
func garbled(name string) bool { return name == "POST /fields 403 [Need master API key]" }
