package apollo

import (
	"strings"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Options are what a [Client] works with.
type Options struct {
	Base      string           // "" means DefaultBase; see CheckBase
	Key       string           // of Apollo's settings, or a gateway's token
	Locked    crm.English      // why the key that there is cannot be used, "" if it can
	Transport Transport        // needed
	Clock     func() time.Time // needed: how long a rate limit lasts is measured with it
}

// String names the base only, never the key.
func (o Options) String() string { return "apollo at " + o.Base }

// GoString is the same as String.
func (o Options) GoString() string { return o.String() }

// Client asks Apollo. Make it with [New]. It is safe for concurrent use.
type Client struct {
	base      string
	key       secret
	transport Transport
	clock     func() time.Time
	refusal   *crm.Error // why nothing can be sent at all, nil if it can

	mu      sync.Mutex
	budgets map[string]*budget // by operation: Apollo counts each endpoint by itself
}

// secret is a function so that no way to print a Client shows the key.
type secret func() string

// New makes a client. It never fails: with a base or a key that cannot work,
// every call gives the error that says so, and nothing is sent.
func New(o Options) *Client {
	base := strings.TrimRight(strings.TrimSpace(o.Base), "/")
	if base == "" {
		base = DefaultBase
	}
	key := strings.TrimSpace(o.Key)
	c := &Client{
		base:      base,
		key:       func() string { return key },
		transport: o.Transport,
		clock:     o.Clock,
		budgets:   map[string]*budget{},
	}
	switch err := CheckBase(base); {
	case err != nil:
		unfit := *crm.AsError(err)
		unfit.Message = "Apollo's address in Dealmark's settings cannot be used. " + unfit.Message
		c.refusal = &unfit
	case o.Locked != "":
		c.refusal = &crm.Error{Kind: crm.Unauthorized, Message: o.Locked}
	case key == "":
		c.refusal = &crm.Error{Kind: crm.Unauthorized, Message: "There is no API key yet. Enter it in Dealmark's settings."}
	case strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		c.refusal = &crm.Error{Kind: crm.Unauthorized, Message: "The API key holds a character that no key has. Enter it again in Dealmark's settings."}
	}
	return c
}

// String names the base only, never the key.
func (c *Client) String() string { return "apollo at " + c.base }

// GoString is the same as String.
func (c *Client) GoString() string { return c.String() }

// redact takes the key out of a text that came from outside.
func (c *Client) redact(text string) string {
	if key := c.key(); len(key) >= 4 {
		return strings.ReplaceAll(text, key, "…")
	}
	return text
}
