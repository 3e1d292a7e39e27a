//go:build !js

package gateway_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
)

// explaining is a database that notes how each statement would be carried out.
type explaining struct {
	gateway.DB
	mu    sync.Mutex
	plans map[string]string // by statement
	count int               // statements in all
}

func (e *explaining) Batch(ctx context.Context, statements ...gateway.Statement) ([]gateway.Result, error) {
	for _, s := range statements {
		plan, err := e.DB.Batch(ctx, gateway.Statement{SQL: "SELECT 1"}, gateway.Statement{SQL: "EXPLAIN QUERY PLAN " + s.SQL + " -- RETURNING", Args: s.Args})
		if err != nil {
			return nil, err
		}
		var lines []string
		for _, row := range plan[1].Rows {
			lines = append(lines, row.Text(3))
		}
		e.mu.Lock()
		e.count++
		e.plans[s.SQL] = strings.Join(lines, "\n")
		e.mu.Unlock()
	}
	return e.DB.Batch(ctx, statements...)
}

// However large the team is, no statement but the pipeline's and the free text's
// goes through all of its rows.
func TestStatementsUseIndexes(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	db := &explaining{DB: w.db, plans: map[string]string{}}
	g := w.gateway(t, func(c *gateway.Config) { c.DB, c.Upstream = db, w.direct() })
	get := func(path string) reply { return w.ask(t, g, gatewaytest.Admin, "GET", path, "", "") }
	walk(t, g)
	id := gatewaytest.NewID()
	require.Equal(t, 201, w.create(t, g, gatewaytest.Write, id, "Planned").status)
	require.Equal(t, 200, w.ask(t, g, gatewaytest.Write, "PATCH", "/v1/opportunities/"+gatewaytest.Seed().Opportunities[0].ID, gatewaytest.NewID(), `{"amount":"1"}`).status)
	for _, path := range []string{
		"/v1/companies/acme.test", "/v1/opportunities", "/v1/opportunities?account=" + gatewaytest.AccountAcme, "/v1/opportunities?stage=" + gatewaytest.AccountAcme,
		"/v1/opportunities?owner=" + gatewaytest.UserJonas, "/v1/opportunities?after=1-" + gatewaytest.AccountAcme, "/v1/audit", "/v1/stages", "/v1/role_types", "/v1/accounts/" + gatewaytest.AccountAcme + "/contacts", "/v1/me", "/v1/operations/" + id,
	} {
		require.Contains(t, []int{200, 201}, get(path).status, path)
	}
	assert.Greater(t, len(db.plans), 20)
	for statement, plan := range db.plans {
		for line := range strings.Lines(plan) {
			line = strings.TrimSpace(line)
			for _, table := range []string{"account", "opportunity", "operation", "audit", "token", "outbox", "budget", "asked"} {
				assert.False(t, strings.HasPrefix(line, "SCAN "+table), "%s\n%s", statement, plan)
			}
			byTeam := strings.HasSuffix(line, "(team=?)") && (strings.Contains(line, " opportunity ") || strings.Contains(line, " account "))
			ordered := strings.Contains(statement, "ORDER BY created_at DESC, id DESC LIMIT ?") && strings.Contains(line, "opportunity_created")
			assert.True(t, !byTeam || ordered, "%s\n%s", statement, plan)
		}
	}

	// The question about a company: who asks, and the company.
	before := db.count
	require.Equal(t, 200, get("/v1/companies/acme.test").status)
	assert.Equal(t, 2, db.count-before, "statements for a company that the index knows")
}
