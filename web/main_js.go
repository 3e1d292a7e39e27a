// Command web is the team gateway as a Cloudflare Worker: it makes the gateway
// of the Worker's bindings, with D1 as its database, and does nothing else.
//
// The bindings:
//
//   - DB is the D1 database, with the migrations of package gateway.
//   - APOLLO_API_KEY, a secret, is the team's key; for several teams it has a line
//     for each: its name and its key.
//   - APOLLO_BASE is the address of Apollo's API in the same form; without it
//     Apollo's own.
//   - EXTENSIONS are ids of Chromium extensions that may ask from their pages,
//     separated by spaces.
package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/syumai/workers/cloudflare"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/web/edge"
)

var version = "development" // set by the build

func main() {
	g, err := open()
	if err != nil {
		edge.Serve(unready(err.Error()), func(context.Context) error { return err })
	}
	edge.Serve(g, func(ctx context.Context) error {
		_, err := g.Sync(ctx) // what is left waits for the next minute
		return err
	})
}

func open() (*gateway.Gateway, error) {
	teams, err := teams(cloudflare.Getenv)
	if err != nil {
		return nil, err
	}
	policy := gateway.DefaultPolicy()
	policy.Work = 50 * time.Second // web/entry/limits.js ends a request after 60
	return gateway.New(gateway.Config{
		DB: edge.D1("DB"), Upstream: edge.Fetch{}, Clock: time.Now, Rand: rand.Uint64,
		Teams: teams, Extensions: strings.Fields(cloudflare.Getenv("EXTENSIONS")),
		Policy: policy, Version: version, Event: logged,
	})
}

// unready answers everything with what is wrong with the bindings. It names none
// of their values.
type unready string

func (u unready) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("content-type", "text/plain; charset=utf-8")
	w.Header().Set("cache-control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = w.Write([]byte("This gateway is not set up: " + string(u) + ".\n"))
}
