//go:build !js

package gateway_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
)

// failing is a database that fails once, at its n-th step: before it is done, or
// after, when nobody learns that it was.
type failing struct {
	gateway.DB
	at    atomic.Int32 // a lease is renewed beside the work
	after atomic.Bool
}

var errDatabase = errors.New("database is locked: secret detail")

func (f *failing) Batch(ctx context.Context, s ...gateway.Statement) ([]gateway.Result, error) {
	now := f.at.Add(-1) == 0
	if now && !f.after.Load() {
		return nil, errDatabase
	}
	results, err := f.DB.Batch(ctx, s...)
	if now {
		return nil, errDatabase
	}
	return results, err
}

// The database fails at every single step of a create, before or after the step
// is done. The rep's program asks again until it has an answer, and Apollo has the
// opportunity once.
func TestDatabaseFailsAtEveryStep(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	fault := &failing{DB: w.db}
	policy := impatient()
	policy.Outbox.Look = 0
	g := w.gateway(t, func(c *gateway.Config) { c.DB, c.Upstream, c.Policy = fault, w.direct(), policy })
	require.Equal(t, 201, w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), "Before").status)
	steps := 0
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			fault.at.Store(int32(at))
			fault.after.Store(after)
			id := gatewaytest.NewID()
			name := "Fails " + id
			r := w.create(t, g, gatewaytest.Write, id, name)
			if fault.at.Load() > 0 {
				require.Equal(t, 201, r.status)
				break // there are no more steps
			}
			steps++
			assert.NotContains(t, r.raw, "secret detail")
			if r.status == 503 && strings.Contains(r.raw, "problem:database") {
				assert.NotEmpty(t, r.header.Get("Retry-After"))
			}
			for range 40 {
				if r.status == 201 {
					break
				}
				assert.Contains(t, []int{202, 503}, r.status, "step %d: %s", at, r.raw)
				w.pass(20 * time.Second)
				r = w.create(t, g, gatewaytest.Write, id, name)
			}
			assert.Equal(t, 201, r.status, "step %d, after %v: %s", at, after, r.raw)
			assert.Equal(t, 1, made(w.Sandbox, name), "step %d, after %v", at, after)
			audit := w.ask(t, g, gatewaytest.Admin, "GET", "/v1/audit?limit=1000", "", "")
			assert.Equal(t, 1, strings.Count(audit.raw, `"operation":"`+id+`"`)-strings.Count(audit.raw, id+`","object":"","fields":"name","result":"uncertain"`)-
				strings.Count(audit.raw, id+`","object":"","fields":"name","result":"queued"`), "rows of the end of step %d, after %v: %s", at, after, audit.raw)
		}
	}
	assert.Greater(t, steps, 20)
}

// dying is a database that is lost for its instance from its n-th step on, as for
// a process that is killed there.
type dying struct {
	gateway.DB
	at int
}

func (d *dying) Batch(ctx context.Context, s ...gateway.Statement) ([]gateway.Result, error) {
	if d.at--; d.at < 0 {
		return nil, errDatabase
	}
	return d.DB.Batch(ctx, s...)
}

// An instance dies at every single step of a create, and the rep never asks again.
// The synchronisation of another finds out what was done; it sends nothing that
// was not sent.
func TestTheSynchronisationTakesOver(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	other := w.gatewayInside(t)
	require.Equal(t, 201, w.create(t, other, gatewaytest.Write, gatewaytest.NewID(), "Before").status)
	sent, found := 0, 0
	for at := 1; ; at++ {
		db := &dying{w.db, at}
		g := w.gateway(t, func(c *gateway.Config) { c.DB, c.Upstream = db, w.direct() })
		id := gatewaytest.NewID()
		name := "Dies " + id
		status := w.create(t, g, gatewaytest.Write, id, name).status
		if db.at >= 0 {
			require.Equal(t, 201, status)
			break
		}
		w.pass(time.Minute)
		for range 3 {
			_, err := other.Sync(t.Context())
			require.NoError(t, err)
			w.pass(time.Minute)
		}
		n := made(w.Sandbox, name)
		assert.LessOrEqual(t, n, 1)
		r := w.ask(t, other, gatewaytest.Write, "GET", "/v1/operations/"+id, "", "")
		if n == 1 {
			sent++
			assert.Equal(t, 201, r.status, "step %d: %s", at, r.raw)
		} else if r.status != 404 {
			found++
			assert.Equal(t, 202, r.status, "step %d: %s", at, r.raw)
		}
		// Whenever the rep asks again, it is done once.
		for range 40 {
			if r = w.create(t, other, gatewaytest.Write, id, name); r.status == 201 {
				break
			}
			w.pass(time.Minute)
		}
		assert.Equal(t, 201, r.status, "step %d: %s", at, r.raw)
		assert.Equal(t, 1, made(w.Sandbox, name), "step %d", at)
	}
	assert.Positive(t, sent)
	assert.Positive(t, found)
	rows, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT count(*) FROM outbox WHERE key LIKE 'entry/%'`}, gateway.Statement{SQL: `SELECT count(*) FROM operation`})
	require.NoError(t, err)
	assert.Less(t, rows[0].Rows[0].Int(0), rows[1].Rows[0].Int(0)/2, "entries that are kept: those that are watched")
	w.pass(100 * 24 * time.Hour)
	for range 10 {
		_, err = other.Sync(t.Context())
		require.NoError(t, err)
		w.pass(12 * time.Hour)
	}
	rows, err = w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT (SELECT count(*) FROM operation), (SELECT count(*) FROM outbox WHERE key LIKE 'entry/%')`})
	require.NoError(t, err)
	assert.Equal(t, gateway.Row{int64(0), int64(0)}, rows[0].Rows[0], "of a hundred days ago")
}

func TestDatabaseIsFull(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	full, err := sqlite.Open(w.path, "max_page_count(1)") // as many as there are
	require.NoError(t, err)
	defer full.Close()
	g := w.gateway(t, func(c *gateway.Config) { c.DB, c.Upstream = full, w.direct() })
	name := strings.Repeat("Full ", 50)
	status := 0
	for range 200 { // what room its pages have is used first
		if status = w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), name+gatewaytest.NewID()[:5]).status; status == 503 || status == 429 {
			break
		}
	}
	require.Equal(t, 503, status)
	assert.Equal(t, 200, w.ask(t, g, gatewaytest.Read, "GET", "/v1/opportunities", "", "").status, "reading goes on")
	there := w.ask(t, g, gatewaytest.Read, "GET", "/health", "", "")
	assert.Equal(t, 200, there.status)
	// With room again it goes on where it was.
	roomy := w.gatewayInside(t)
	w.pass(2 * time.Minute)
	assert.Equal(t, 201, w.create(t, roomy, gatewaytest.Write, gatewaytest.NewID(), "Room again").status)
	ok, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `SELECT integrity_check FROM pragma_integrity_check`})
	require.NoError(t, err)
	assert.Equal(t, "ok", ok[0].Rows[0].Text(0))
}

// Another process writes for a long time.
func TestDatabaseIsLocked(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	hasty, err := sqlite.Open(w.path, "busy_timeout(10)")
	require.NoError(t, err)
	defer hasty.Close()
	g := w.gateway(t, func(c *gateway.Config) { c.DB, c.Upstream = hasty, w.direct() })
	require.Equal(t, 201, w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), "Before").status)
	ended := make(chan error, 1)
	go func() {
		_, err := w.db.Batch(context.Background(), gateway.Statement{SQL: `CREATE TABLE large AS
			WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 800000) SELECT n FROM c`})
		ended <- err
	}()
	id, refused := gatewaytest.NewID(), 0
	for running := true; running; {
		r := w.create(t, g, gatewaytest.Write, id, "Locked out")
		if r.status == 503 && strings.Contains(r.raw, "problem:database") {
			refused++
			assert.NotEmpty(t, r.header.Get("Retry-After"))
		}
		select {
		case err := <-ended:
			require.NoError(t, err)
			running = false
		default:
			time.Sleep(10 * time.Millisecond)
		}
	}
	var r reply
	for range 40 {
		if r = w.create(t, g, gatewaytest.Write, id, "Locked out"); r.status == 201 {
			break
		}
		w.pass(time.Minute)
	}
	assert.Equal(t, 201, r.status, r.raw)
	assert.Positive(t, refused)
	assert.Equal(t, 1, made(w.Sandbox, "Locked out"))
}
