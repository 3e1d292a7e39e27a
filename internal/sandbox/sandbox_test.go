package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/stretchr/testify/require"
)

const (
	key       = "master-key-of-the-tests"
	dana      = "65f000020000000000000001"
	acme      = "65f000050000000000000001"
	acmeOrg   = "65f000070000000000000001"
	rollout   = "65f000060000000000000001"
	unowned   = "65f000060000000000000021" // 33rd: no account, no stage
	pipeline  = "65f000030000000000000001"
	buyer     = "65f000080000000000000001"
	nobody    = "5f0000000000000000000000"
	qualify   = "6095a710bd01d100a506d4bd"
	meet      = "66bb94fbc1695c00017fba5f"
	closedWon = "660abf69d8358b01ae3c214e"
)

// start is not on a full minute, nor midnight, so that no window begins by chance.
var start = time.Date(2026, 5, 18, 11, 18, 15, 455_000_000, time.UTC)

// fakeClock is a clock that the test moves.
type fakeClock struct{ now time.Time }

func (c *fakeClock) Now() time.Time { return c.now }

func (c *fakeClock) pass(d time.Duration) { c.now = c.now.Add(d) }

// world is a sandbox behind its real handler, without a socket.
type world struct {
	*sandbox.Server
	t     *testing.T
	clock *fakeClock
}

func newWorld(t *testing.T, change ...func(*sandbox.Options)) *world {
	clock := &fakeClock{start}
	opts := sandbox.Options{
		Keys: []sandbox.Key{{Secret: key, Master: true}}, Clock: clock.Now, Seed: sandbox.DemoSeed(), IDSeed: 7,
	}
	for _, c := range change {
		c(&opts)
	}
	return &world{sandbox.New(opts), t, clock}
}

// answer is a response as a client reads it.
type answer struct {
	t      *testing.T
	Status int
	Header http.Header
	Body   string
}

// do sends a request with the master key; header lines ("x-api-key: other")
// come after it and win.
func (w *world) do(method, target, body string, header ...string) answer {
	w.t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("x-api-key", key)
	if body != "" {
		r.Header.Set("content-type", "application/json")
	}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

// object is the answer's body as JSON, of a status that must be 200.
func (a answer) object() map[string]any {
	a.t.Helper()
	require.Equal(a.t, 200, a.Status, a.Body)
	var v map[string]any
	d := json.NewDecoder(strings.NewReader(a.Body))
	d.UseNumber()
	require.NoError(a.t, d.Decode(&v))
	return v
}

func (a answer) opportunity() map[string]any {
	a.t.Helper()
	return child(a.t, a.object(), "opportunity")
}

func (a answer) rows(list string) []map[string]any {
	a.t.Helper()
	items, ok := a.object()[list].([]any)
	require.True(a.t, ok, "no list %q in %s", list, a.Body)
	rows := make([]map[string]any, len(items))
	for i := range items {
		rows[i] = items[i].(map[string]any)
	}
	return rows
}

func child(t *testing.T, object map[string]any, name string) map[string]any {
	t.Helper()
	v, ok := object[name].(map[string]any)
	require.True(t, ok, "no object %q in %v", name, object)
	return v
}

// column is one field of every row.
func column(rows []map[string]any, name string) []any {
	values := make([]any, len(rows))
	for i := range rows {
		values[i] = rows[i][name]
	}
	return values
}

// get is a call of the pure core with the master key.
func get(target string) sandbox.Call {
	u, err := url.Parse(target)
	if err != nil {
		panic(err)
	}
	return sandbox.Call{Method: "GET", Path: u.Path, Query: u.Query(), Header: map[string]string{"x-api-key": key}}
}
