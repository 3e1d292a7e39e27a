package sandbox_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
)

const list = "/v1/opportunities/search"

func manyOpportunities(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(250) }

func TestPages(t *testing.T) {
	for _, c := range []struct {
		query, body                   string
		page, perPage, rows, allPages int
	}{
		{"", "", 1, 25, 25, 10},
		{"?page=2", "", 2, 25, 25, 10},
		{"?per_page=100", "", 1, 100, 100, 3},
		{"?page=3&per_page=100", "", 3, 100, 50, 3},
		{"?page=4&per_page=100", "", 4, 100, 0, 3},
		{"?page=99999999999&per_page=100", "", 99999999999, 100, 0, 3},
		{"?per_page=500", "", 1, 100, 100, 3},
		{"?per_page=0", "", 1, 25, 25, 10},
		{"?per_page=-3&page=-1", "", 1, 25, 25, 10},
		{"?per_page=x&page=x", "", 1, 25, 25, 10},
		{"?per_page=250&page=1.5", "", 1, 100, 100, 3},
		{"", `{"page":2,"per_page":60}`, 2, 60, 60, 5},
		{"", `{"page":"2","per_page":"60"}`, 2, 60, 60, 5},
		{"?page=1&page=2", "", 2, 25, 25, 10},
		{"?per_page=10", `{"page":3}`, 3, 10, 10, 25},
		{"?page=9", `{"page":1}`, 1, 25, 25, 10},
		{"", `[]`, 1, 25, 25, 10},
	} {
		t.Run(c.query+c.body, func(t *testing.T) {
			w := newWorld(t, manyOpportunities)
			methods := []string{"GET", "POST"}
			if c.body != "" {
				methods = methods[1:]
			}
			for _, method := range methods {
				a := w.do(method, list+c.query, c.body)
				fields{
					"page": number(fmt.Sprint(c.page)), "per_page": number(fmt.Sprint(c.perPage)),
					"total_entries": number("250"), "total_pages": number(fmt.Sprint(c.allPages)),
				}.check(t, child(t, a.object(), "pagination"))
				assert.Len(t, a.rows("opportunities"), c.rows)
			}
		})
	}
}

func TestAllPagesTogetherAreEverythingOnceNewestFirst(t *testing.T) {
	w := newWorld(t, manyOpportunities)
	var created []string
	seen := map[any]bool{}
	for page := 1; page <= 9; page++ {
		for _, o := range w.do("GET", fmt.Sprintf("%s?page=%d&per_page=30", list, page), "").rows("opportunities") {
			created = append(created, o["opportunity_created_at"].(string))
			seen[o["id"]] = true
		}
	}
	assert.Len(t, seen, 250)
	assert.Len(t, created, 250)
	for i := 1; i < len(created); i++ {
		assert.LessOrEqual(t, created[i], created[i-1])
	}
}

func TestANewOpportunityComesFirst(t *testing.T) {
	w := newWorld(t, manyOpportunities)
	for _, name := range []string{"one", "two", "three"} {
		w.clock.pass(time.Second)
		w.do("POST", "/v1/opportunities", `{"name":"`+name+`"}`)
	}
	rows := w.do("GET", list+"?per_page=3", "").rows("opportunities")
	assert.Equal(t, []any{"three", "two", "one"}, column(rows, "name"))
	assert.Equal(t, []any{"full", "full", "full"}, column(rows, "existence_level"))
	for _, o := range rows {
		assert.NotContains(t, o, "account", "no account is set")
		assert.NotContains(t, o, "num_contacts", "a view has it only")
	}
}

func TestFilters(t *testing.T) {
	const all = 33
	for _, c := range []struct {
		name, query, body string
		want              int
	}{
		{"nothing", "", "", all},
		{"name", "?q_opportunity_name=acme", "", 4},
		{"name in another case", "", `{"q_opportunity_name":"ACME ROLL"}`, 2},
		{"name with an umlaut", "?q_opportunity_name=MÜLLER", "", 3},
		{"part of a word", "?q_opportunity_name=ooli", "", 4},
		{"name that nobody has", "?q_opportunity_name=zzz", "", 0},
		{"name across two rows", "?q_opportunity_name=phase+2%00globex", "", 0},
		{"blank name", "?q_opportunity_name=+", "", all},
		{"stage", "?opportunity_stage_ids[]=" + closedWon, "", 4},
		{"stages", "", `{"opportunity_stage_ids":["` + closedWon + `","` + qualify + `"]}`, 12},
		{"stage and name", "?q_opportunity_name=acme&opportunity_stage_ids[]=" + closedWon, "", 1},
		{"no stages", "", `{"opportunity_stage_ids":[]}`, all},
		{"q_keywords", "?q_keywords=nonsense", "", all},
		{"q_keywords in a body", "", `{"q_keywords":"nonsense"}`, all},
		{"one stage by the other name", "?opportunity_stage_id=" + closedWon, "", all},
		{"account", "", `{"account_id":"` + acme + `"}`, all},
		{"owner", "?owner_id=" + dana, "", all},
		{"malformed filters", "?owner_id=1&account_id=2", "", all},
		{"what nobody has heard of", "", `{"anything":{"at":["all"]}}`, all},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			method := "GET"
			if c.body != "" {
				method = "POST"
			}
			a := w.do(method, list+c.query, c.body)
			assert.Equal(t, number(fmt.Sprint(c.want)), child(t, a.object(), "pagination")["total_entries"])
			assert.Len(t, a.rows("opportunities"), min(c.want, 25))
			assert.Equal(t, []any{}, a.object()["breadcrumbs"])
			if c.want == 0 {
				assert.Equal(t, number("0"), child(t, a.object(), "pagination")["total_pages"])
			}
		})
	}
}

func TestFilteredPages(t *testing.T) {
	w := newWorld(t)
	names := func(query string) []any {
		return column(w.do("GET", list+"?q_opportunity_name=acme&per_page=3"+query, "").rows("opportunities"), "name")
	}
	assert.Equal(t, []any{"Acme training days", "Acme support renewal", "Acme rollout, phase 2"}, names(""))
	assert.Equal(t, []any{"Acme rollout, phase 1"}, names("&page=2"))
	assert.Empty(t, names("&page=3"))
}

func TestARenamedOpportunityIsFoundByItsNewName(t *testing.T) {
	w := newWorld(t)
	find := func(name string) int {
		return len(w.do("GET", list+"?q_opportunity_name="+name, "").rows("opportunities"))
	}
	assert.Equal(t, 2, find("rollout"))
	w.do("PATCH", "/v1/opportunities/"+rollout, `{"name":"Zebra crossing"}`)
	w.do("POST", "/v1/opportunities", `{"name":"Zebra stripes"}`)
	assert.Equal(t, 1, find("rollout"))
	assert.Equal(t, 2, find("zebra"))
	w.do("PATCH", "/v1/opportunities/"+rollout, `{"name":"Okapi"}`)
	w.do("PATCH", "/v1/opportunities/"+unowned, `{"name":"Okapi's"}`)
	assert.Equal(t, []int{1, 2}, []int{find("zebra"), find("okapi")})
}

func TestTheStageFilterFollowsWrites(t *testing.T) {
	w := newWorld(t)
	of := func(stage string) int {
		return len(w.do("GET", list+"?per_page=100&opportunity_stage_ids[]="+stage, "").rows("opportunities"))
	}
	before := []int{of(closedWon), of(qualify), of(nobody)}
	w.do("PATCH", "/v1/opportunities/"+rollout, `{"opportunity_stage_id":"`+closedWon+`"}`)
	w.do("PATCH", "/v1/opportunities/"+unowned, `{"opportunity_stage_id":"`+nobody+`"}`)
	w.do("POST", "/v1/opportunities", `{"name":"x","opportunity_stage_id":"`+qualify+`"}`)
	assert.Equal(t, []int{before[0] + 1, before[1] + 1, before[2] + 1}, []int{of(closedWon), of(qualify), of(nobody)})
}

func TestAccountFilterWhereItIsHonoured(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) { o.HonourAccountFilter = true })
	for _, body := range []string{
		`{"account_id":"` + acme + `"}`, `{"account_ids":["` + acme + `"]}`, `{"account_id":["` + acme + `","` + nobody + `"]}`,
	} {
		rows := w.do("POST", list, body).rows("opportunities")
		assert.Equal(t, []any{acme, acme, acme, acme}, column(rows, "account_id"), body)
	}
	assert.Empty(t, w.do("GET", list+"?account_id="+nobody, "").rows("opportunities"))
	assert.Len(t, w.do("POST", list, `{}`).rows("opportunities"), 25)
}

func TestSorting(t *testing.T) {
	for _, c := range []struct {
		query       string
		field       string
		first, last any
	}{
		{"sort_by_field=amount", "amount", number("210000"), nil},
		{"sort_by_field=amount&sort_ascending=true", "amount", nil, number("210000")},
		{"sort_by_field=is_closed", "is_closed", true, nil},
		{"sort_by_field=is_won", "is_won", true, nil},
		{"sort_by_field=closed_date", "closed_date", "2026-09-25T00:00:00.000+00:00", nil},
		{"sort_by_field=opportunity_created_at&sort_ascending=true", "opportunity_created_at", "2025-07-12T11:18:15.455+00:00", "2026-05-17T11:18:15.455+00:00"},
		{"sort_ascending=true", "name", "Müller Filiale Süd", "Initech printers"},
	} {
		t.Run(c.query, func(t *testing.T) {
			rows := newWorld(t).do("GET", list+"?per_page=100&"+c.query, "").rows("opportunities")
			assert.Len(t, rows, 33)
			assert.Equal(t, c.first, rows[0][c.field])
			if c.last != nil {
				assert.Equal(t, c.last, rows[32][c.field])
			}
		})
	}
}

// TestSortedPagesTogetherAreTheWholeOrder: every page is cut out of one order.
func TestSortedPagesTogetherAreTheWholeOrder(t *testing.T) {
	w := newWorld(t, limits(0, 0, 0), func(o *sandbox.Options) { o.Seed = o.Seed.WithOpportunities(700) })
	for _, field := range []string{"amount", "is_won", "closed_date", "opportunity_created_at", "opportunity_updated_at"} {
		read := func(perPage, query string) (ids []any) {
			for page := 1; ; page++ {
				rows := w.do("GET", fmt.Sprintf("%s?sort_by_field=%s&page=%d&per_page=%s%s", list, field, page, perPage, query), "").rows("opportunities")
				if len(rows) == 0 {
					return ids
				}
				ids = append(ids, column(rows, "id")...)
			}
		}
		descending := read("100", "")
		assert.Len(t, descending, 700)
		assert.Equal(t, descending, read("7", ""), field)
		ascending := read("90", "&sort_ascending=true")
		slices.Reverse(ascending)
		assert.Equal(t, descending, ascending, field)
	}
	var amounts []float64
	for page := range 7 {
		for _, o := range w.do("GET", fmt.Sprintf("%s?sort_by_field=amount&per_page=100&page=%d", list, page+1), "").rows("opportunities") {
			amount := 0.0
			if n, ok := o["amount"].(json.Number); ok {
				amount, _ = n.Float64()
			}
			amounts = append(amounts, -amount)
		}
	}
	assert.True(t, slices.IsSorted(amounts))
}

func TestSortingFollowsWrites(t *testing.T) {
	w := newWorld(t)
	first := func() any {
		return w.do("GET", list+"?sort_by_field=amount&per_page=1", "").rows("opportunities")[0]["name"]
	}
	assert.Equal(t, "Hooli campus", first())
	w.do("POST", "/v1/opportunities", `{"name":"Largest","amount":"999999"}`)
	assert.Equal(t, "Largest", first())
	w.do("PATCH", "/v1/opportunities/"+rollout, `{"amount":"1000000"}`)
	assert.Equal(t, "Acme rollout, phase 2", first())
}

func TestOfEqualsTheNewestComesFirst(t *testing.T) {
	for _, field := range []string{"is_closed", "is_won"} {
		rows := newWorld(t).do("GET", list+"?per_page=100&sort_by_field="+field, "").rows("opportunities")
		for i := 1; i < len(rows); i++ {
			before, row := rows[i-1], rows[i]
			if before[field] == row[field] {
				assert.GreaterOrEqual(t, before["opportunity_created_at"], row["opportunity_created_at"])
			} else {
				assert.NotEqual(t, true, row[field], "what is so comes before what is not")
			}
		}
	}
}

func TestUnknownSort(t *testing.T) {
	a := newWorld(t).do("GET", list+"?sort_by_field=name", "")
	assert.Equal(t, 422, a.Status)
	assert.Equal(t, `{"error":"Invalid sort criteria","skip_alert_dialog":true}`, a.Body)
}
