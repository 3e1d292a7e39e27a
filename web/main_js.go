// Command web is the team gateway as a Cloudflare Worker: it makes the gateway
// of the Worker's bindings, with D1 as its database, and does nothing else.
//
// The bindings are variables and secrets:
//
//   - DB is the D1 database, with the migrations of package gateway.
//   - TEAMS names the teams, separated by commas; "team" without it.
//   - APOLLO_API_KEY_NAME is the key of the team "name", a secret. A hyphen in a
//     name is an underscore here. APOLLO_API_KEY is the key of an only team.
//   - APOLLO_BASE_NAME and APOLLO_TAG_NAME are its Apollo's address and the custom
//     field for operation ids, as gateway.Team has them; both may be missing.
//   - EXTENSIONS lists ids of Chromium extensions, separated by commas.
package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/syumai/workers/cloudflare"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/web/edge"
)

var version = "development" // set by the build

func main() {
	g, err := gateway.New(gateway.Config{
		DB: edge.D1("DB"), Upstream: edge.Fetch{}, Clock: time.Now, Rand: rand.Uint64,
		Teams: teams(cloudflare.Getenv), Extensions: split(cloudflare.Getenv("EXTENSIONS")),
		Version: version, Event: logged,
	})
	if err != nil {
		edge.Serve(unready(err.Error()), func(context.Context) error { return err })
	}
	edge.Serve(g, func(ctx context.Context) error {
		_, err := g.Sync(ctx) // what is left waits for the next minute
		return err
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
