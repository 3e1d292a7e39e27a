// Package team is a rep's client of the team's gateway. It stands where the client
// of Apollo stands: it reads what the popup shows, and carries the outbox's
// commands. The gateway does each of them once, however often it is sent under its
// id, so that a lost answer is no question here: the same is sent again.
//
// It does not know how a request travels (see [apollo.Transport]), nor when one is
// due, and keeps nothing but what the last listing of a name showed.
package team

import (
	"context"
	"strings"
	"sync"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// Options are what a [Client] works with.
type Options struct {
	Base      string      // the gateway's address, "https://gateway.example.com"
	Token     string      // the rep's
	Locked    crm.English // why the token that there is cannot be used, "" if it can
	Transport apollo.Transport
	NewID     func() string // 128 random bits as 32 hexadecimal digits
	// Entry gives the id of the outbox's entry that a create or an update is for:
	// outbox.EntryID. It is the operation's id at the gateway.
	Entry func(context.Context) string
}

// String names the address only, never the token.
func (o Options) String() string { return "gateway at " + o.Base }

// GoString is the same as String.
func (o Options) GoString() string { return o.String() }

// Client asks the gateway. Make it with [New]. It is safe for concurrent use.
type Client struct {
	base      string
	token     func() string // so that no way to print a Client shows it
	transport apollo.Transport
	newID     func() string
	entry     func(context.Context) string
	refusal   *crm.Error // why nothing can be sent at all

	mu    sync.Mutex
	known map[string][]crm.OpportunityID // by name: what the last listing showed
}

// New makes a client. It never fails: with an address or a token that cannot work
// every call gives the error that says so, and nothing is sent.
func New(o Options) *Client {
	token := strings.TrimSpace(o.Token)
	c := &Client{
		base: strings.TrimRight(strings.TrimSpace(o.Base), "/"), token: func() string { return token },
		transport: o.Transport, newID: o.NewID, entry: o.Entry, known: map[string][]crm.OpportunityID{},
	}
	switch err := apollo.CheckBase(c.base); {
	case err != nil:
		unfit := *crm.AsError(err)
		unfit.Message = "The gateway's address in Dealmark's settings cannot be used. " + unfit.Message
		c.refusal = &unfit
	case o.Locked != "":
		c.refusal = &crm.Error{Kind: crm.Unauthorized, Message: o.Locked}
	case token == "":
		c.refusal = &crm.Error{Kind: crm.Unauthorized, Message: "There is no token yet. Enter the one that you were given in Dealmark's settings."}
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		c.refusal = &crm.Error{Kind: crm.Unauthorized, Message: "The token holds a character that no token has. Enter it again in Dealmark's settings."}
	}
	return c
}

// String names the address only, never the token.
func (c *Client) String() string { return "gateway at " + c.base }

// GoString is the same as String.
func (c *Client) GoString() string { return c.String() }
