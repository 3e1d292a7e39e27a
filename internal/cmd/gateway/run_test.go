//go:build !js

// The command listens on a real address.

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const (
	secretKey = "canary-key-5Tz-of-the-command"
	jonas     = "65f000020000000000000002"
)

// locked is a buffer for two goroutines.
type locked struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.String()
}

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

// started is a gateway that the command serves.
type started struct {
	url, metrics string
	stderr       *locked
	stop         func() int
}

func start(t *testing.T, args []string, environment func(string) string) started {
	ctx, stop := context.WithCancel(t.Context())
	out, stdout := io.Pipe()
	s := started{stderr: &locked{}}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "-addr", "127.0.0.1:0", "-metrics", "127.0.0.1:0", "-sync", "50ms"}, args...), environment, stdout, s.stderr)
		_ = stdout.Close()
	}()
	lines := bufio.NewReader(out)
	for _, to := range []*string{&s.url, &s.metrics} {
		line, err := lines.ReadString('\n')
		require.NoError(t, err, s.stderr.String())
		*to = regexp.MustCompile(`http://127\.0\.0\.1:[1-9][0-9]*`).FindString(line)
		require.NotEmpty(t, *to, line)
	}
	s.stop = func() int {
		stop()
		return <-ended
	}
	return s
}

func ask(t *testing.T, method, url, token, body string, header ...string) (int, string) {
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	if token != "" {
		request.Header.Set("authorization", "Bearer "+token)
	}
	if body != "" {
		request.Header.Set("content-type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(content)
}

// From nothing to an opportunity in three commands; and a look at all that was
// left behind.
func TestServe(t *testing.T) {
	apollo := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: secretKey, Master: true}}, Seed: sandbox.DemoSeed()})
	upstream := httptest.NewServer(apollo)
	defer upstream.Close()
	db := filepath.Join(t.TempDir(), "dealmark.db")
	key := env(map[string]string{keysVariable: secretKey})

	var out, errs bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"tag", "-upstream", upstream.URL + "/api/v1"}, key, &out, &errs), errs.String())
	require.Equal(t, 0, run(t.Context(), []string{"tag", "-upstream", upstream.URL + "/api/v1"}, key, &out, &errs), errs.String())
	assert.Contains(t, out.String(), "already", "the field is made once")

	out.Reset()
	require.Equal(t, 0, run(t.Context(), []string{"token", "add", "-db", db, "-rep", "jonas", "-user", jonas}, key, &out, &errs), errs.String())
	token := strings.TrimSpace(out.String())
	require.True(t, gateway.IsToken(token), "the token alone is on the standard output")

	g := start(t, []string{"-db", db, "-upstream", upstream.URL + "/api/v1"}, key)
	status, said := ask(t, "GET", g.url+"/v1/me", token, "")
	assert.Equal(t, 200, status, said)
	id := strings.Repeat("0a", 16)
	status, said = ask(t, "POST", g.url+"/v1/opportunities", token, `{"name":"From the command"}`, "idempotency-key", id)
	assert.Equal(t, 201, status, said)
	status, _ = ask(t, "GET", g.url+"/v1/me", "dmk_nobody", "")
	assert.Equal(t, 401, status)
	tagged := false
	for _, e := range apollo.Log() {
		if e.Operation == "opportunity.create" && e.Stored {
			tagged = strings.Contains(string(must(json.Marshal(e.Fields["typed_custom_fields"]))), id)
		}
	}
	assert.True(t, tagged, "the operation's id is stamped on the opportunity")

	status, said = ask(t, "GET", g.metrics+"/metrics", "", "")
	assert.Equal(t, 200, status)
	for _, line := range []string{
		`dealmark_requests_total{route="POST /v1/opportunities",status="201",problem=""} 1`,
		`dealmark_requests_total{route="GET /v1/me",status="401",problem="token"} 1`,
		`dealmark_request_seconds_count{route="GET /v1/me"} 2`, `dealmark_panics_total 0`,
	} {
		assert.Contains(t, said, line+"\n")
	}
	assert.Regexp(t, `dealmark_upstream_requests_total\{team="team"\} [1-9]`, said)
	status, _ = ask(t, "GET", g.url+"/metrics", token, "")
	assert.Equal(t, 404, status, "not where reps ask")

	out.Reset()
	require.Equal(t, 0, run(t.Context(), []string{"token", "rotate", "-db", db, "-rep", "jonas"}, key, &out, &errs), errs.String())
	second := strings.TrimSpace(out.String())
	for _, live := range []string{token, second} {
		status, _ = ask(t, "GET", g.url+"/v1/me", live, "")
		assert.Equal(t, 200, status, "both live for a day")
	}
	out.Reset()
	require.Equal(t, 0, run(t.Context(), []string{"token", "list", "-db", db}, key, &out, &errs))
	assert.Regexp(t, `(?s)jonas.*until.*jonas.*lives`, out.String())
	require.Equal(t, 0, run(t.Context(), []string{"token", "revoke", "-db", db, "-rep", "jonas"}, key, io.Discard, &errs))
	for _, dead := range []string{token, second} {
		status, _ = ask(t, "GET", g.url+"/v1/me", dead, "")
		assert.Equal(t, 401, status)
	}
	assert.Equal(t, 0, g.stop(), g.stderr.String())
	lines := 0
	for line := range strings.Lines(g.stderr.String()) {
		lines++
		assert.True(t, json.Valid([]byte(line)), line)
	}
	assert.Greater(t, lines, 5)
	left := g.stderr.String() + out.String() + errs.String()
	for _, end := range []string{"", "-wal"} {
		content, _ := os.ReadFile(db + end)
		left += string(content)
	}
	for _, secret := range []string{secretKey, token, second} {
		assert.NotContains(t, left, secret)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// Told to end, it answers what is under way, and its file is closed whole.
func TestServeEndsGracefully(t *testing.T) {
	apollo := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: secretKey, Master: true}}, Seed: sandbox.DemoSeed()})
	upstream := httptest.NewServer(apollo)
	defer upstream.Close()
	db := filepath.Join(t.TempDir(), "dealmark.db")
	key := env(map[string]string{keysVariable: "team " + secretKey + "\n# another\nsouth other-key\n"})
	var out bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"token", "add", "-db", db, "-rep", "jonas", "-user", jonas}, key, &out, io.Discard))
	g := start(t, []string{"-db", db, "-upstream", upstream.URL + "/api/v1", "-sync", "1h"}, key)
	apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultDelay, Delay: sandbox.Duration(500 * time.Millisecond)})
	answered := make(chan int, 1)
	go func() {
		status, _ := ask(t, "POST", g.url+"/v1/opportunities", strings.TrimSpace(out.String()), `{"name":"At the end"}`, "idempotency-key", strings.Repeat("0b", 16))
		answered <- status
	}()
	require.Eventually(t, func() bool {
		for _, r := range apollo.Requests() {
			if r.Operation == "opportunity.create" {
				return true
			}
		}
		return false
	}, 10*time.Second, 5*time.Millisecond)
	assert.Equal(t, 0, g.stop(), g.stderr.String())
	assert.Equal(t, 201, <-answered)
	_, err := os.Stat(db + "-wal")
	assert.ErrorIs(t, err, os.ErrNotExist, "the last one out has put the log into the file")
}

// Statements for another database do there what the command does to its own.
func TestTokenAsSQL(t *testing.T) {
	var statements, errs bytes.Buffer
	none := env(nil)
	require.Equal(t, 0, run(t.Context(), []string{"token", "add", "-sql", "-team", "northwind", "-rep", "o-neill", "-user", jonas, "-scope", "admin"}, none, &statements, &errs), errs.String())
	token, _, _ := strings.Cut(errs.String(), "\n")
	require.True(t, gateway.IsToken(token))
	assert.NotContains(t, statements.String(), token)

	db, err := sqlite.Open(filepath.Join(t.TempDir(), "other.db"))
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, gateway.Migrate(t.Context(), db))
	_, err = db.Batch(t.Context(), gateway.Statement{SQL: strings.TrimSuffix(strings.TrimSpace(statements.String()), ";")})
	require.NoError(t, err)
	list, err := gateway.Reps{DB: db}.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, gateway.Rep{Team: "northwind", Name: "o-neill", UserID: jonas, Scope: gateway.ScopeAdmin}, list[0].Rep)
}

func TestRunRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	db := filepath.Join(t.TempDir(), "x.db")
	keys := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(keys, []byte("one "+secretKey+" more\n"), 0o600))
	key := env(map[string]string{keysVariable: secretKey})
	for _, c := range []struct {
		name   string
		args   []string
		env    func(string) string
		status int
		says   string
	}{
		{"nothing", nil, key, 2, "usage:"},
		{"no such command", []string{"run"}, key, 2, "usage:"},
		{"no key", []string{"serve", "-db", db}, env(nil), 2, keysVariable},
		{"no key anywhere", []string{"serve", "-db", db, "-keys", db + "nowhere"}, key, 1, "no such file"},
		{"a bad line of keys", []string{"serve", "-db", db, "-keys", keys}, key, 2, "line 1"},
		{"a readable address", []string{"serve", "-db", db, "-addr", "0.0.0.0:0"}, key, 2, "readable"},
		{"no address", []string{"serve", "-db", db, "-addr", "8787"}, key, 2, "host:port"},
		{"a taken address", []string{"serve", "-db", db, "-addr", taken.Addr().String()}, key, 1, "address already in use"},
		{"a readable upstream", []string{"serve", "-db", db, "-upstream", "http://example.com"}, key, 2, "https://"},
		{"an extension that is none", []string{"serve", "-db", db, "-extensions", "*"}, key, 2, "extension"},
		{"an argument", []string{"serve", "now"}, key, 2, `"now"`},
		{"no interval", []string{"serve", "-db", db, "-sync", "0s"}, key, 2, "-sync"},
		{"no database", []string{"serve", "-db", t.TempDir()}, key, 1, "cannot be"},
		{"no rep", []string{"token", "add", "-db", db}, key, 2, "-rep"},
		{"a bad rep", []string{"token", "add", "-db", db, "-rep", "Jonas K", "-user", jonas}, key, 1, "lower-case"},
		{"a bad user", []string{"token", "add", "-db", db, "-rep", "jonas", "-user", "jonas"}, key, 1, "24 hexadecimal"},
		{"a bad scope", []string{"token", "add", "-db", db, "-rep", "jonas", "-user", jonas, "-scope", "root"}, key, 1, "scope"},
		{"no token verb", []string{"token", "make", "-db", db, "-rep", "jonas"}, key, 2, "add, list"},
		{"nobody to rotate", []string{"token", "rotate", "-db", db, "-rep", "nobody"}, key, 1, "no token"},
		{"nobody to revoke", []string{"token", "revoke", "-db", db, "-rep", "nobody"}, key, 1, "no token"},
		{"no database for a token", []string{"token", "list"}, key, 2, "-db"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			assert.Equal(t, c.status, run(t.Context(), c.args, c.env, &stdout, &stderr))
			assert.Contains(t, stderr.String(), c.says)
			assert.NotContains(t, stderr.String(), secretKey)
			assert.Empty(t, stdout.String())
		})
	}
}
