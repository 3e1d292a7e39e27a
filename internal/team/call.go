package team

import (
	"context"
	"errors"
	"strconv"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

// call is one request.
type call struct {
	op     string // for errors
	method string
	path   string // with a slash at its end where an item follows
	item   string // a company's domain, an object's or an operation's id
	of     string // what of the item is asked for, with a slash before it
	query  []apollo.Param
	id     string // the operation's, of a write
	body   *wire.Writer
}

var errUnusable = errors.New("the answer lacks what was asked for")

// do sends a call and reads the answer's object, member by member.
func (c *Client) do(ctx context.Context, call call, member func(r *wire.Reader, name string)) error {
	err := c.send(ctx, call, member)
	if err == nil {
		return nil
	}
	with := *crm.AsError(err)
	with.Op = call.op
	return &with
}

func (c *Client) send(ctx context.Context, call call, member func(r *wire.Reader, name string)) error {
	if c.refusal != nil {
		return c.refusal
	}
	request := apollo.Request{
		Method: call.method, Base: c.base, Path: call.path + call.item + call.of, Route: call.path, Query: call.query,
		Header: []apollo.Param{{Name: "accept", Value: "application/json"}, {Name: "authorization", Value: "Bearer " + c.token()}},
	}
	if call.item != "" {
		request.Route += "{id}" + call.of
	}
	if call.body != nil {
		request.Body = call.body.Bytes()
		request.Header = append(request.Header, apollo.Param{Name: "content-type", Value: "application/json"}, apollo.Param{Name: "idempotency-key", Value: call.id})
	}
	response, err := c.transport.Do(ctx, request)
	switch {
	case err != nil:
		// Whatever became of it: the gateway knows it by its id.
		return &crm.Error{Kind: crm.Unavailable, Message: "The team's gateway could not be reached, or did not answer. Dealmark tries again.", Err: err}
	case response.Status == 202:
		return &crm.Error{Kind: crm.Unavailable, Message: "The team's gateway is still at it. Dealmark asks again."}
	case response.Status != 200 && response.Status != 201:
		return problem(response)
	}
	r := wire.NewReader(response.Body)
	if !r.Is('{') {
		r.Fail(errUnusable)
	}
	r.Object(func(name []byte) { member(r, string(name)) })
	if err := r.End(); err != nil {
		return &crm.Error{Kind: crm.Unavailable, Message: "The answer of the team's gateway could not be read. Check its address in Dealmark's settings.", Err: err}
	}
	return nil
}

// problem reads what the gateway refuses. Its kind decides, except where the
// kind is about the gateway itself and not about the rep: then it is tried again.
func problem(response apollo.Response) error {
	e := &crm.Error{Err: errors.New("status " + strconv.Itoa(response.Status))}
	code, member, template := "", "", crm.English("")
	var clashes outbox.Clashes
	r := wire.NewReader(response.Body)
	if r.Is('{') {
		r.Object(func(name []byte) {
			switch string(name) {
			case "type":
				code = r.String()
			case "kind":
				e.Kind = crm.Kind(r.String())
			case "detail":
				e.Message = crm.English(r.String())
			case "template":
				template = crm.English(r.String())
			case "parts":
				r.Array(func() { e.Parts = append(e.Parts, r.String()) })
			case "field":
				member = r.String()
			case "conflicts":
				r.Array(func() { clashes = append(clashes, conflict(r)) })
			case "retry_after":
				e.RetryAfter = seconds(r.Int())
			}
		})
	}
	if len(e.Parts) > 0 {
		e.Message = template
	}
	e.Field = fieldOf(member)
	if len(clashes) > 0 {
		e.Err = clashes
	}
	switch e.Kind {
	case crm.Invalid, crm.Forbidden, crm.NotFound, crm.Conflict, crm.RateLimited:
	case crm.Unauthorized:
		if code == "urn:dealmark:problem:team_key" {
			e.Kind = crm.Unavailable
		}
	default:
		e.Kind = crm.Unavailable
	}
	if r.End() != nil || e.Message == "" {
		e.Kind, e.Parts = crm.Unavailable, nil
		e.Message = "Something else than the team's gateway answered. Check its address in Dealmark's settings."
	}
	return e
}
