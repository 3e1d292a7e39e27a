//go:build !js

package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
)

// shrinking is an Apollo whose list of opportunities is what the test says.
type shrinking struct {
	direct
	ids     []string
	between func(page int) // runs after a page was given
}

// Do implements [apollo.Transport].
func (s *shrinking) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	reply := func(status int, body string) (apollo.Response, error) {
		return apollo.Response{Status: status, Header: map[string]string{"content-type": "application/json"}, Body: []byte(body)}, nil
	}
	if id, one := strings.CutPrefix(r.Path, "/opportunities/"); one && id != "search" {
		for _, there := range s.ids {
			if there == id {
				return reply(200, `{"opportunity":{"id":"`+id+`","name":"O"}}`)
			}
		}
		return reply(404, `{"status":404,"error":"Not Found"}`)
	}
	if r.Path != "/opportunities/search" {
		return s.direct.Do(ctx, r)
	}
	var asked struct{ Page int }
	if err := json.Unmarshal(r.Body, &asked); err != nil {
		return apollo.Response{}, err
	}
	var rows bytes.Buffer
	from, to := min((asked.Page-1)*100, len(s.ids)), min(asked.Page*100, len(s.ids))
	for i, id := range s.ids[from:to] {
		rows.WriteString(strings.Repeat(",", min(i, 1)) + `{"id":"` + id + `","name":"O"}`)
	}
	total := len(s.ids)
	s.between(asked.Page)
	return reply(200, fmt.Sprintf(`{"opportunities":[%s],"pagination":{"page":%d,"per_page":100,"total_entries":%d,"total_pages":%d}}`, rows.String(), asked.Page, total, (total+99)/100))
}

// What is deleted while the list is read pulls the rest onto pages that were read
// already. Nothing of it is missed, and what was deleted goes.
func TestWalkWhileOthersDelete(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	s := &shrinking{direct: w.direct()}
	for i := range 500 {
		s.ids = append(s.ids, fmt.Sprintf("65f0ffff0000000000%06x", i))
	}
	deleted := map[string]bool{}
	s.between = func(page int) {
		if page%2 == 0 && len(deleted) < 260 { // 130 of those that were read
			for _, id := range s.ids[:130] {
				deleted[id] = true
			}
			s.ids = s.ids[130:]
		}
	}
	g := w.gateway(t, func(c *gateway.Config) { c.Upstream = s })
	walk(t, g)
	rows, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT id FROM opportunity WHERE team = 'northwind' ORDER BY id`})
	require.NoError(t, err)
	var there []string
	for _, row := range rows[0].Rows {
		there = append(there, row.Text(0))
	}
	assert.Len(t, deleted, 260)
	for _, id := range s.ids {
		assert.Contains(t, there, id, "it is in Apollo")
	}
	w.pass(25 * time.Hour)
	s.between = func(int) {}
	for range 3 { // it asks about as many in a minute as the budget allows
		walk(t, g)
		w.pass(2 * time.Minute)
	}
	rows, err = w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT count(*) FROM opportunity WHERE team = 'northwind'`})
	require.NoError(t, err)
	assert.EqualValues(t, len(s.ids), rows[0].Rows[0].Int(0), "and nothing else is left")
}
