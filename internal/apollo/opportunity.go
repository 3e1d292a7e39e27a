package apollo

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	opportunityCreate = &operation{
		name: OpOpportunityCreate, method: "POST", path: "/opportunities",
		right: "deals/api/v1/opportunities/create",
		doubt: "It is not known whether the opportunity was created: look in Apollo before you try again.",
	}
	opportunityUpdate = &operation{
		name: OpOpportunityUpdate, method: "PATCH", path: "/opportunities",
		right: "deals/api/v1/opportunities/update",
		doubt: "It is not known whether the opportunity was changed: look in Apollo before you try again.",
		gone:  "Apollo has no such opportunity any more.",
	}
	opportunityView = &operation{
		name: OpOpportunityView, method: "GET", path: "/opportunities",
		right: "deals/api/v1/opportunities/show",
		gone:  "Apollo has no such opportunity any more.",
	}
)

// CreateOpportunity makes an opportunity; what is not set in values is not
// sent. The differences are the fields that Apollo stored otherwise than they
// were sent, in the order of the form. Apollo makes a second opportunity of the
// same name and account without a word: an error of kind [crm.Uncertain]
// therefore means that one may have been made, and that calling again may
// make another.
//
// https://docs.apollo.io/reference/create-deal
func (c *Client) CreateOpportunity(ctx context.Context, values crm.Values) (crm.Opportunity, []crm.Difference, error) {
	made, differences, err := c.CreateTagged(ctx, values, Tag{})
	return made.Opportunity, differences, err
}

// CreateTagged is [Client.CreateOpportunity] with a text in a custom field. The
// opportunity comes back with what stands in that field, which is not among the
// differences.
//
// https://docs.apollo.io/reference/create-deal
func (c *Client) CreateTagged(ctx context.Context, values crm.Values, tag Tag) (Tagged, []crm.Difference, error) {
	if err := (crm.Create{Values: values}).Check(); err != nil {
		return Tagged{}, nil, unsent(opportunityCreate, err)
	}
	var fields []crm.Field
	for _, f := range crm.Fields() {
		if values.Text(f) != "" {
			fields = append(fields, f)
		}
	}
	for f, text := range values.Custom.All() {
		if text != "" && f != crm.FieldContacts {
			fields = append(fields, f)
		}
	}
	made, err := c.writeOpportunity(ctx, call{operation: opportunityCreate}, values, fields, tag, func(made crm.Opportunity) bool {
		return sameName(values.Name, made.Name) && (made.AccountID == "" || values.AccountID == "" || made.AccountID == values.AccountID)
	})
	if err != nil {
		return Tagged{}, nil, err
	}
	return made, differences(values, made.Values, fields), nil
}

// UpdateOpportunity changes update.Fields to update.Want and leaves the rest
// as it is; a field that is not set in Want is cleared. The differences are as
// for [Client.CreateOpportunity].
//
// https://docs.apollo.io/reference/update-deal
func (c *Client) UpdateOpportunity(ctx context.Context, update crm.Update) (crm.Opportunity, []crm.Difference, error) {
	if err := update.Check(); err != nil {
		return crm.Opportunity{}, nil, unsent(opportunityUpdate, err)
	}
	at := call{operation: opportunityUpdate, id: string(update.ID)}
	changed, err := c.writeOpportunity(ctx, at, update.Want, update.Fields, Tag{}, func(changed crm.Opportunity) bool {
		return changed.ID == update.ID
	})
	if err != nil {
		return crm.Opportunity{}, nil, err
	}
	return changed.Opportunity, differences(update.Want, changed.Values, update.Fields), nil
}

// Opportunity reads one opportunity. One that is gone, or never was, is an
// error of kind [crm.NotFound].
//
// https://docs.apollo.io/reference/view-deal
func (c *Client) Opportunity(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	seen, _, err := c.OpportunityAt(ctx, id)
	return seen, err
}

// OpportunityAt is [Client.Opportunity] with Apollo's clock as it answered; zero
// if it did not say.
//
// https://docs.apollo.io/reference/view-deal
func (c *Client) OpportunityAt(ctx context.Context, id crm.OpportunityID) (seen crm.Opportunity, at time.Time, err error) {
	if _, ok := crm.ParseID[crm.OpportunityID](string(id)); !ok {
		return seen, at, unsent(opportunityView, &crm.Error{Kind: crm.Invalid, Message: "The opportunity to open is not known."})
	}
	one, err := c.oneOpportunity(ctx, call{operation: opportunityView, id: string(id), at: &at}, "", func(seen crm.Opportunity) bool {
		return seen.ID == id
	})
	return one.Opportunity, at, err
}

// OpportunityURL is the opportunity's page in Apollo's web app, for a link.
// Apollo documents no such address. The list is at #/deals since the product's
// word changed, and #/opportunities leads there; the form with an id is the one
// that integrations link to.
func OpportunityURL(id crm.OpportunityID) string {
	return "https://app.apollo.io/#/opportunities/" + string(id)
}

// writeOpportunity does a call whose body are the fields of values, and a tag.
func (c *Client) writeOpportunity(ctx context.Context, call call, values crm.Values, fields []crm.Field, tag Tag, ours func(crm.Opportunity) bool) (Tagged, error) {
	body := new(wire.Writer).BeginObject()
	for _, f := range fields {
		text := values.Text(f)
		if _, _, custom := f.Custom(); custom {
			continue
		}
		body.Member(memberOf(f))
		if text == "" {
			body.Null()
		} else {
			body.String(text)
		}
		if f == crm.FieldStage || f == crm.FieldOwner || f == crm.FieldAccount {
			call.sent = append(call.sent, sentID{text, f})
		}
	}
	writeCustom(body, values, fields, tag)
	call.body = body.EndObject()
	return c.oneOpportunity(ctx, call, tag.Field, ours)
}

// oneOpportunity does a call that is answered with one opportunity, and reads
// what stands in the field tagged. An answer that is not ours was meant for another request: a cache or a proxy crossed
// them.
func (c *Client) oneOpportunity(ctx context.Context, call call, tagged FieldID, ours func(crm.Opportunity) bool) (Tagged, error) {
	var one Tagged
	err := c.do(ctx, call, func(r *wire.Reader) {
		envelope(r, func(name []byte) (found bool) {
			if string(name) == "opportunity" && r.Is('{') {
				one, found = readTagged(r, tagged)
			}
			return found
		})
		if r.Err() == nil && !ours(one.Opportunity) {
			r.Fail(errCrossed)
		}
	})
	if err != nil {
		return Tagged{}, err
	}
	return one, nil
}

// memberOf names the field in Apollo's documents. The amount is sent as a
// string of digits, as the documentation asks.
func memberOf(f crm.Field) string {
	switch f {
	case crm.FieldStage:
		return "opportunity_stage_id"
	case crm.FieldCloseDate:
		return "closed_date"
	case crm.FieldOwner:
		return "owner_id"
	case crm.FieldAccount:
		return "account_id"
	}
	return string(f) // name, amount
}
