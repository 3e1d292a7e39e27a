//go:build !js

package team_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	randv2 "math/rand/v2"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/team"
)

const (
	key   = "canary-key-of-the-team-8Rr"
	jonas = "65f000020000000000000002"
)

// world is a client, a gateway and a local Apollo, over real connections.
type world struct {
	*team.Client
	options team.Options
	sandbox *sandbox.Server
	direct  *apollo.Client // to the same Apollo, without the gateway
	gateway *gateway.Gateway
	lose    atomic.Int32 // answers that get lost on the way back
	between func()       // what happens before the next change is on its way
}

type entryKey struct{}

// entry is a context for the write of an entry, as the outbox makes it.
func entry(id string) context.Context { return context.WithValue(context.Background(), entryKey{}, id) }

func newID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

// lossy loses answers after the gateway has done what they tell.
type lossy struct{ w *world }

func (l lossy) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if between := l.w.between; between != nil && r.Method == "PATCH" {
		l.w.between = nil
		between()
	}
	response, err := apollo.HTTP{}.Do(ctx, r)
	if l.w.lose.Add(-1) >= 0 {
		return apollo.Response{}, errors.New("the connection ended")
	}
	return response, err
}

func newWorld(t *testing.T, scope gateway.Scope) *world {
	w := &world{sandbox: sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: key, Master: true}}, Seed: sandbox.DemoSeed()})}
	upstream := httptest.NewServer(w.sandbox)
	t.Cleanup(upstream.Close)
	base := upstream.URL + "/api/v1"
	w.direct = apollo.New(apollo.Options{Base: base, Key: key, Transport: apollo.HTTP{}, Clock: time.Now})
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	require.NoError(t, gateway.Migrate(t.Context(), db))
	w.gateway, err = gateway.New(gateway.Config{
		DB: db, Upstream: apollo.HTTP{}, Clock: time.Now, Rand: randv2.Uint64, Teams: []gateway.Team{{ID: "team", Key: key, Base: base}},
	})
	require.NoError(t, err)
	server := httptest.NewServer(w.gateway)
	t.Cleanup(server.Close)
	token, err := gateway.Reps{DB: db, Clock: time.Now, Random: rand.Reader}.Add(t.Context(), gateway.Rep{Team: "team", Name: "jonas", UserID: jonas, Scope: scope})
	require.NoError(t, err)
	w.options = team.Options{
		Base: server.URL, Token: string(token), Transport: lossy{w}, NewID: newID,
		Entry: func(ctx context.Context) string { id, _ := ctx.Value(entryKey{}).(string); return id },
	}
	w.Client = team.New(w.options)
	return w
}

func (w *world) sync(t *testing.T) {
	for {
		more, err := w.gateway.Sync(t.Context())
		require.NoError(t, err)
		if !more {
			return
		}
	}
}

// made counts what Apollo really made or changed.
func (w *world) made(operation string) (n int) {
	for _, e := range w.sandbox.Log() {
		if e.Operation == operation && e.Stored {
			n++
		}
	}
	return n
}
