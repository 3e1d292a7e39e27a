//go:build !js

package gateway_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	randv2 "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const extensionID = "abcdefghijklmnopabcdefghijklmnop"

// world is a gateway with SQLite and two sandboxes, all in this process.
type world struct {
	*gatewaytest.Target
	config gateway.Config
	db     *sqlite.DB
	path   string
	cut    atomic.Bool
	now    atomic.Int64 // added to the clock, in nanoseconds
	tokens map[gatewaytest.Role]string

	mu     sync.Mutex
	events []gateway.Event
}

func (w *world) clock() time.Time { return time.Now().Add(time.Duration(w.now.Load())) }

// way is the transport, which can be cut.
type way struct {
	w *world
	apollo.Transport
}

func (t way) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if t.w.cut.Load() {
		return apollo.Response{}, apollo.NotSent(errors.New("the way is cut"))
	}
	return t.Transport.Do(ctx, r)
}

func serveSandbox(t testing.TB, clock func() time.Time, key string, seed sandbox.Seed) (*sandbox.Server, string) {
	s := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: key, Master: true}}, Seed: seed, Clock: clock, IDSeed: uint64(len(seed.Users))})
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL + "/api/v1"
}

func newWorld(t testing.TB, seed sandbox.Seed) *world {
	w := &world{tokens: map[gatewaytest.Role]string{}, path: filepath.Join(t.TempDir(), "gateway.db")}
	w.Target = &gatewaytest.Target{Extension: extensionID}
	var base, otherBase string
	w.Sandbox, base = serveSandbox(t, w.clock, gatewaytest.Key, seed)
	w.Other, otherBase = serveSandbox(t, w.clock, gatewaytest.OtherKey, gatewaytest.OtherSeed())
	db, err := sqlite.Open(w.path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	w.db = db
	require.NoError(t, gateway.Migrate(t.Context(), db))
	w.config = gateway.Config{
		DB: db, Upstream: way{w, gatewaytest.Panicking(apollo.HTTP{})}, Clock: w.clock, Rand: randv2.Uint64,
		Teams: []gateway.Team{
			{ID: gatewaytest.Team, Key: gatewaytest.Key, Base: base},
			{ID: gatewaytest.OtherTeam, Key: gatewaytest.OtherKey, Base: otherBase},
		},
		Extensions: []string{extensionID}, Version: "test",
		Event: func(_ context.Context, e gateway.Event) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.events = append(w.events, e)
		},
	}
	g, err := gateway.New(w.config)
	require.NoError(t, err)
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	w.URL, w.Sync = server.URL, g.Sync
	w.Cut = func(cut bool) { w.cut.Store(cut) }
	w.Token = func(r gatewaytest.Role) string { return w.tokens[r] }
	w.Revoke = func(r gatewaytest.Role) {
		require.NoError(t, w.reps().Revoke(context.Background(), r.Rep().Team, r.Rep().Name))
	}
	w.Dump = func() []byte { return w.dump(t) }
	for _, r := range gatewaytest.Roles() {
		if r == gatewaytest.None {
			continue
		}
		reps := w.reps()
		if r == gatewaytest.Expired {
			reps.Clock = func() time.Time { return w.clock().Add(-91 * 24 * time.Hour) }
		}
		token, err := reps.Add(t.Context(), r.Rep())
		require.NoError(t, err)
		w.tokens[r] = string(token)
	}
	w.Revoke(gatewaytest.Revoked)
	return w
}

func (w *world) reps() gateway.Reps {
	return gateway.Reps{DB: w.db, Clock: w.clock, Random: rand.Reader}
}

// dump is all that is in the files of the database, and all events.
func (w *world) dump(t testing.TB) []byte {
	var all bytes.Buffer
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(w.path + end)
		require.NoError(t, err)
		all.Write(content)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	require.NoError(t, json.NewEncoder(&all).Encode(w.events))
	return all.Bytes()
}

func TestGateway(t *testing.T) {
	gatewaytest.Run(t, func(t *testing.T) *gatewaytest.Target { return newWorld(t, gatewaytest.Seed()).Target })
}

var _ http.Handler = (*gateway.Gateway)(nil)
