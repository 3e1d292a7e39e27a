package gateway

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
)

// Config is what a Gateway needs of the world.
type Config struct {
	DB         DB
	Upstream   apollo.Transport // must follow no redirect, see there
	Teams      []Team
	Clock      func() time.Time
	Rand       func() uint64 // for waits and for names of leases, not for secrets
	Policy     Policy        // the zero Policy is DefaultPolicy
	Extensions []string      // ids of Chromium extensions that may ask from their pages
	Version    string        // shown by /health
	Event      func(context.Context, Event)
}

// Team is one team with its key. Its ID is the gateway's own name for it, as
// tokens have it. Nothing prints a Key.
type Team struct {
	ID   string // lower-case letters, digits and hyphens
	Key  Secret
	Base string // Apollo's address; "" for apollo.DefaultBase
	Tag  string // the custom field of opportunities that holds operation ids; "" to look for TagLabel
}

// TagLabel is the label of the text field of opportunities that is looked for
// where a Team names none. It is the one that reps without a gateway use.
const TagLabel = "Dealmark entry"

// Secret is a text that is not printed.
type Secret string

// String hides the secret.
func (Secret) String() string { return "…" }

// GoString hides the secret.
func (Secret) GoString() string { return "…" }

// Event is one request that was answered, or one step of the synchronisation, for
// logs and metrics. It holds no secret and nothing that somebody typed.
type Event struct {
	Route    string // "GET /v1/me"; "" for a path that is none
	Status   int
	Problem  string // the code of the problem, "" for none
	Team     string
	Rep      string
	Took     time.Duration
	Upstream int    // requests to Apollo on the way
	Panic    string // where it panicked: functions of the stack, without any values
}

// Gateway answers the team's requests. Make it with [New]. It is safe for
// concurrent use, and several may share a database.
type Gateway struct {
	db         DB
	upstream   apollo.Transport
	teams      map[string]Team
	clock      func() time.Time
	rand       func() uint64
	policy     Policy
	extensions map[string]bool
	version    string
	event      func(context.Context, Event)
	routes     []route
}

// New makes a gateway, or says what of the Config cannot work.
func New(c Config) (*Gateway, error) {
	if c.DB == nil || c.Upstream == nil || c.Clock == nil || c.Rand == nil {
		return nil, errors.New("the gateway needs a database, a transport, a clock and randomness")
	}
	if len(c.Teams) == 0 {
		return nil, errors.New("there is no team: give the key of at least one")
	}
	g := &Gateway{
		db: c.DB, upstream: c.Upstream, teams: map[string]Team{}, clock: c.Clock, rand: c.Rand, policy: c.Policy,
		extensions: map[string]bool{}, version: c.Version, event: c.Event,
	}
	if g.policy == (Policy{}) {
		g.policy = DefaultPolicy()
	}
	if g.event == nil {
		g.event = func(context.Context, Event) {}
	}
	for _, team := range c.Teams {
		if team.Base == "" {
			team.Base = apollo.DefaultBase
		}
		switch err := apollo.CheckBase(team.Base); {
		case !isName(team.ID):
			return nil, errors.New("a team's name has lower-case letters, digits and hyphens only, at most 40 of them")
		case g.teams[team.ID].ID != "":
			return nil, errors.New("team " + team.ID + " is named twice")
		case team.Key == "":
			return nil, errors.New("team " + team.ID + " has no key")
		case err != nil:
			return nil, errors.New("the address of Apollo for team " + team.ID + " cannot be used: " + err.Error())
		}
		g.teams[team.ID] = team
	}
	for _, id := range c.Extensions {
		if !isExtension(id) {
			return nil, errors.New("the id of an extension has 32 letters from a to p")
		}
		g.extensions["chrome-extension://"+id] = true
	}
	g.routes = g.table()
	return g, nil
}

var _ http.Handler = (*Gateway)(nil)

func isName(text string) bool {
	if strings.HasPrefix(text, "-") {
		return false
	}
	return len(text) > 0 && len(text) <= 40 && consists(text, "abcdefghijklmnopqrstuvwxyz0123456789-")
}

func isExtension(id string) bool { return len(id) == 32 && consists(id, "abcdefghijklmnop") }
