package engine

import (
	"slices"
	"strings"
)

const maxBulkAccounts = 100

// bulkCreateAccounts makes up to 100 accounts. With run_dedupe it finds those
// that exist instead, and returns them as they are.
//
// https://docs.apollo.io/reference/bulk-create-accounts
func (t *team) bulkCreateAccounts(x *Exchange) (any, *refusal) {
	given, ok := x.params["accounts"].([]any)
	if !ok || len(given) == 0 {
		return nil, noAccounts()
	}
	if len(given) > maxBulkAccounts {
		return nil, unprocessable("Please limit your array to 100 accounts or fewer.")
	}
	answer := struct {
		Created  []any `json:"created_accounts"`
		Existing []any `json:"existing_accounts"`
	}{[]any{}, []any{}}

	var fresh, found []*account
	for _, item := range given {
		attributes, ok := item.(map[string]any)
		if !ok {
			return nil, noAccounts()
		}
		p := params(attributes)
		if x.params.bool("run_dedupe") {
			if old := t.sameAccount(p, fresh); old != nil {
				if !slices.Contains(fresh, old) && !slices.Contains(found, old) {
					found = append(found, old)
				}
				continue
			}
		}
		a, r := t.newAccount(p, x.now)
		if r != nil {
			return nil, r
		}
		fresh = append(fresh, a)
	}
	for _, a := range fresh {
		if !x.drops() {
			t.keepAccount(a)
		}
		x.stored("account.create", a.id, t.accountJSON(a, viewedAccount), nil)
		answer.Created = append(answer.Created, t.accountJSON(a, bulkAccount))
	}
	for _, a := range found {
		answer.Existing = append(answer.Existing, t.accountJSON(a, bulkAccount))
	}
	return answer, nil
}

func noAccounts() *refusal {
	return unprocessable(`Please provide an array of account attributes in the "accounts" parameter.`)
}

// sameAccount is the oldest account with the domain that is given, else with the
// organization, else with the name; those made by the same request come last.
func (t *team) sameAccount(p params, fresh []*account) *account {
	domain := comparableDomain(p.text("domain"))
	name := strings.ToLower(strings.TrimSpace(p.text("name")))
	organization := p.text("organization_id")
	for _, same := range []func(*account) bool{
		func(a *account) bool { return domain != "" && comparableDomain(a.domain) == domain },
		func(a *account) bool { return organization != "" && a.organizationID == organization },
		func(a *account) bool { return name != "" && a.lowerName == name },
	} {
		for _, accounts := range [][]*account{t.accounts, fresh} {
			if i := slices.IndexFunc(accounts, same); i >= 0 {
				return accounts[i]
			}
		}
	}
	return nil
}

func comparableDomain(s string) string {
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "www.")
}
