package sandbox_test

import (
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDemoSeed(t *testing.T) {
	s := sandbox.DemoSeed()
	assert.Len(t, s.Users, 4)
	assert.Len(t, s.Stages, 6)
	assert.Len(t, s.Accounts, 9)
	assert.Len(t, s.Opportunities, 33)

	users, stages, accounts, ids := map[string]bool{"": true}, map[string]bool{"": true}, map[string]bool{"": true}, map[string]bool{}
	domains := map[string]int{}
	for _, u := range s.Users {
		users[u.ID] = true
	}
	for _, stage := range s.Stages {
		stages[stage.ID] = true
	}
	for _, a := range s.Accounts {
		accounts[a.ID] = true
		domains[a.Domain]++
	}
	assert.Equal(t, 2, domains["initech.test"])
	assert.Equal(t, 1, domains["acme.test"])
	of := map[string]int{}
	for _, o := range s.Opportunities {
		assert.True(t, users[o.Owner] && stages[o.Stage] && accounts[o.Account], o.Name)
		assert.False(t, ids[o.ID], o.ID)
		ids[o.ID] = true
		of[o.Account]++
	}
	assert.Equal(t, 4, of[acme])
	assert.Equal(t, 2, of[""])
}

// TestDemoPeopleAndFields: what a form with contacts and custom fields needs.
func TestDemoPeopleAndFields(t *testing.T) {
	s := sandbox.DemoSeed()
	of := map[string]int{}
	for _, c := range s.Contacts {
		of[c.Account]++
	}
	assert.Equal(t, []int{2, 1}, []int{of[acme], of[""]})
	kinds := map[string]string{}
	for _, f := range s.Fields {
		if f.Modality == "opportunity" {
			kinds[f.Type] = f.ID
		}
		assert.Equal(t, f.Type == "picklist", len(f.Options) > 0)
	}
	for _, kind := range []string{"string", "picklist", "number", "date", "boolean"} {
		assert.NotEmpty(t, kinds[kind], kind)
	}
	w := newWorld(t)
	custom := child(t, w.do("GET", "/v1/opportunities/"+rollout, "").opportunity(), "typed_custom_fields")
	assert.Equal(t, map[string]any{kinds["string"]: "PO-4711", kinds["picklist"]: []any{s.Fields[1].Options[1].ID}, kinds["number"]: number("24"), kinds["boolean"]: true}, custom)
	w.do("PATCH", "/v1/opportunities/"+rollout, `{"typed_custom_fields":{"`+kinds["number"]+`":24,"`+kinds["picklist"]+`":["`+s.Fields[1].Options[1].ID+`"]}}`)
	assert.Empty(t, w.Log()[0].Changed, "what is seeded compares with what is sent")
}

func TestWithOpportunities(t *testing.T) {
	demo := sandbox.DemoSeed()
	assert.Equal(t, demo, demo.WithOpportunities(33))
	assert.Equal(t, demo, demo.WithOpportunities(0))

	many := demo.WithOpportunities(1000)
	assert.Equal(t, many, demo.WithOpportunities(1000), "the same every time")
	assert.Equal(t, sandbox.DemoSeed(), demo, "the seed itself does not change")
	require.Len(t, many.Opportunities, 1000)
	assert.Equal(t, demo.Opportunities, many.Opportunities[:33])
	ids, accounts := map[string]bool{}, map[string]bool{}
	for _, o := range many.Opportunities {
		ids[o.ID] = true
		accounts[o.Account] = true
	}
	assert.Len(t, ids, 1000)
	assert.Greater(t, len(accounts), 100)

	bare := sandbox.Seed{}.WithOpportunities(5)
	assert.Len(t, bare.Opportunities, 5)
	assert.Empty(t, bare.Opportunities[0].Owner)
}

// TestTheDemoIsSpread: with many opportunities the demo's are not on one page.
func TestTheDemoIsSpread(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(10_000) })
	first := w.do("GET", list+"?per_page=100", "").rows("opportunities")
	assert.NotContains(t, column(first, "account_id"), acme)
	assert.Len(t, w.do("GET", list+"?q_opportunity_name=acme", "").rows("opportunities"), 4)
}
