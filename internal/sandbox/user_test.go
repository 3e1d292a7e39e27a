package sandbox_test

import (
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
)

func TestUsers(t *testing.T) {
	rows := newWorld(t).do("GET", "/v1/users/search", "").rows("users")
	assert.Equal(t, []any{"Dana Whitfield", "Jonas Keller", "Priya Raman", "Mateo Silva"}, column(rows, "name"))
	assert.Equal(t, []any{false, false, false, false}, column(rows, "deleted"))
	fields{"id": dana, "email": "dana@northwind.test", "first_name": "Dana", "created_at": "2023-11-30T11:18:15.455Z"}.check(t, rows[0])
	assert.Greater(t, len(rows[0]), 100)
}

// TestUserPagination: page and per_page come back as they were sent.
func TestUserPagination(t *testing.T) {
	for _, c := range []struct {
		method, query, body string
		page, perPage       any
		pages               string
		rows                int
	}{
		{"GET", "", "", nil, number("25"), "1", 4},
		{"GET", "?page=1", "", "1", number("25"), "1", 4},
		{"GET", "?page=2&per_page=3", "", "2", "3", "2", 1},
		{"GET", "?page=x&per_page=999", "", "x", "999", "1", 4},
		{"POST", "", `{"page":1,"per_page":2}`, number("1"), number("2"), "2", 2},
		{"POST", "", `{"page":null,"per_page":null}`, nil, nil, "1", 4},
		{"POST", "?page=2", `{"per_page":2}`, "2", number("2"), "2", 2},
	} {
		t.Run(c.method+c.query+c.body, func(t *testing.T) {
			a := newWorld(t).do(c.method, "/api/v1/users/search"+c.query, c.body)
			fields{"page": c.page, "per_page": c.perPage, "total_entries": number("4"), "total_pages": number(c.pages)}.
				check(t, child(t, a.object(), "pagination"))
			assert.Len(t, a.rows("users"), c.rows)
		})
	}
}

func TestProfileIsTheLongestStandingAdmin(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) {
		o.Seed.Users[0].Deleted = true
		o.Seed.Users[2].Admin = true
	})
	p := w.do("GET", "/v1/users/api_profile", "").object()
	fields{"first_name": "Priya", "last_name": "Raman", "email": "priya@northwind.test", "team_id": "65f000010000000000000001"}.check(t, p)
	assert.NotContains(t, p, "num_credits_remaining")
	assert.Contains(t, w.do("GET", "/v1/users/api_profile?include_credit_usage=true", "").object(), "num_credits_remaining")
	assert.Equal(t, p["id"], w.do("POST", "/v1/opportunities", `{"name":"x"}`).opportunity()["created_by_id"])
}

func TestATeamOfNobody(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.Seed = sandbox.Seed{} })
	assert.Equal(t, 404, w.do("GET", "/v1/users/api_profile", "").Status)
	assert.Empty(t, w.do("GET", "/v1/users/search", "").rows("users"))
	assert.Empty(t, w.do("GET", "/v1/opportunity_stages", "").rows("opportunity_stages"))
	assert.Empty(t, w.do("GET", list, "").rows("opportunities"))
	o := w.do("POST", "/v1/opportunities", `{"name":"x"}`).opportunity()
	fields{"created_by_id": nil, "opportunity_pipeline_id": nil}.check(t, o)
	assert.Regexp(t, "^[0-9a-f]{24}$", o["team_id"])
}
