package engine

import "strings"

const maxManyAccounts = 1000

// bulkUpdateAccounts changes up to 1,000 accounts: those of account_ids alike, or
// those of account_attributes each in its own way.
//
// https://docs.apollo.io/reference/bulk-update-accounts
func (t *team) bulkUpdateAccounts(x *Exchange) (any, *refusal) {
	attributes, each := x.params["account_attributes"].([]any)
	if !each {
		return t.updateMany(x, x.params.list("account_ids"), func(int) params { return x.params })
	}
	if x.params.bool("async") {
		return nil, unprocessable("Asynchronous processing is not supported with account_attributes.")
	}
	ids := make([]string, len(attributes))
	changes := make([]params, len(attributes))
	for i := range attributes {
		object, _ := attributes[i].(map[string]any)
		changes[i], ids[i] = object, params(object).text("id")
	}
	return t.updateMany(x, ids, func(i int) params { return changes[i] })
}

// updateAccountOwners gives accounts to another user.
//
// https://docs.apollo.io/reference/update-account-ownership
func (t *team) updateAccountOwners(x *Exchange) (any, *refusal) {
	owner := params{"owner_id": x.params["owner_id"]}
	if x.params.text("owner_id") == "" {
		return nil, unprocessable("Owner is required")
	}
	return t.updateMany(x, x.params.list("account_ids"), func(int) params { return owner })
}

// updateMany stores all of the changes or none; an unknown account is skipped.
func (t *team) updateMany(x *Exchange, ids []string, changes func(i int) params) (any, *refusal) {
	if len(ids) == 0 {
		return nil, unprocessable(`Please provide an array of account ids in the "account_ids" parameter.`)
	}
	if len(ids) > maxManyAccounts {
		return nil, unprocessable("Please limit your array to 1000 accounts or fewer.")
	}
	var found, after []*account
	for i, id := range ids {
		if !validID(id) {
			return nil, malformedID(id)
		}
		a := t.accountByID[strings.ToLower(id)]
		if a == nil {
			continue
		}
		changed := *a
		if r := assignAccount(&changed, changes(i)); r != nil {
			return nil, r
		}
		found, after = append(found, a), append(after, &changed)
	}
	answer := struct {
		Accounts []any `json:"accounts"`
	}{[]any{}}
	for i, a := range found {
		t.replaceAccount(x, a, after[i])
		answer.Accounts = append(answer.Accounts, t.accountJSON(after[i], writtenAccount))
	}
	return answer, nil
}
