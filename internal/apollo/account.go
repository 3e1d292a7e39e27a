package apollo

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	accountSearch = &operation{
		name: OpAccountSearch, method: "POST", path: "/accounts/search",
		right: "api/v1/accounts/search",
	}
	accountFindOrCreate = &operation{
		name: OpAccountFindOrCreate, method: "POST", path: "/accounts/bulk_create",
		right: "api/v1/accounts/bulk_create",
	}
)

// AccountsNamed gives the first 100 accounts with name in their name. Apollo has
// no filter by domain; the caller compares each row's Domain.
//
// https://docs.apollo.io/reference/search-for-accounts
func (c *Client) AccountsNamed(ctx context.Context, name string) ([]crm.Account, error) {
	if name = strings.TrimSpace(name); name == "" {
		return nil, unsent(accountSearch, &crm.Error{Kind: crm.Invalid, Field: crm.FieldAccount, Message: "Enter a name to look for."})
	}
	body := new(wire.Writer).BeginObject()
	body.Member("q_organization_name").String(name)
	body.Member("page").Int(1).Member("per_page").Int(MaxPerPage)
	body.EndObject()
	var found []crm.Account
	err := c.do(ctx, call{operation: accountSearch, body: body}, func(r *wire.Reader) {
		envelope(r, func(name []byte) bool {
			return string(name) == "accounts" && readAccounts(r, &found)
		})
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// FindOrCreateAccount gives the team's account of that domain and makes it if
// there is none. It may be repeated safely, so an answer that was lost is an
// error of kind [crm.Unavailable]. Apollo also matches by name: an account found
// that way, with another domain or none, is a [crm.Conflict] and left as it is.
//
// https://docs.apollo.io/reference/bulk-create-accounts
func (c *Client) FindOrCreateAccount(ctx context.Context, account crm.NewAccount) (crm.Account, error) {
	if account.Name == "" || account.Domain == "" {
		return crm.Account{}, unsent(accountFindOrCreate, &crm.Error{Kind: crm.Invalid, Field: crm.FieldAccount, Message: "A new account needs a name and a domain."})
	}
	body := new(wire.Writer).BeginObject()
	body.Member("accounts").BeginArray().BeginObject()
	body.Member("name").String(account.Name).Member("domain").String(string(account.Domain))
	body.EndObject().EndArray()
	body.Member("run_dedupe").Bool(true)
	body.EndObject()
	var found []crm.Account
	err := c.do(ctx, call{operation: accountFindOrCreate, body: body}, func(r *wire.Reader) {
		envelope(r, func(name []byte) bool {
			switch string(name) {
			case "existing_accounts", "created_accounts":
				return readAccounts(r, &found)
			}
			return false
		})
		if len(found) == 0 {
			r.Fail(errUnusable)
		}
	})
	if err != nil {
		return crm.Account{}, err
	}
	for _, a := range found {
		if a.Domain == account.Domain {
			return a, nil
		}
	}
	return crm.Account{}, c.otherDomain(found[0], account)
}

func (c *Client) otherDomain(found crm.Account, asked crm.NewAccount) error {
	e := &crm.Error{
		Kind: crm.Conflict, Op: OpAccountFindOrCreate, Field: crm.FieldAccount,
		Message: `Apollo has an account “{0}” with the domain {2} instead of {1}. Choose that account, or give the new one another name.`,
		Parts:   []string{c.clean(found.Name), string(asked.Domain), c.clean(string(found.Domain))},
	}
	if found.Domain == "" {
		e.Message = `Apollo has an account “{0}” with no domain instead of {1}. Choose that account, or give the new one another name.`
	}
	return e
}

// readAccounts adds the accounts of a list; false if it is none.
func readAccounts(r *wire.Reader, to *[]crm.Account) bool {
	if !r.Is('[') && !r.Is('n') {
		return false
	}
	rows(r, func() bool {
		account, ok := readAccount(r)
		if ok {
			*to = append(*to, account)
		}
		return ok
	})
	return true
}

// readAccount reads one account object. It reports false for one without a
// valid id.
func readAccount(r *wire.Reader) (crm.Account, bool) {
	var a crm.Account
	var primary crm.Domain
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			a.ID = id[crm.AccountID](r)
		case "name":
			a.Name = text(r)
		case "domain":
			a.Domain = domain(r)
		case "primary_domain":
			primary = domain(r)
		case "owner_id":
			a.OwnerID = id[crm.UserID](r)
		}
	})
	if a.Domain == "" {
		a.Domain = primary
	}
	return a, a.ID != ""
}

// domain reads a domain as package crm writes it. People also enter it with
// www and capitals.
func domain(r *wire.Reader) crm.Domain {
	name := strings.ToLower(strings.TrimSpace(text(r)))
	return crm.Domain(strings.TrimPrefix(name, "www."))
}
