// Package gatewaytest is the gateway's HTTP suite: what every program that serves
// a gateway must do, asked over HTTP from outside. The native gateway runs it with
// SQLite, the Worker with D1.
//
// It does not know how its target is built.
package gatewaytest

import (
	"context"
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// Role is who asks.
type Role string

// The roles. Read, Write and Admin are reps of the team TeamID with those scopes,
// Colleague another one who may write, Other an admin of the team OtherTeamID.
const (
	None      Role = "none"
	Read      Role = "read"
	Write     Role = "write"
	Colleague Role = "colleague"
	Admin     Role = "admin"
	Revoked   Role = "revoked"
	Expired   Role = "expired"
	Other     Role = "other"
)

// Target is a gateway that serves, with two teams. It must be new: with tokens,
// and otherwise empty.
type Target struct {
	URL       string            // "http://127.0.0.1:8787"
	Token     func(Role) string // of a role, "" for None
	Revoke    func(token string)
	Sandbox   *sandbox.Server // the Apollo of the team
	Other     *sandbox.Server // the Apollo of the other team
	Sync      func(context.Context) (more bool, err error)
	Cut       func(cut bool) // takes the way to Apollo away: no connection is made
	Extension string         // the id of the one extension that may ask
	Key       string         // the team's key: it must be seen nowhere
}

// Run runs the suite. start makes a new target for one test; the sandboxes must
// have sandbox.DemoSeed.
func Run(t *testing.T, start func(t *testing.T) *Target) {}
