//go:build !js

package main_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const extensionID = "abcdefghijklmnopabcdefghijklmnop"

// TestGateway runs the suite of the native gateway against the Worker that is
// deployed, in workerd with D1, with Apollo's sandbox behind it.
func TestGateway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "gateway")
	gatewaytest.Run(t, func(t *testing.T) *gatewaytest.Target {
		if strings.HasSuffix(t.Name(), "/addresses") {
			t.Skip("the runtime resolves /v1/./me before the program sees it; TestAddresses has the rest")
		}
		return w.renew(t)
	})
}

// world is one or several Workers over one database, with Apollos to which they
// are bound for good.
type world struct {
	*flare
	*gatewaytest.Target
	apollo, other upstream
	tokens        map[gatewaytest.Role]string
}

// upstream is an address at which a sandbox is served, always another one. Cut off,
// it ends every connection.
type upstream struct {
	sandbox atomic.Pointer[sandbox.Server]
	cut     atomic.Bool
}

func (a *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.cut.Load() {
		panic(http.ErrAbortHandler)
	}
	a.sandbox.Load().ServeHTTP(w, r)
}

func (a *upstream) renew(key string, seed sandbox.Seed) *sandbox.Server {
	s := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: key, Master: true}}, Seed: seed, IDSeed: uint64(len(seed.Users))})
	a.sandbox.Store(s)
	a.cut.Store(false)
	return s
}

func newWorld(t *testing.T, names ...string) *world {
	t.Helper()
	return newWorldFor(t, extensionID, names...)
}

// newWorldFor is newWorld with another extension that may ask.
func newWorldFor(t *testing.T, extension string, names ...string) *world {
	t.Helper()
	w := &world{}
	serve := func(a *upstream) string {
		server := httptest.NewServer(a)
		t.Cleanup(server.Close)
		return server.URL + "/api/v1"
	}
	bindings := map[string]string{
		"APOLLO_API_KEY": gatewaytest.Team + " " + gatewaytest.Key + "\n" + gatewaytest.OtherTeam + " " + gatewaytest.OtherKey,
		"APOLLO_BASE":    gatewaytest.Team + " " + serve(&w.apollo) + "\n" + gatewaytest.OtherTeam + " " + serve(&w.other),
		"EXTENSIONS":     extension,
	}
	dir := built(t, "testdata/suite")
	var workers []worker
	for _, name := range names {
		workers = append(workers, worker{Name: name, Dir: dir, Entry: "suite.js", Bindings: bindings})
	}
	w.flare = run(t, workers...)
	return w
}

// renew makes everything new but the running programs, which keep nothing.
func (w *world) renew(t *testing.T) *gatewaytest.Target {
	t.Helper()
	w.flare.t = t
	w.clear()
	w.migrate()
	w.tokens = map[gatewaytest.Role]string{}
	w.Target = &gatewaytest.Target{
		URL: w.url("gateway"), Extension: extensionID,
		Sandbox: w.apollo.renew(gatewaytest.Key, gatewaytest.Seed()),
		Other:   w.other.renew(gatewaytest.OtherKey, gatewaytest.OtherSeed()),
		Sync:    w.sync, Dump: w.dump,
		Token: func(r gatewaytest.Role) string { return w.tokens[r] },
		Revoke: func(r gatewaytest.Role) {
			require.NoError(t, w.reps(0).Revoke(context.Background(), r.Rep().Team, r.Rep().Name))
		},
		Cut: func(cut bool) {
			w.apollo.cut.Store(cut)
			w.other.cut.Store(cut)
		},
	}
	for _, r := range gatewaytest.Roles() {
		if r == gatewaytest.None {
			continue
		}
		age := time.Duration(0)
		if r == gatewaytest.Expired {
			age = 91 * 24 * time.Hour
		}
		token, err := w.reps(age).Add(t.Context(), r.Rep())
		require.NoError(t, err)
		w.tokens[r] = string(token)
	}
	w.Revoke(gatewaytest.Revoked)
	return w.Target
}

// reps keeps the tokens as they were made some time ago.
func (w *world) reps(ago time.Duration) gateway.Reps {
	return gateway.Reps{DB: w.flare, Clock: func() time.Time { return time.Now().Add(-ago) }, Random: rand.Reader}
}

// sync is one call of the scheduled work.
func (w *world) sync(ctx context.Context) (more bool, err error) {
	require.Equal(w.t, "ok", w.scheduled("gateway"), "the outcome of the scheduled work")
	walks, err := w.Batch(ctx, gateway.Statement{SQL: "SELECT count(*) FROM walk WHERE page > 0"})
	if err != nil {
		return false, err
	}
	return walks[0].Rows[0].Int(0) > 0, nil
}

// dump is all that was logged, and all that D1 has in its files.
func (w *world) dump() []byte {
	var all bytes.Buffer
	all.WriteString(w.log.String())
	require.NoError(w.t, filepath.WalkDir(w.d1, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		all.Write(content)
		return err
	}))
	return all.Bytes()
}
