//go:build !js

// A browser's engine has no sockets of its own to reset.

package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// send makes one request over a real connection.
func send(t *testing.T, ctx context.Context, base, method, path, body string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, base+path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("x-api-key", key)
	r.Header.Set("content-type", "application/json")
	return (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
}

func serve(t *testing.T) (*world, string) {
	w := newWorld(t)
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	return w, server.URL
}

func TestResets(t *testing.T) {
	for _, c := range []struct {
		name   string
		fault  sandbox.Fault
		stored int
	}{
		{"before the commit", sandbox.Fault{Kind: sandbox.FaultReset}, 0},
		{"after the commit", sandbox.Fault{Kind: sandbox.FaultReset, AfterCommit: true}, 1},
		{"late", sandbox.Fault{Kind: sandbox.FaultLate, Delay: sandbox.Duration(time.Hour)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, base := serve(t)
			w.SetFault(c.fault)
			_, err := send(t, t.Context(), base, "POST", "/v1/opportunities", deal)
			require.Error(t, err)
			assert.True(t, errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF), err)
			assert.Equal(t, c.stored, w.stored())
		})
	}
}

// TestLateCommitOverASocket: the connection breaks, the write comes minutes later.
func TestLateCommitOverASocket(t *testing.T) {
	var passed atomic.Int64
	w := newWorld(t, func(o *sandbox.Options) {
		o.Clock = func() time.Time { return start.Add(time.Duration(passed.Load())) }
	})
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	w.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultLate, Delay: sandbox.Duration(4 * time.Minute), Times: 1})
	_, err := send(t, t.Context(), server.URL, "POST", "/v1/opportunities", deal)
	require.Error(t, err)
	found := func() bool {
		r, err := send(t, t.Context(), server.URL, "GET", list+"?q_opportunity_name=Deal", "")
		require.NoError(t, err)
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		return strings.Contains(string(body), `"name":"Deal"`)
	}
	passed.Store(int64(4*time.Minute - time.Millisecond))
	assert.False(t, found())
	passed.Store(int64(5 * time.Minute))
	assert.True(t, found())
	assert.Equal(t, start.Add(4*time.Minute), w.Log()[0].Time)
}

// TestAnswersOverASocket are the faults that come as whole answers.
func TestAnswersOverASocket(t *testing.T) {
	for _, c := range []struct {
		fault  string
		status int
		header string
		body   string
		stored int
	}{
		{`{"kind":"status","status":503,"times":1}`, 503, "application/json; charset=utf-8", "", 0},
		{`{"kind":"status","status":502,"body":"Bad gateway","content_type":"text/plain","after_commit":true,"times":1}`, 502, "text/plain", "Bad gateway", 1},
		{`{"kind":"html","times":1}`, 200, "text/html; charset=utf-8", "<!doctype html>", 0},
		{`{"kind":"empty","status":204,"after_commit":true,"times":1}`, 204, "application/json; charset=utf-8", "", 1},
		{`{"kind":"rate_limit","retry_after":30,"times":1}`, 429, "application/json; charset=utf-8", `{"message":`, 0},
		{`{"kind":"wrong_type","times":1}`, 200, "application/json; charset=utf-8", `{"opportunity":[`, 1},
		{`{"kind":"cross","times":1}`, 200, "application/json; charset=utf-8", `{"opportunity":{"id":"65f00006`, 1},
		{`{"kind":"ignore","fields":["amount"],"times":1}`, 200, "application/json; charset=utf-8", `{"opportunity":{"id":"6a0af577`, 1},
		{`{"kind":"drop","times":1}`, 200, "application/json; charset=utf-8", `{"opportunity":{"id":"6a0af577`, 0},
		{`{"kind":"delay","delay":"1ms","times":1}`, 200, "application/json; charset=utf-8", `{"opportunity":{"id":"6a0af577`, 1},
		{`{"kind":"lag","delay":"1m","times":1}`, 200, "application/json; charset=utf-8", `{"opportunity":{"id":"6a0af577`, 1},
	} {
		t.Run(c.fault, func(t *testing.T) {
			w, base := serve(t)
			set, err := send(t, t.Context(), base, "POST", "/sandbox/faults", c.fault)
			require.NoError(t, err)
			_ = set.Body.Close()
			require.Equal(t, 204, set.StatusCode)
			r, err := send(t, t.Context(), base, "POST", "/v1/opportunities", deal)
			require.NoError(t, err)
			defer r.Body.Close()
			body, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			assert.Equal(t, []any{c.status, c.header}, []any{r.StatusCode, r.Header.Get("content-type")})
			assert.True(t, strings.HasPrefix(string(body), c.body), string(body))
			assert.Equal(t, c.body == "", len(body) == 0)
			assert.Equal(t, c.stored, w.stored())
		})
	}
}

// TestAStorm: every request is refused until the storm is over.
func TestAStorm(t *testing.T) {
	w, base := serve(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 1, Times: 20})
	var statuses []int
	for range 22 {
		r, err := send(t, t.Context(), base, "GET", stages, "")
		require.NoError(t, err)
		_ = r.Body.Close()
		statuses = append(statuses, r.StatusCode)
	}
	assert.Equal(t, append(slices.Repeat([]int{429}, 20), 200, 200), statuses)
}

func TestTruncated(t *testing.T) {
	w, base := serve(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultTruncate})
	r, err := send(t, t.Context(), base, "POST", "/v1/opportunities", deal)
	require.NoError(t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.True(t, strings.HasPrefix(string(body), `{"opportunity":{"id":"`))
	assert.Less(t, int64(len(body)), r.ContentLength)
	assert.Equal(t, 1, w.stored())
}

func TestEndless(t *testing.T) {
	w, base := serve(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultEndless})
	ctx, cancel := context.WithCancel(t.Context())
	r, err := send(t, ctx, base, "GET", list, "")
	require.NoError(t, err)
	n, err := io.CopyN(io.Discard, r.Body, 8<<20)
	assert.NoError(t, err)
	assert.Equal(t, int64(8<<20), n)
	cancel()
	_ = r.Body.Close()
}

func TestSlow(t *testing.T) {
	w, base := serve(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultSlow, Delay: sandbox.Duration(time.Microsecond), Times: 1})
	r, err := send(t, t.Context(), base, "GET", "/v1/auth/health", "")
	require.NoError(t, err)
	body, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	require.NoError(t, err)
	assert.Equal(t, `{"healthy":true,"is_logged_in":true}`, string(body))

	w.SetFault(sandbox.Fault{Kind: sandbox.FaultSlow, Delay: sandbox.Duration(time.Hour)})
	ctx, cancel := context.WithCancel(t.Context())
	r, err = send(t, ctx, base, "GET", list, "")
	require.NoError(t, err)
	one := make([]byte, 1)
	_, err = io.ReadFull(r.Body, one)
	require.NoError(t, err)
	assert.Equal(t, "{", string(one))
	cancel()
	_ = r.Body.Close()
}

// TestAClientThatGoesAwayIsNotNoticed: a delayed write is stored all the same.
func TestAClientThatGoesAwayIsNotNoticed(t *testing.T) {
	w, base := serve(t)
	w.SetFault(sandbox.Fault{Kind: sandbox.FaultDelay, Delay: sandbox.Duration(time.Hour), Times: 1})
	ctx, cancel := context.WithCancel(t.Context())
	sent := make(chan error, 1)
	go func() {
		_, err := send(t, ctx, base, "POST", "/v1/opportunities", deal)
		sent <- err
	}()
	require.Eventually(t, func() bool { return len(w.Requests()) == 1 }, 10*time.Second, time.Millisecond)
	assert.Equal(t, 0, w.stored())
	cancel()
	assert.ErrorIs(t, <-sent, context.Canceled)
	require.Eventually(t, func() bool { return w.stored() == 1 }, 10*time.Second, time.Millisecond)
}

func TestManyAtOnce(t *testing.T) {
	w, base := serve(t)
	const clients = 8
	done := make(chan error, clients)
	for range clients {
		go func() {
			for range 10 {
				r, err := send(t, t.Context(), base, "POST", "/v1/opportunities", deal)
				if err != nil {
					done <- err
					return
				}
				_ = r.Body.Close()
			}
			done <- nil
		}()
	}
	for range clients {
		require.NoError(t, <-done)
	}
	assert.Equal(t, clients*10, w.stored())
	ids := map[string]bool{}
	for _, e := range w.Log() {
		ids[e.ID] = true
	}
	assert.Len(t, ids, clients*10)
}
