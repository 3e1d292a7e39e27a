//go:build !js

// These tests need Node and workerd.
package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// answer is a whole answer, or the error that there was instead.
type answer struct {
	status int
	header http.Header
	body   string
	err    error
}

func do(ctx context.Context, method, url string, body io.Reader) answer {
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return answer{err: err}
	}
	request.Close = body != nil // a refused body leaves the connection in disorder
	return send(request)
}

func send(request *http.Request) answer {
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{err: err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, strings.TrimSpace(string(text)), err}
}

func get(t *testing.T, url string) answer {
	t.Helper()
	a := do(t.Context(), "GET", url, nil)
	require.NoError(t, a.err)
	return a
}

// problem checks the form of an answer that the entry gives.
func problem(t *testing.T, a answer, status int) {
	t.Helper()
	require.NoError(t, a.err)
	assert.Equal(t, status, a.status, a.body)
	assert.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
	var p struct {
		Status        int
		Title, Detail string
	}
	require.NoError(t, json.Unmarshal([]byte(a.body), &p), a.body)
	assert.Equal(t, status, p.Status)
	assert.NotEmpty(t, p.Title)
	assert.NotEmpty(t, p.Detail)
}

// together does requests at the same time.
func together(t *testing.T, urls ...string) []answer {
	answers := make([]answer, len(urls))
	var group sync.WaitGroup
	for i, url := range urls {
		group.Go(func() { answers[i] = do(t.Context(), "GET", url, nil) })
	}
	group.Wait()
	return answers
}

// asleep has so many programs sleep. It is back when they do; what it gives waits
// for their answers.
func (f *flare) asleep(t *testing.T, base string, programs int, long string) (answered func()) {
	t.Helper()
	before := strings.Count(f.log.String(), "asleep")
	var group sync.WaitGroup
	for range programs {
		group.Go(func() { assert.Equal(t, 200, do(t.Context(), "GET", base+"/sleep?for="+long, nil).status) })
	}
	require.Eventually(t, func() bool { return strings.Count(f.log.String(), "asleep") == before+programs }, 2*time.Second, time.Millisecond)
	return group.Wait
}

// TestEntry runs testdata/faulty under the Worker's entry: two programs at
// most, three requests in the queue for 1.5 s each, and 3 s for the work.
func TestEntry(t *testing.T) {
	t.Parallel()
	dir := build(t, "testdata/faulty")
	f := run(t, worker{Name: "faulty", Dir: dir, Entry: "entry.js"},
		worker{Name: "client", Dir: dir, Entry: "client.js", Services: map[string]string{"FAULTY": "faulty"}})
	base, client := f.url("faulty"), f.url("client")
	hangUp := func(path string, after time.Duration) {
		query := url.Values{"path": {path}, "ms": {strconv.FormatInt(after.Milliseconds(), 10)}}
		assert.Equal(t, "hung up", do(t.Context(), "GET", client+"/?"+query.Encode(), nil).body)
	}
	served := func(t *testing.T) string { return get(t, base+"/health").body }

	t.Run("a program serves many requests", func(t *testing.T) {
		assert.Equal(t, "1", served(t))
		assert.Equal(t, "2", served(t))
	})
	t.Run("a timer is not lost with the request that set another", func(t *testing.T) {
		until := "?until=" + strconv.FormatInt(time.Now().Add(700*time.Millisecond).UnixMilli(), 10)
		get(t, base+"/cancelled"+until) // of two timers for one moment Go sets the first
		assert.Equal(t, 200, get(t, base+"/sleep"+until).status)
	})
	t.Run("one request at a time in a program", func(t *testing.T) {
		const sleep = "/sleep?for=100ms"
		for _, a := range together(t, base+sleep, base+sleep, base+sleep, base+sleep, base+sleep) {
			assert.Equal(t, 200, a.status)
			assert.Equal(t, "1", a.body, "requests in the program")
		}
	})
	for _, path := range []string{"/panic", "/panic?for=50ms", "/exit", "/trap"} {
		t.Run("a program that ends by "+path+" is replaced", func(t *testing.T) {
			problem(t, do(t.Context(), "GET", base+path, nil), 500)
			assert.Equal(t, "1", served(t))
		})
	}
	t.Run("a request that takes too long frees its place", func(t *testing.T) {
		for _, a := range together(t, base+"/hang", base+"/hang") {
			problem(t, a, 504)
		}
		assert.Equal(t, "1", served(t))
	})
	t.Run("the queue is bounded", func(t *testing.T) {
		var urls []string
		for range 12 {
			urls = append(urls, base+"/sleep?for=500ms")
		}
		refused := 0
		for _, a := range together(t, urls...) {
			if a.status != 200 {
				problem(t, a, 503)
				assert.Equal(t, "2", a.header.Get("Retry-After"))
				refused++
			}
		}
		assert.GreaterOrEqual(t, refused, 12-2-3)
		assert.Less(t, refused, 12-2)
	})
	t.Run("nobody waits for ever", func(t *testing.T) {
		sleeping := f.asleep(t, base, 2, "2500ms")
		problem(t, do(t.Context(), "GET", base+"/health", nil), 503)
		sleeping()
	})
	t.Run("a client that hangs up leaves its program to others", func(t *testing.T) {
		before, err := strconv.Atoi(served(t))
		require.NoError(t, err)
		for range 4 {
			hangUp("/sleep?for=200ms", 50*time.Millisecond)
		}
		get(t, base+"/sleep?for=400ms") // until the others are awake
		after, err := strconv.Atoi(served(t))
		require.NoError(t, err)
		assert.Equal(t, before+1, after, "the same program, which has gone on")
	})
	t.Run("clients that hang up leave the queue", func(t *testing.T) {
		sleeping := f.asleep(t, base, 2, "1s")
		var group sync.WaitGroup
		for range 3 { // the queue is full
			group.Go(func() { hangUp("/health", 100*time.Millisecond) })
		}
		group.Wait()
		for _, a := range together(t, base+"/health", base+"/health", base+"/health") {
			assert.Equal(t, 200, a.status, a.body)
		}
		sleeping()
	})
	t.Run("what is done behind an answer is done before the next request", func(t *testing.T) {
		for _, a := range together(t, base+"/behind?for=100ms", base+"/behind?for=100ms", base+"/behind?for=100ms") {
			assert.Equal(t, "0", a.body)
		}
	})
	t.Run("the scheduled work", func(t *testing.T) {
		assert.Equal(t, "ok", f.scheduled("faulty"))
		assert.Equal(t, "1", get(t, base+"/scheduled").body)
		assert.Equal(t, "exception", f.scheduled("faulty"), "it fails every second time")
		assert.Equal(t, "2", get(t, base+"/scheduled").body, "the program goes on")
	})
	t.Run("a header with commas", func(t *testing.T) {
		request, err := http.NewRequestWithContext(t.Context(), "GET", base+"/header", nil)
		require.NoError(t, err)
		request.Header.Set("X-Test", `"a", "b",c`)
		assert.Equal(t, `"a", "b",c`, send(request).body)
	})
	t.Run("an answer without a body", func(t *testing.T) {
		assert.Equal(t, answer{status: 204}, answer{status: get(t, base+"/empty").status})
	})
	t.Run("bodies", func(t *testing.T) {
		const most = 64 << 10
		for name, c := range map[string]struct {
			body   io.Reader
			status int
		}{
			"none":                         {nil, 200},
			"as long as may be":            {bytes.NewReader(make([]byte, most)), 200},
			"too long":                     {bytes.NewReader(make([]byte, most+1)), 413},
			"as long as may be, in chunks": {io.MultiReader(bytes.NewReader(make([]byte, most))), 200},
			"too long, in chunks":          {io.MultiReader(bytes.NewReader(make([]byte, most+1))), 413},
			"endless":                      {endless{}, 413},
		} {
			t.Run(name, func(t *testing.T) {
				a := do(t.Context(), "POST", base+"/length", c.body)
				if name == "endless" && a.err != nil {
					return // the end of the connection came before the answer was read
				}
				require.NoError(t, a.err)
				assert.Equal(t, c.status, a.status, a.body)
			})
		}
	})
	t.Run("an address that Go cannot read", func(t *testing.T) {
		problem(t, raw(t, base, "GET /%zz HTTP/1.1"), 400)
	})
}

// endless is a body that does not end.
type endless struct{}

func (endless) Read(to []byte) (int, error) { return len(to), nil }

// raw sends a request line as it is, which net/http would not.
func raw(t *testing.T, base, line string) answer {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	require.NoError(t, err)
	defer connection.Close()
	_, err = io.WriteString(connection, line+"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	require.NoError(t, err)
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(text), err}
}
