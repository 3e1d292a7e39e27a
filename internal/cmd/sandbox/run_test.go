//go:build !js

// The command listens on a real address.

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func noEnv(string) string { return "" }

func TestRun(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		env  func(string) string
		says string
		path string
		want int
	}{
		{"demo", []string{"-key", "K"}, noEnv, "(33 opportunities, 9 accounts)", "/api/v1/opportunity_stages", 200},
		{"key from the environment", nil, func(name string) string { return map[string]string{keyVariable: "K"}[name] }, "(33 opportunities", "/v1/users/search", 200},
		{"generated", []string{"-key", "K", "-opportunities", "1000"}, noEnv, "(1000 opportunities, 130 accounts)", "/v1/opportunities/search", 200},
		{"scoped", []string{"-key", "K", "-scopes", "api/v1/users/search, api/v1/accounts/search"}, noEnv, "", "/v1/opportunities/search", 403},
		{"scope that is there", []string{"-key", "K", "-scopes", "api/v1/users/search"}, noEnv, "", "/v1/users/search", 200},
		{"unpaid", []string{"-key", "K", "-unpaid"}, noEnv, "", "/v1/opportunities/search", 403},
		{"unlimited", []string{"-key", "K", "-plan", "none", "-seed", "7"}, noEnv, "", "/v1/opportunity_pipelines", 200},
		{"another key", []string{"-key", "other"}, noEnv, "", "/v1/users/search", 401},
		{"fault", []string{"-key", "K", "-fault", `{"kind":"status","status":503,"endpoint":"stage.list"}`}, noEnv, "", "/v1/opportunity_stages", 503},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			out, stdout := io.Pipe()
			var stderr bytes.Buffer
			ended := make(chan int, 1)
			go func() {
				ended <- run(ctx, append(c.args, "-addr", "127.0.0.1:0"), c.env, stdout, &stderr)
				_ = stdout.Close()
			}()
			lines := bufio.NewReader(out)
			line, err := lines.ReadString('\n')
			require.NoError(t, err)
			assert.Contains(t, line, c.says)
			base := regexp.MustCompile(`^sandbox: listening on (http://127\.0\.0\.1:[1-9][0-9]*)/api/v1 `).FindStringSubmatch(line)
			require.NotNil(t, base, line)

			request, err := http.NewRequestWithContext(t.Context(), "GET", base[1]+c.path, nil)
			require.NoError(t, err)
			request.Header.Set("x-api-key", "K")
			answer, err := http.DefaultTransport.RoundTrip(request)
			require.NoError(t, err)
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			assert.Equal(t, c.want, answer.StatusCode)

			stop()
			assert.Equal(t, 0, <-ended)
			rest, _ := io.ReadAll(lines)
			assert.Empty(t, string(rest), "one line and no more")
			assert.Empty(t, stderr.String())
		})
	}
}

func TestRunRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"no key", nil, keyVariable},
		{"unknown flag", []string{"-key", "K", "-port", "1"}, "-port"},
		{"an argument", []string{"-key", "K", "serve"}, `"serve"`},
		{"bad address", []string{"-key", "K", "-addr", "8700"}, "host:port"},
		{"taken address", []string{"-key", "K", "-addr", taken.Addr().String()}, "address already in use"},
		{"bad number", []string{"-key", "K", "-opportunities", "many"}, "many"},
		{"negative number", []string{"-key", "K", "-opportunities", "-1"}, "0 or more"},
		{"bad dialect", []string{"-key", "K", "-dialect", "updated_at"}, "created_at"},
		{"bad scope", []string{"-key", "K", "-scopes", "opportunities"}, "deals/api/v1/opportunities/create"},
		{"bad plan", []string{"-key", "K", "-plan", "gold"}, "basic"},
		{"fault that is no JSON", []string{"-key", "K", "-fault", "html"}, "-fault"},
		{"fault that makes no sense", []string{"-key", "K", "-fault", `{"kind":"explode"}`}, "explode"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			assert.Equal(t, 2, run(t.Context(), c.args, noEnv, &stdout, &stderr))
			assert.Empty(t, stdout.String())
			assert.Equal(t, 1, strings.Count(stderr.String(), "\n"), "one line: %s", stderr.String())
			assert.True(t, strings.HasPrefix(stderr.String(), "sandbox: "), stderr.String())
			assert.Contains(t, stderr.String(), c.says)
		})
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, 0, run(t.Context(), []string{"-h"}, noEnv, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "-opportunities")
	assert.Contains(t, stderr.String(), keyVariable)
}
