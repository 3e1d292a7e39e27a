//go:build !js

package rig

import (
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// Apollo is a sandbox that listens.
type Apollo struct {
	*sandbox.Server
	server *Server
}

// Narrow is a key as a team's admin should give it: with every right that Apollo
// gives by itself but the one by which a master key is known.
func Narrow(secret string) sandbox.Key {
	k := sandbox.Key{Secret: secret}
	for _, right := range sandbox.Scopes() {
		if right != "api/v1/usage_stats/api_usage_stats" {
			k.Scopes = append(k.Scopes, right)
		}
	}
	return k
}

// ServeApollo starts a sandbox on a port of its own. A clock that is left out is
// the real one: the browser's cannot be set.
func ServeApollo(o sandbox.Options) (*Apollo, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	a := &Apollo{Server: sandbox.New(o)}
	var err error
	a.server, err = Serve(a.Server)
	return a, err
}

// Base is the address of the API, as the options page takes it.
func (a *Apollo) Base() string { return "http://" + a.server.Addr + "/api/v1" }

// OneRequestAConnection ends each connection after one request. Chromium repeats
// a request by itself, a POST as well, when a connection that it had used before
// ends without an answer, and tells nobody; on a new connection it does not.
func (a *Apollo) OneRequestAConnection() { a.server.web.SetKeepAlivesEnabled(false) }

// Close stops listening and ends what is under way.
func (a *Apollo) Close() error { return a.server.Close() }
