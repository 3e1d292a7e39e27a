package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	accountView = &operation{
		name: OpAccountView, method: "GET", path: "/accounts",
		right: "api/v1/accounts/show", gone: "Apollo has no such account any more.",
	}
	accountUpdate = &operation{
		name: OpAccountUpdate, method: "PATCH", path: "/accounts",
		right: "api/v1/accounts/update", gone: "Apollo has no such account any more.",
		doubt: "It is not known whether the account was changed: look in Apollo before you try again.",
	}
)

// FieldDomain names an account's domain in the differences and errors of
// [Client.UpdateAccount]; its name is [crm.FieldName], its owner
// [crm.FieldOwner].
const FieldDomain crm.Field = "domain"

// Account reads one account.
//
// https://docs.apollo.io/reference/view-an-account
func (c *Client) Account(ctx context.Context, id crm.AccountID) (crm.Account, error) {
	if err := checkAccount(accountView, id); err != nil {
		return crm.Account{}, err
	}
	return one(ctx, c, call{operation: accountView, id: string(id)}, "account", readAccount, func(seen crm.Account) bool {
		return seen.ID == id
	})
}

// UpdateAccount changes what differs between base, as it was seen, and want, as
// it should be: name, domain, owner. The differences are the fields that Apollo
// stored otherwise than they were sent.
//
// https://docs.apollo.io/reference/update-an-account
func (c *Client) UpdateAccount(ctx context.Context, base, want crm.Account) (crm.Account, []crm.Difference, error) {
	if err := checkAccount(accountUpdate, base.ID); err != nil {
		return crm.Account{}, nil, err
	}
	request := call{operation: accountUpdate, id: string(base.ID)}
	body := new(wire.Writer).BeginObject()
	var fields []crm.Field
	for _, f := range accountFields {
		text := accountText(want, f)
		if text == accountText(base, f) {
			continue
		}
		fields = append(fields, f)
		body.Member(accountMember(f))
		if text == "" {
			body.Null()
		} else {
			body.String(text)
		}
		if f == crm.FieldOwner {
			request.sent = []sentID{{text, f}}
		}
	}
	request.body = body.EndObject()
	if len(fields) == 0 || want.Name == "" {
		return crm.Account{}, nil, unsent(accountUpdate, &crm.Error{Kind: crm.Invalid, Field: crm.FieldName, Message: "An account needs a name, and something to change."})
	}
	changed, err := one(ctx, c, request, "account", readAccount, func(changed crm.Account) bool { return changed.ID == base.ID })
	if err != nil {
		return crm.Account{}, nil, err
	}
	var differences []crm.Difference
	for _, f := range fields {
		if sent, stored := accountText(want, f), accountText(changed, f); sent != stored {
			differences = append(differences, crm.Difference{Field: f, Sent: sent, Stored: stored})
		}
	}
	return changed, differences, nil
}

func checkAccount(op *operation, id crm.AccountID) error {
	if _, ok := crm.ParseID[crm.AccountID](string(id)); !ok {
		return unsent(op, &crm.Error{Kind: crm.Invalid, Message: "The account is not known."})
	}
	return nil
}

var accountFields = [...]crm.Field{crm.FieldName, FieldDomain, crm.FieldOwner}

func accountText(a crm.Account, f crm.Field) string {
	switch f {
	case FieldDomain:
		return string(a.Domain)
	case crm.FieldOwner:
		return string(a.OwnerID)
	}
	return a.Name
}

func accountMember(f crm.Field) string {
	if f == crm.FieldOwner {
		return "owner_id"
	}
	return string(f)
}
