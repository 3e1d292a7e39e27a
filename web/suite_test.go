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
	dir := built(t, "testdata/suite")
	gatewaytest.Run(t, func(t *testing.T) *gatewaytest.Target { return newWorld(t, dir, "gateway").Target })
}

// world is a Worker, or several over one database, with its two Apollos.
type world struct {
	*gatewaytest.Target
	*flare
	tokens map[gatewaytest.Role]string
}

func newWorld(t *testing.T, dir string, names ...string) *world {
	w := &world{Target: &gatewaytest.Target{Extension: extensionID}, tokens: map[gatewaytest.Role]string{}}
	var cut atomic.Bool
	var base, otherBase string
	w.Sandbox, base = serveSandbox(t, &cut, gatewaytest.Key, gatewaytest.Seed())
	w.Other, otherBase = serveSandbox(t, &cut, gatewaytest.OtherKey, gatewaytest.OtherSeed())
	var workers []worker
	for _, name := range names {
		workers = append(workers, worker{Name: name, Dir: dir, Entry: "suite.js", Bindings: map[string]string{
			"TEAMS":                    gatewaytest.Team + ", " + gatewaytest.OtherTeam,
			"APOLLO_API_KEY_NORTHWIND": gatewaytest.Key, "APOLLO_BASE_NORTHWIND": base,
			"APOLLO_API_KEY_SOUTHWIND": gatewaytest.OtherKey, "APOLLO_BASE_SOUTHWIND": otherBase,
			"EXTENSIONS": extensionID,
		}})
	}
	w.flare = run(t, workers...)
	w.migrate()
	w.URL = w.url(names[0])
	w.Sync = w.sync
	w.Cut = cut.Store
	w.Token = func(r gatewaytest.Role) string { return w.tokens[r] }
	w.Revoke = func(r gatewaytest.Role) {
		require.NoError(t, w.reps(0).Revoke(t.Context(), r.Rep().Team, r.Rep().Name))
	}
	w.Dump = w.dump
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
	return w
}

// serveSandbox serves an Apollo that can be cut off: then it ends every connection.
func serveSandbox(t *testing.T, cut *atomic.Bool, key string, seed sandbox.Seed) (*sandbox.Server, string) {
	s := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: key, Master: true}}, Seed: seed, IDSeed: uint64(len(seed.Users))})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cut.Load() {
			panic(http.ErrAbortHandler)
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return s, server.URL + "/api/v1"
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
