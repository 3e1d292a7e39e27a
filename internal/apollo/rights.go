package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// RightOf is what a key must be allowed to for an operation, as Apollo names it
// where it refuses; "" where every key may. op is one of the Op constants that
// the product uses.
func RightOf(op string) string {
	for _, o := range []*operation{
		opportunityCreate, opportunityUpdate, opportunityView, opportunitySearch,
		stageList, accountSearch, accountFindOrCreate, userList, usageStats, fieldList, contactSearch,
	} {
		if o.name == op {
			return o.right
		}
	}
	return ""
}

// MayCreateOpportunity says by an error of kind [crm.Forbidden] that the key may
// not create opportunities. It asks for one that Apollo refuses for two reasons,
// without a name and for no account's id, so that nothing can be created.
//
// https://docs.apollo.io/reference/create-deal
func (c *Client) MayCreateOpportunity(ctx context.Context) error {
	body := new(wire.Writer).BeginObject().Text("account_id", "none")
	return c.refused(ctx, opportunityCreate, body.EndObject())
}

// MayCreateAccount is the same for accounts: it asks for none to be created.
//
// https://docs.apollo.io/reference/bulk-create-accounts
func (c *Client) MayCreateAccount(ctx context.Context) error {
	return c.refused(ctx, accountFindOrCreate, new(wire.Writer).BeginObject().EndObject())
}

// refused asks for what Apollo refuses as invalid if the key may ask at all. As
// it changes nothing, a lost answer leaves nothing open.
func (c *Client) refused(ctx context.Context, op *operation, body *wire.Writer) error {
	harmless := *op
	harmless.doubt = ""
	if err := c.do(ctx, call{operation: &harmless, body: body}, nil); crm.KindOf(err) != crm.Invalid {
		return err
	}
	return nil
}
