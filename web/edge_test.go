//go:build !js

package main_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
)

// TestFetch has edge.Fetch, in workerd, before the kinds of servers that
// apollo.HTTP is tested with.
func TestFetch(t *testing.T) {
	t.Parallel()
	var seen atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/plain", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		assert.Equal(t, "/plain?a%20b=c%26d", r.URL.RequestURI())
		assert.Equal(t, "key", r.Header.Get("X-Api-Key"))
		assert.Equal(t, `{"name":"Deal"}`, string(body))
		assert.Empty(t, r.Cookies())
		assert.Empty(t, r.Header.Get("Authorization"))
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x", Path: "/"})
		w.Header().Set("X-Left", "7")
		w.WriteHeader(422)
		_, _ = io.WriteString(w, "no")
	})
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		http.Redirect(w, r, "/plain", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/full", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, apollo.MaxBody)) })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		seen.Add(1)
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "{")
	})
	mux.HandleFunc("/half", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "{")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/never", func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	f := run(t, worker{Name: "faulty", Dir: build(t, "testdata/faulty"), Entry: "entry.js"})
	base := f.url("faulty")
	fetch := func(to, path string) string {
		return do(t.Context(), "POST", base+"/fetch?base="+url.QueryEscape(to)+"&path="+path, strings.NewReader("")).body
	}
	assert.Equal(t, "422 2 7 false <nil>", fetch(server.URL, "/plain"))
	assert.Equal(t, "422 2 7 false <nil>", fetch(server.URL, "/plain"), "no cookies")
	assert.Regexp(t, `^307 `, fetch(server.URL, "/redirect"))
	assert.Equal(t, "200 2097152  false <nil>", fetch(server.URL, "/full"))
	assert.Contains(t, fetch(server.URL, "/endless"), "false the answer is longer than 2 MiB")
	assert.Regexp(t, `false .*\S`, fetch(server.URL, "/cut"))
	assert.NotContains(t, fetch(server.URL, "/cut"), "<nil>")
	assert.Contains(t, fetch(server.URL, "/never&for=300ms"), "false AbortError", "given up by who asked")
	assert.Contains(t, fetch(server.URL, "/never"), "false TimeoutError")
	assert.Contains(t, fetch(server.URL, "/half"), "false TimeoutError", "a body that does not come to its end")
	assert.Contains(t, fetch("http://127.0.0.1:1", "/"), "0 0  false ", "whether it was sent is not known")
	assert.Equal(t, int32(3), seen.Load(), "nothing is repeated")
}

// TestProgramDoesNotGrow: a program lives for as many requests as come. With the
// library's own streams it would be worn after 2,100.
func TestProgramDoesNotGrow(t *testing.T) {
	t.Parallel()
	f := run(t, worker{Name: "faulty", Dir: build(t, "testdata/faulty"), Entry: "entry.js"})
	base := f.url("faulty")
	for range 2_500 {
		require.Equal(t, 200, get(t, base+"/health").status)
	}
	assert.Equal(t, "2501", get(t, base+"/health").body, "requests that this program served")
}

// TestBatch: what D1 does with a batch is all or nothing.
func TestBatch(t *testing.T) {
	t.Parallel()
	f := run(t, worker{Name: "gateway", Dir: built(t, "testdata/suite"), Entry: "entry.js"})
	batch := func(list ...string) ([]gateway.Result, error) {
		var statements []gateway.Statement
		for _, sql := range list {
			statements = append(statements, gateway.Statement{SQL: sql})
		}
		return f.Batch(context.Background(), statements...)
	}
	_, err := batch(`CREATE TABLE t (a PRIMARY KEY, b)`)
	require.NoError(t, err)
	done, err := batch(`INSERT INTO t VALUES (1, 'x'), (2, NULL)`, `UPDATE t SET b = 'y' WHERE a > 5`, `SELECT b, a, a * 3000000000 FROM t ORDER BY a`, `DELETE FROM t WHERE a = 2 RETURNING a`)
	require.NoError(t, err)
	assert.Equal(t, []gateway.Result{
		{Changes: 2}, {}, {Rows: []gateway.Row{{"x", int64(1), int64(3000000000)}, {nil, int64(2), int64(6000000000)}}}, {Rows: []gateway.Row{{int64(2)}}, Changes: done[3].Changes},
	}, done)
	_, err = batch(`INSERT INTO t VALUES (3, 'z')`, `INSERT INTO t VALUES (1, 'again')`)
	require.Error(t, err)
	done, err = batch(`SELECT count(*) FROM t`)
	require.NoError(t, err)
	assert.Equal(t, []gateway.Row{{int64(1)}}, done[0].Rows)
}
