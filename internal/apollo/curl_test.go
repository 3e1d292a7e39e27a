package apollo_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// TestTheFirstDocumentsRequests sends what curl sends for the requests of the
// document that Apollo's API for opportunities began with, as they stand there:
// its method, address, headers and body, with the key in its header. The sandbox
// answers them in its shape.
func TestTheFirstDocumentsRequests(t *testing.T) {
	s := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: canary, Master: true}}, Clock: clock, Seed: sandbox.DemoSeed(), Dialect: sandbox.DialectCreatedAt,
	})
	seed := sandbox.DemoSeed()
	owner, stage, account := seed.Users[0].ID, seed.Stages[0].ID, seed.Accounts[0].ID
	curl := func(method, path, body string) (int, map[string]any) {
		request := httptest.NewRequest(method, path, strings.NewReader(body))
		for name, value := range map[string]string{
			"Content-Type": "application/json", "Cache-Control": "no-cache", "X-Api-Key": canary, "User-Agent": "curl/8.5.0", "Accept": "*/*",
		} {
			request.Header.Set(name, value)
		}
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, request)
		var answer map[string]any
		require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &answer), recorder.Body.String())
		return recorder.Code, answer
	}
	members := func(answer map[string]any, want ...string) map[string]any {
		opportunity, _ := answer["opportunity"].(map[string]any)
		for _, name := range want {
			assert.Contains(t, opportunity, name)
		}
		return opportunity
	}
	documented := []string{
		"id", "team_id", "owner_id", "salesforce_owner_id", "amount", "closed_date", "account_id", "description", "is_closed", "is_won",
		"name", "stage_name", "opportunity_stage_id", "salesforce_id", "created_at", "existence_level", "opportunity_contact_roles",
	}

	status, answer := curl("POST", "https://app.apollo.io/api/v1/opportunities", `{
    "owner_id":"`+owner+`",
    "name":"Opportunity Name",
    "amount":"200",
    "opportunity_stage_id":"`+stage+`",
    "closed_date":"2020-12-18",
    "account_id":"`+account+`"
}`)
	require.Equal(t, http.StatusOK, status, answer)
	made := members(answer, documented...)
	assert.EqualValues(t, 200, made["amount"])
	assert.Equal(t, "2020-12-18T00:00:00.000+00:00", made["closed_date"])
	assert.Equal(t, "none", made["existence_level"])
	id := made["id"].(string)

	status, answer = curl("GET", "https://api.apollo.io/v1/opportunities/search", "")
	require.Equal(t, http.StatusOK, status, answer)
	assert.Contains(t, answer, "breadcrumbs")
	list := answer["opportunities"].([]any)
	assert.Len(t, list, 25)
	assert.Equal(t, id, list[0].(map[string]any)["id"], "the newest first")
	assert.Equal(t, account, list[0].(map[string]any)["account"].(map[string]any)["id"])

	status, answer = curl("GET", "https://api.apollo.io/v1/opportunities/"+id, "")
	require.Equal(t, http.StatusOK, status, answer)
	assert.Equal(t, "full", members(answer, append(documented, "source", "num_contacts")...)["existence_level"])

	status, answer = curl("PATCH", "https://api.apollo.io/v1/opportunities/"+id, `{
    "name": "Opportunity Name Updated"
}`)
	require.Equal(t, http.StatusOK, status, answer)
	changed := members(answer, documented...)
	assert.Equal(t, "Opportunity Name Updated", changed["name"])
	assert.EqualValues(t, 200, changed["amount"], "all other fields are left untouched")

	t.Run("with the key where it was", func(t *testing.T) {
		for method, path := range map[string]string{"GET": "https://api.apollo.io/v1/opportunities/search?api_key=" + canary, "POST": "https://app.apollo.io/api/v1/opportunities"} {
			recorder := httptest.NewRecorder()
			request := httptest.NewRequest(method, path, strings.NewReader(`{"api_key":"`+canary+`","name":"Opportunity Name"}`))
			request.Header.Set("Content-Type", "application/json")
			s.ServeHTTP(recorder, request)
			assert.Equal(t, http.StatusUnprocessableEntity, recorder.Code)
			assert.Contains(t, recorder.Body.String(), "INVALID_API_KEY_LOCATION")
		}
	})
}
