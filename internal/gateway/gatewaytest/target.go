// Package gatewaytest is the gateway's HTTP suite: what every program that serves
// a gateway must do, asked over HTTP from outside. The native gateway runs it with
// SQLite, the Worker with D1.
//
// It does not know how its target is built.
package gatewaytest

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Role is who asks.
type Role string

// The roles. Read, Write and Admin are reps of the first team with those scopes,
// Colleague another one who may write, Other an admin of the other team. Revoked
// and Expired had the scope admin in the first team; Expired was not used for
// longer than a token lives.
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

// Roles lists all roles.
func Roles() []Role { return []Role{None, Read, Write, Colleague, Admin, Revoked, Expired, Other} }

// Rep is who a role is: a name and a user in Apollo. It is nobody for None.
func (r Role) Rep() gateway.Rep {
	rep := gateway.Rep{Team: Team, Name: string(r), UserID: UserJonas, Scope: gateway.ScopeAdmin}
	switch r {
	case Read:
		rep.Scope = gateway.ScopeRead
	case Write:
		rep.Scope = gateway.ScopeWrite
	case Colleague:
		rep.Scope, rep.UserID = gateway.ScopeWrite, UserPriya
	case Other:
		rep.Team, rep.UserID = OtherTeam, OtherUser
	}
	return rep
}

// The two teams of a target, and their keys at Apollo: they must be seen nowhere.
const (
	Team      = "northwind"
	OtherTeam = "southwind"
	Key       = "canary-key-of-northwind-7Qx"
	OtherKey  = "canary-key-of-southwind-3Lp"
)

// Target is a gateway that serves, and what a test does behind its back. It must
// be new: migrated, with a token for each role, and otherwise empty; with the
// default policy and a clock that tells the time.
type Target struct {
	URL     string // "http://127.0.0.1:8787"
	Token   func(Role) string
	Revoke  func(Role)      // in the database, as the command does
	Sandbox *sandbox.Server // the first team's Apollo: Seed and Key
	// Other is the other team's Apollo: OtherSeed, OtherKey, and another IDSeed.
	Other     *sandbox.Server                              // the other team's Apollo: OtherSeed and OtherKey
	Sync      func(context.Context) (more bool, err error) // one step
	Cut       func(cut bool)                               // takes the way to Apollo away: no connection is made
	Extension string                                       // the id of the one extension that is listed
	Dump      func() []byte                                // all that the target logged and stored; nil if it cannot be had
}

// Panicking panics for a request whose body holds "panic-please", as a fault of
// the program would; a target must have it around its transport.
func Panicking(t apollo.Transport) apollo.Transport { return panicking{t} }

type panicking struct{ apollo.Transport }

func (p panicking) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if bytes.Contains(r.Body, []byte("panic-please")) {
		panic("a fault with a secret in it: " + Key)
	}
	return p.Transport.Do(ctx, r)
}

// Run runs the suite. start makes a new target for one test.
func Run(t *testing.T, start func(t *testing.T) *Target) {
	for _, test := range []struct {
		name string
		run  func(*suite)
	}{
		{"every role at every route", testMatrix},
		{"tokens", testTokens},
		{"one upstream write for each id", testConcurrentCreates},
		{"the stored answer", testStoredAnswer},
		{"updates", testUpdates},
		{"accounts", testAccounts},
		{"custom fields", testCustomFields},
		{"contacts", testContacts},
		{"questions", testQuestions},
		{"outcomes that are not known", testUncertain},
		{"refusals of Apollo", testRefusals},
		{"a company", testCompany},
		{"a domain without a company", testUnknownDomain},
		{"accounts by name", testAccountsNamed},
		{"the walk", testWalk},
		{"the list", testList},
		{"the pipeline", testPipeline},
		{"the audit", testAudit},
		{"the budget", testBudget},
		{"bodies", testBodies},
		{"bounds", testBounds},
		{"addresses", testAddresses},
		{"origins", testOrigins},
		{"a panic", testPanic},
		{"a client that hangs up", testHangUp},
		{"the description", testDescription},
		{"nothing of the other team", testTeams},
		{"no secret anywhere", testCanary},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &suite{T: t, Target: start(t), deadline: 30 * time.Second}
			s.describe()
			test.run(s)
		})
	}
}
