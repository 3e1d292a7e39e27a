package team

import (
	"context"
	"hash/fnv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

// FindOrCreateAccount implements [outbox.Sender].
func (c *Client) FindOrCreateAccount(ctx context.Context, a crm.NewAccount) (found crm.Account, err error) {
	w := new(wire.Writer).BeginObject()
	w.Member("name").String(a.Name).Member("domain").String(string(a.Domain))
	// It may be repeated under another id: it makes no second account.
	at := call{op: apollo.OpAccountFindOrCreate, method: "POST", path: "/v1/accounts", id: c.newID(), body: w.EndObject()}
	err = c.do(ctx, at, func(r *wire.Reader, name string) {
		if name == "account" {
			var ok bool
			if found, ok = account(r); !ok {
				r.Fail(errUnusable)
			}
		}
	})
	return found, err
}

// Named implements [outbox.Sender] from the gateway's index, which has every write
// of the team at once. The gateway itself looks in Apollo before it sends.
func (c *Client) Named(ctx context.Context, name string) (outbox.Listing, error) {
	list, whole, err := c.list(ctx, apollo.Param{Name: "text", Value: short(name)})
	if err != nil {
		return outbox.Listing{}, err
	}
	listing := outbox.Listing{Whole: whole}
	var known []crm.OpportunityID
	for _, o := range list {
		listing.Rows = append(listing.Rows, outbox.Row{Opportunity: o})
		if len(known) < 100 {
			known = append(known, o.ID)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known[name] = known
	return listing, nil
}

// View implements [outbox.Sender].
func (c *Client) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	o, err := c.Opportunity(ctx, id)
	return o, time.Time{}, err
}

// CreateOpportunity implements [outbox.Sender]. The gateway knows the create by the
// entry's id, which is its tag: the row comes back with it. What the listing
// before showed, the outbox has judged: the gateway need not ask about it.
func (c *Client) CreateOpportunity(ctx context.Context, values crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	name := tag
	if name == "" {
		name = c.entryID(ctx)
	}
	w := new(wire.Writer).BeginObject()
	for _, f := range crm.Fields() {
		w.Text(memberOf(f), values.Text(f))
	}
	for f := range values.Custom.All() {
		if f != crm.FieldContacts { // which are attached to one that is there
			w.Text(memberOf(f), values.Text(f))
		}
	}
	c.mu.Lock()
	known := c.known[values.Name]
	c.mu.Unlock()
	if len(known) > 0 {
		w.Member("known").BeginArray()
		for _, id := range known {
			w.String(string(id))
		}
		w.EndArray()
	}
	made, differences, err := c.write(ctx, call{op: apollo.OpOpportunityCreate, method: "POST", path: "/v1/opportunities", id: operation(name), body: w.EndObject()})
	return outbox.Row{Opportunity: made, Tag: name}, differences, err
}

// UpdateOpportunity implements [outbox.Sender]. An entry may come again with other
// fields, when somebody changed some meanwhile: that is another write, so that the
// id is of the entry and of what is sent.
func (c *Client) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	w := new(wire.Writer).BeginObject()
	values := func(v crm.Values) {
		for _, f := range u.Fields {
			w.Member(memberOf(f))
			w.String(v.Text(f))
		}
	}
	values(u.Want)
	w.Member("base").BeginObject()
	values(u.Base)
	w.EndObject().EndObject()
	id := c.entryID(ctx)
	if id != "" {
		id = derived(id, w.Bytes())
	}
	return c.write(ctx, call{op: apollo.OpOpportunityUpdate, method: "PATCH", path: "/v1/opportunities/", item: string(u.ID), id: id, body: w})
}

func (c *Client) entryID(ctx context.Context) string {
	if c.entry == nil {
		return ""
	}
	return c.entry(ctx)
}

// operation is the id under which the gateway knows a write: the entry's own, or
// one derived of it once the rep has had it sent as another.
func operation(name string) string {
	if _, _, again := strings.Cut(name, "."); again {
		return derived(name, nil)
	}
	return name
}

// derived is an id of 32 hexadecimal digits for a text under an id.
func derived(id string, text []byte) string {
	sum := fnv.New128a()
	_, _ = sum.Write([]byte(id))
	_, _ = sum.Write(text)
	const digits = "0123456789abcdef"
	hex := make([]byte, 0, 32)
	for _, b := range sum.Sum(nil) {
		hex = append(hex, digits[b>>4], digits[b&15])
	}
	return string(hex)
}

// write does a create or an update.
func (c *Client) write(ctx context.Context, call call) (o crm.Opportunity, differences []crm.Difference, err error) {
	if call.id == "" {
		return o, nil, &crm.Error{Kind: crm.Internal, Op: call.op, Message: "This write has no id. Nothing was sent; report it."}
	}
	err = c.do(ctx, call, func(r *wire.Reader, name string) {
		switch name {
		case "opportunity":
			var ok bool
			if o, ok = opportunity(r); !ok {
				r.Fail(errUnusable)
			}
		case "differences":
			r.Array(func() { differences = append(differences, difference(r)) })
		}
	})
	return o, differences, err
}

func difference(r *wire.Reader) (d crm.Difference) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			d.Field = fieldOf(r.String())
		case "sent":
			d.Sent = r.String()
		case "stored":
			d.Stored = r.String()
		}
	})
	return d
}

// conflict reads a field that was changed since the rep saw it. One that is not
// known here is "".
func conflict(r *wire.Reader) (c outbox.Conflict) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			c.Field = fieldOf(r.String())
		case "base":
			c.Base = r.String()
		case "theirs":
			c.Theirs = r.String()
		case "ours":
			c.Ours = r.String()
		}
	})
	return c
}

// Decision is the rep's word on what the gateway asks about a write.
type Decision string

const (
	Resend  Decision = "resend"  // Apollo does not have it: send it again
	Settle  Decision = "settle"  // Apollo has it, or what is there shall stay
	Discard Decision = "discard" // drop it
)

// Decide answers a question about a write. revision is the question's.
func (c *Client) Decide(ctx context.Context, id string, decision Decision, revision int) error {
	w := new(wire.Writer).BeginObject()
	w.Member("decision").String(string(decision)).Member("revision").Int(revision)
	at := call{op: "operation.decide", method: "POST", path: "/v1/operations/", item: id, id: id, body: w.EndObject()}
	return c.do(ctx, at, func(*wire.Reader, string) {})
}
