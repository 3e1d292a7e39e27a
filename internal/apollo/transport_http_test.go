//go:build !js

// These tests need sockets.
package apollo_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
)

// serve does one request over a real socket.
func serve(t *testing.T, ctx context.Context, handler http.HandlerFunc) (apollo.Response, error) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return apollo.HTTP{}.Do(ctx, apollo.Request{
		Method: "POST", Base: server.URL + "/api/v1", Path: "/opportunities", Query: []apollo.Param{{"a b", "c&d"}},
		Header: []apollo.Param{{"x-api-key", canary}, {"content-type", "application/json"}}, Body: []byte(`{"name":"Deal"}`),
	})
}

func TestHTTP(t *testing.T) {
	answer, err := serve(t, context.Background(), func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		assert.Equal(t, "POST", r.Method)
		assert.Equal(t, "/api/v1/opportunities?a%20b=c%26d", r.URL.RequestURI())
		assert.Equal(t, canary, r.Header.Get("X-Api-Key"))
		assert.Equal(t, `{"name":"Deal"}`, string(body))
		assert.Empty(t, r.Cookies())
		w.Header().Set("X-Minute-Requests-Left", "7")
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x"})
		w.WriteHeader(422)
		io.WriteString(w, "no")
	})
	require.NoError(t, err)
	assert.Equal(t, 422, answer.Status)
	assert.Equal(t, "no", string(answer.Body))
	assert.Equal(t, "7", answer.Header["x-minute-requests-left"])
}

func TestHTTPFollowsNoRedirect(t *testing.T) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		var seen atomic.Int32
		answer, err := serve(t, context.Background(), func(w http.ResponseWriter, r *http.Request) {
			seen.Add(1)
			http.Redirect(w, r, "/elsewhere", code)
		})
		require.NoError(t, err)
		assert.Equal(t, code, answer.Status)
		assert.Equal(t, int32(1), seen.Load())
	}
}

func TestHTTPCutsBodies(t *testing.T) {
	t.Run("exactly as long as may be", func(t *testing.T) {
		answer, err := serve(t, context.Background(), func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, apollo.MaxBody)) })
		require.NoError(t, err)
		assert.Len(t, answer.Body, apollo.MaxBody)
	})
	t.Run("endless", func(t *testing.T) {
		_, err := serve(t, context.Background(), func(w http.ResponseWriter, _ *http.Request) {
			for {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		})
		assert.ErrorContains(t, err, "2 MiB")
		assert.NotErrorIs(t, err, apollo.ErrNotSent)
	})
	t.Run("compressed", func(t *testing.T) {
		_, err := serve(t, context.Background(), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(make([]byte, 64<<20))
			z.Close()
		})
		assert.ErrorContains(t, err, "2 MiB")
	})
	t.Run("shorter than announced", func(t *testing.T) {
		_, err := serve(t, context.Background(), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, `{"opportunity":{}}`)
		})
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	})
}

// TestHTTPSaysWhatWasNotSent tells a request that never left from one whose
// answer was lost.
func TestHTTPSaysWhatWasNotSent(t *testing.T) {
	t.Run("nobody listens", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		listener.Close()
		_, err = apollo.HTTP{}.Do(context.Background(), apollo.Request{Method: "GET", Base: "http://" + listener.Addr().String()})
		assert.ErrorIs(t, err, apollo.ErrNotSent)
	})
	t.Run("no TLS on the other side", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		defer server.Close()
		_, err := apollo.HTTP{}.Do(context.Background(), apollo.Request{Method: "GET", Base: "https" + server.URL[len("http"):]})
		assert.ErrorIs(t, err, apollo.ErrNotSent)
	})
	t.Run("not a request", func(t *testing.T) {
		_, err := apollo.HTTP{}.Do(context.Background(), apollo.Request{Method: "GET", Base: "http://[::1"})
		assert.ErrorIs(t, err, apollo.ErrNotSent)
	})
	t.Run("reset after it was read", func(t *testing.T) {
		var seen atomic.Int32
		_, err := serve(t, context.Background(), func(w http.ResponseWriter, r *http.Request) {
			seen.Add(1)
			io.Copy(io.Discard, r.Body)
			connection, _, err := w.(http.Hijacker).Hijack()
			if assert.NoError(t, err) {
				connection.(*net.TCPConn).SetLinger(0)
				connection.Close()
			}
		})
		require.Error(t, err)
		assert.NotErrorIs(t, err, apollo.ErrNotSent)
		assert.Equal(t, int32(1), seen.Load(), "a request is never repeated")
	})
	t.Run("given up while waiting", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		_, err := serve(t, ctx, func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			cancel()
			<-r.Context().Done()
		})
		assert.ErrorIs(t, err, context.Canceled)
		assert.NotErrorIs(t, err, apollo.ErrNotSent)
	})
}

// slow is a net/http that never answers, to see how long is waited.
type slow struct{ deadline time.Time }

func (s *slow) RoundTrip(r *http.Request) (*http.Response, error) {
	s.deadline, _ = r.Context().Deadline()
	return nil, errors.New("not today")
}

func TestHTTPWaits(t *testing.T) {
	through := &slow{}
	start := time.Now()
	_, err := apollo.HTTP{Through: through}.Do(context.Background(), apollo.Request{Method: "GET", Base: "http://127.0.0.1"})
	require.Error(t, err)
	assert.False(t, through.deadline.Before(start.Add(apollo.Timeout)))
	assert.False(t, through.deadline.After(time.Now().Add(apollo.Timeout)))
}

// drip is a net/http whose answers come a byte a second, for ever.
type drip struct{ of context.Context }

func (drip) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Body: drip{r.Context()}}, nil
}

func (d drip) Read(to []byte) (int, error) {
	select {
	case <-d.of.Done():
		return 0, d.of.Err()
	case <-time.After(time.Second):
		to[0] = ' '
		return 1, nil
	}
}

func (drip) Close() error { return nil }

// TestHTTPCutsSlowAnswers measures on a clock of its own.
func TestHTTPCutsSlowAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := apollo.HTTP{Through: drip{}}.Do(t.Context(), apollo.Request{Method: "POST", Base: "http://127.0.0.1"})
		require.Error(t, err)
		assert.Equal(t, 20*time.Second, time.Since(start))
	})
}

func TestHTTPKeepsNoCookies(t *testing.T) {
	var seen atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		assert.Empty(t, r.Header.Get("Cookie"))
		assert.Empty(t, r.Header.Get("Authorization"))
		http.SetCookie(w, &http.Cookie{Name: "_leadgenie_session", Value: "x", Path: "/"})
	}))
	defer server.Close()
	for range 3 {
		_, err := apollo.HTTP{}.Do(t.Context(), apollo.Request{Method: "GET", Base: server.URL, Path: "/users/api_profile"})
		require.NoError(t, err)
	}
	assert.Equal(t, int32(3), seen.Load())
}
