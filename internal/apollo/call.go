package apollo

import (
	"context"
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// The operations, as [crm.Error] names them in its Op and [Client.Spare] takes
// them.
const (
	OpAccountFindOrCreate  = "account.find_or_create"
	OpAccountSearch        = "account.search"
	OpAccountUpdate        = "account.update"
	OpAccountView          = "account.view"
	OpContactOpportunities = "contact.opportunities"
	OpContactSearch        = "contact.search"
	OpContactView          = "contact.view"
	OpCustomFields         = "typed_custom_field.list"
	OpFieldCreate          = "field.create"
	OpFields               = "field.list"
	OpHealth               = "auth.health"
	OpOpportunityCreate    = "opportunity.create"
	OpOpportunitySearch    = "opportunity.search"
	OpOpportunityUpdate    = "opportunity.update"
	OpOpportunityView      = "opportunity.view"
	OpPipelines            = "pipeline.list"
	OpPipelineView         = "pipeline.view"
	OpProfile              = "user.profile"
	OpRoleTypes            = "role_type.search"
	OpRoleUpdate           = "opportunity.update_roles"
	OpStages               = "stage.list"
	OpUsage                = "usage.view"
	OpUsers                = "user.search"
)

// operation is what is known of an endpoint before any answer.
type operation struct {
	name   string
	method string
	path   string      // what follows it, an id, is added by the call
	of     string      // what follows the id: "/opportunities"
	right  string      // what the key must be allowed to, as Apollo names it
	doubt  crm.English // of a write: that it is not known whether it was done; "" for what may be repeated
	gone   crm.English // that what the id in the path names is not there, "" if there is no id
}

// writes says whether doing it twice would do harm, so that a lost answer
// leaves open what happened.
func (o *operation) writes() bool { return o.doubt != "" }

// call is one use of an operation.
type call struct {
	*operation
	id    string
	query []Param
	body  *wire.Writer
	sent  []sentID   // ids in the request, to find the field of a refusal
	at    *time.Time // set to Apollo's clock as it answered, if not nil and it says so
}

type sentID struct {
	id    string
	field crm.Field
}

var errUnusable = errors.New("the answer lacks what was asked for")

// do sends the call and reads its answer. read may call Fail on the reader for
// an answer that lacks what it must have; nil takes any body.
func (c *Client) do(ctx context.Context, call call, read func(*wire.Reader)) error {
	if err := c.refuse(ctx, call.operation); err != nil {
		return err
	}
	request := Request{
		Method: call.method,
		Base:   c.base,
		Path:   call.path,
		Route:  call.path,
		Query:  call.query,
		Header: []Param{{"accept", "application/json"}, {"x-api-key", c.key()}},
	}
	if call.id != "" {
		request.Path += "/" + call.id + call.of
		request.Route += "/{id}" + call.of
	}
	if call.body != nil {
		request.Body = call.body.Bytes()
		request.Header = append(request.Header, Param{"content-type", "application/json"})
	}
	response, err := c.transport.Do(ctx, request)
	c.observe(call.name, response)
	if call.at != nil {
		*call.at, _ = httpDate(response.Header["date"])
	}
	if err == nil && len(response.Body) > MaxBody {
		err = errors.New("the answer is too long")
	}
	if err != nil {
		return c.failure(call, Response{}, err)
	}
	if response.Status != 200 && response.Status != 201 {
		return c.failure(call, response, nil)
	}
	if read == nil {
		return nil
	}
	reader := wire.NewReader(response.Body)
	read(reader)
	if err := reader.End(); err != nil {
		return c.failure(call, response, err)
	}
	return nil
}

// refuse keeps back what cannot succeed. What it does not refuse has departed.
func (c *Client) refuse(ctx context.Context, op *operation) error {
	refusal := c.refusal
	if refusal == nil {
		if err := ctx.Err(); err != nil {
			refusal = &crm.Error{Kind: crm.Unavailable, Message: "It was given up before anything was sent to Apollo. Try again.", Err: err}
		}
	}
	if refusal == nil {
		refusal = c.depart(op.name)
	}
	if refusal == nil {
		return nil
	}
	with := *refusal
	with.Op = op.name
	return &with
}
