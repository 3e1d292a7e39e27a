//go:build !js

package main_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
)

// as asks a gateway as a rep.
func (w *world) as(t *testing.T, role gatewaytest.Role, method, url, body, id string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+w.Token(role))
	if id != "" {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", id)
	}
	return send(request)
}

// TestTwoIsolates has two Workers over one database, as any number may run in
// production: what decides is in the database, so each sees at once what the other did.
func TestTwoIsolates(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "gateway", "second")
	w.renew(t)
	urls := []string{w.url("gateway"), w.url("second")}

	t.Run("a revocation", func(t *testing.T) {
		for _, url := range urls {
			require.Equal(t, 200, w.as(t, gatewaytest.Write, "GET", url+"/v1/me", "", "").status)
		}
		w.Revoke(gatewaytest.Write)
		for _, url := range urls {
			assert.Equal(t, 401, w.as(t, gatewaytest.Write, "GET", url+"/v1/me", "", "").status)
		}
	})
	t.Run("50 creates with one id", func(t *testing.T) {
		const body = `{"name":"Once"}`
		id := gatewaytest.NewID()
		var group sync.WaitGroup
		for i := range 50 {
			group.Go(func() {
				a := w.as(t, gatewaytest.Colleague, "POST", urls[i%2]+"/v1/opportunities", body, id)
				assert.NoError(t, a.err)
				assert.Contains(t, []int{201, 202, 503}, a.status, a.body)
			})
		}
		group.Wait()
		stored := 0
		for _, entry := range w.Sandbox.Log() {
			if entry.Operation == "opportunity.create" {
				stored++
			}
		}
		assert.Equal(t, 1, stored, "creates that Apollo saw")
		var answers []answer
		for _, url := range urls {
			a := w.as(t, gatewaytest.Colleague, "POST", url+"/v1/opportunities", body, id)
			assert.Equal(t, 201, a.status, a.body)
			answers = append(answers, a)
		}
		assert.Equal(t, answers[0].body, answers[1].body, "the stored answer")
	})
}

// TestManyOpportunities has more than D1 takes as parameters of one statement (100)
// in everything that the scheduled work does.
// https://developers.cloudflare.com/d1/platform/limits/
func TestManyOpportunities(t *testing.T) {
	t.Parallel()
	const many = 430
	w := newWorld(t, "gateway")
	w.renew(t)
	w.Sandbox = w.apollo.renew(gatewaytest.Key, gatewaytest.Seed().WithOpportunities(many))
	for more := true; more; {
		var err error
		more, err = w.sync(t.Context())
		require.NoError(t, err)
	}
	in := func(table, where string) int64 {
		found, err := w.Batch(t.Context(), gateway.Statement{SQL: "SELECT count(*) FROM " + table + " WHERE team = 'northwind' AND " + where})
		require.NoError(t, err)
		return found[0].Rows[0].Int(0)
	}
	assert.Equal(t, int64(many), in("opportunity", "true"))
	require.Equal(t, int64(1), in("walk", "complete > 0 AND page = 0"), "a walk that is complete")

	before := in("walk", "head > 1")
	_, err := w.Batch(t.Context(), gateway.Statement{SQL: "UPDATE walk SET head = 1"}) // the newest are to be read again
	require.NoError(t, err)
	_, err = w.sync(t.Context())
	require.NoError(t, err)
	assert.Equal(t, before, in("walk", "head > 1"))
}

// TestAddresses is the suite's test of addresses but for those that the runtime
// itself makes plain before any program sees them.
func TestAddresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "gateway")
	w.renew(t)
	me := w.as(t, gatewaytest.Admin, "GET", w.URL+"/v1/me", "", "")
	require.Equal(t, 200, me.status)
	for _, path := range []string{"/v1/./me", "/v1/../v1/me", "/v1/opportunities/../me"} {
		assert.Equal(t, me.body, w.as(t, gatewaytest.Admin, "GET", w.URL+path, "", "").body, path)
		assert.Equal(t, 401, w.as(t, gatewaytest.None, "GET", w.URL+path, "", "").status, path)
	}
	for _, path := range []string{
		"/", "/v1", "/v1/me/", "//v1/me", "/v1//me", "/v1/../admin", "/v1/%6de", "/v1/%2e/me", "/v1/me%2f", "/V1/me", "/v1/me;x=1", "/v1/opportunities/%2e%2e",
		"/v1/opportunities/" + strings.ToUpper(gatewaytest.AccountAcme), "/v1/opportunities/" + gatewaytest.AccountAcme + "0", "/v1/operations/x", "/metrics",
		"/sandbox/log", "/api/v1/opportunities/search", "/v1/opportunities/http:%2f%2fevil.test", "/v1/companies/acme.test%00", "/v1/companies/a_b.test",
	} {
		a := w.as(t, gatewaytest.Admin, "GET", w.URL+path, "", "")
		assert.Contains(t, []int{400, 404}, a.status, "%s: %s", path, a.body)
	}
}

// TestNotSetUp: what is missing is said, and nothing else works.
func TestNotSetUp(t *testing.T) {
	t.Parallel()
	f := run(t, worker{Name: "gateway", Dir: built(t, "testdata/suite"), Entry: "entry.js", Bindings: map[string]string{"APOLLO_API_KEY": "a b canary"}})
	a := get(t, f.url("gateway")+"/health")
	assert.Equal(t, 500, a.status)
	assert.Contains(t, a.body, "APOLLO_API_KEY")
	assert.NotContains(t, a.body, "canary")
	assert.Equal(t, "exception", f.scheduled("gateway"))
	assert.NotContains(t, f.log.String(), "canary")
}

// TestProgram holds the client of net/http off the program: it costs 6 MB.
func TestProgram(t *testing.T) {
	t.Parallel()
	named := filepath.Join(t.TempDir(), "worker.wasm")
	compile := exec.Command("go", "build", "-o", named, ".")
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := compile.CombinedOutput()
	require.NoError(t, err, "%s", output)
	program, err := os.ReadFile(named)
	require.NoError(t, err)
	require.True(t, bytes.Contains(program, []byte("net_http.")), "it has the names of its functions")
	for _, name := range []string{"net_http.__Client_", "net_http.__Transport_", "crypto_tls.__Conn_", "database_sql."} {
		assert.False(t, bytes.Contains(program, []byte(name)), name)
	}
}

// TestWrangler has the tool that deploys look at what was built, make the tables
// and run a token's statements, as it does for a real database.
func TestWrangler(t *testing.T) {
	t.Parallel()
	wrangler := func(args ...string) string {
		command := exec.Command("node", append([]string{"node_modules/wrangler/bin/wrangler.js", "--config", "../build/web/wrangler.jsonc"}, args...)...)
		// It would say how it is used, and look whether there is a newer one.
		command.Env = append(os.Environ(), "WRANGLER_SEND_METRICS=false", "npm_registry=http://127.0.0.1:9/", "TMPDIR="+t.TempDir(),
			"XDG_CONFIG_HOME="+t.TempDir(), "WRANGLER_LOG_PATH="+t.TempDir(), "CI=true", "NO_COLOR=1")
		output, err := command.CombinedOutput()
		require.NoError(t, err, "%s", output)
		return string(output)
	}
	said := wrangler("deploy", "--dry-run")
	assert.Contains(t, said, "gzip:")
	assert.Contains(t, said, "env.DB")
	assert.NotContains(t, said, "update available")
	t.Log(said)

	state, statements := t.TempDir(), filepath.Join(t.TempDir(), "token.sql")
	wrangler("d1", "migrations", "apply", "DB", "--local", "--persist-to", state)
	token := exec.Command("go", "run", "../internal/cmd/gateway", "token", "add", "-sql", "-rep", "ann", "-user", string(gatewaytest.UserJonas), "-scope", "write")
	var secret bytes.Buffer
	token.Stderr = &secret
	sql, err := token.Output()
	require.NoError(t, err, "%s", secret.String())
	require.NoError(t, os.WriteFile(statements, sql, 0o600))
	wrangler("d1", "execute", "DB", "--local", "--persist-to", state, "--file", statements)

	own := worker{Name: "gateway", Dir: built(t, "testdata/suite"), Entry: "entry.js", Bindings: map[string]string{"APOLLO_API_KEY": "key-of-nobody"}}
	deployed, ours := runOver(t, filepath.Join(state, "v3", "d1"), own), run(t, own)
	request, err := http.NewRequestWithContext(t.Context(), "GET", deployed.url("gateway")+"/v1/me", nil)
	require.NoError(t, err)
	line, _, _ := strings.Cut(secret.String(), "\n")
	request.Header.Set("Authorization", "Bearer "+line)
	a := send(request)
	assert.Equal(t, 200, a.status, a.body)
	assert.Contains(t, a.body, `"rep":"ann"`)

	ours.migrate()
	assert.Equal(t, ours.schema(), deployed.schema())
}
