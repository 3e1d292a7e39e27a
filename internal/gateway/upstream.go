package gateway

import (
	"context"
	"errors"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
)

// upstream is the way to Apollo for one team and one purpose: every request takes
// one from the team's budget first. It is an [apollo.Transport]; a client of it
// lives as long as the request that it serves.
type upstream struct {
	g     *Gateway
	team  Team
	share int // percent of each window that is left alone
	calls *calls
}

// calls are the requests to Apollo that one request of a rep caused.
type calls struct {
	n    int
	seen []budget
}

func (c *calls) count() int { return c.n }

// left is the header that tells what is left of each endpoint that was used.
func (c *calls) left() string {
	var list []string
	for _, b := range c.seen {
		list = append(list, b.header())
	}
	return strings.Join(list, ", ")
}

func (c *calls) note(b budget) {
	for i := range c.seen {
		if c.seen[i].endpoint == b.endpoint {
			c.seen[i] = b
			return
		}
	}
	c.seen = append(c.seen, b)
}

// client gives a client of Apollo.
func (u *upstream) client() *apollo.Client {
	return apollo.New(apollo.Options{Base: u.team.Base, Key: string(u.team.Key), Transport: u, Clock: u.g.clock})
}

// saves, reads and syncs are the ways to Apollo by purpose: what is first goes on
// when the next has to stop.
func (g *Gateway) saves(team Team, c *calls) *upstream {
	return &upstream{g: g, team: team, calls: c}
}

func (g *Gateway) reads(team Team, c *calls) *upstream {
	return &upstream{g: g, team: team, calls: c, share: g.policy.ReadShare}
}

func (g *Gateway) syncs(team Team, c *calls) *upstream {
	return &upstream{g: g, team: team, calls: c, share: g.policy.SyncShare}
}

// Do implements [apollo.Transport].
func (u *upstream) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	endpoint := endpointOf(r.Method, r.Path)
	if endpoint == "" || r.Base != strings.TrimRight(u.team.Base, "/") {
		return apollo.Response{}, apollo.NotSent(errors.New("the gateway has no such request"))
	}
	b, wait, err := u.g.take(ctx, u.team.ID, endpoint, u.share)
	if err != nil {
		return apollo.Response{}, apollo.NotSent(errors.New("the database does not answer"))
	}
	u.calls.note(b)
	if wait > 0 {
		return refusedHere(wait), nil
	}
	u.calls.n++
	response, err := u.g.upstream.Do(ctx, r)
	pause := time.Duration(0)
	if err == nil && response.Status == 429 {
		pause = retryAfter(response.Header["retry-after"])
	}
	// That the budget could not be learned costs a refusal by Apollo later.
	_ = u.g.learn(context.WithoutCancel(ctx), u.team.ID, &b, response.Header, pause)
	u.calls.note(b)
	// The client has a budget of its own, for programs without a database. It must
	// not decide here.
	response.Header = maps.Clone(response.Header)
	for _, s := range spans {
		delete(response.Header, s.limit)
		delete(response.Header, s.left)
	}
	return response, err
}

// refusedHere is the answer that Apollo would give.
func refusedHere(wait time.Duration) apollo.Response {
	return apollo.Response{
		Status: 429,
		Header: map[string]string{"content-type": "application/json", "retry-after": strconv.Itoa(seconds(wait))},
		Body:   []byte(`{"message":"The gateway keeps the rest of the requests."}`),
	}
}

func retryAfter(text string) time.Duration {
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return time.Duration(min(n, 24*3600)) * time.Second
	}
	return time.Minute
}

// endpointOf names the endpoint of a request, as Apollo counts them; "" for one
// that the gateway never makes.
func endpointOf(method, path string) string {
	switch method + " " + path {
	case "POST /opportunities":
		return apollo.OpOpportunityCreate
	case "POST /opportunities/search", "GET /opportunities/search":
		return apollo.OpOpportunitySearch
	case "POST /accounts/search":
		return apollo.OpAccountSearch
	case "POST /accounts/bulk_create":
		return apollo.OpAccountFindOrCreate
	case "POST /contacts/search":
		return apollo.OpContactSearch
	case "POST /opportunity_contact_role_types/search":
		return apollo.OpRoleTypes
	case "POST /opportunities/update_roles":
		return apollo.OpRoleUpdate
	case "GET /opportunity_stages":
		return apollo.OpStages
	case "GET /users/search":
		return apollo.OpUsers
	case "GET /typed_custom_fields":
		return apollo.OpCustomFields
	case "POST /fields":
		return apollo.OpFieldCreate
	}
	if id, one := strings.CutPrefix(path, "/opportunities/"); one && isID(id) {
		switch method {
		case "GET":
			return apollo.OpOpportunityView
		case "PATCH":
			return apollo.OpOpportunityUpdate
		}
	}
	return ""
}
