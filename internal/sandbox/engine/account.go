package engine

import (
	"strings"
	"time"
)

// account is what is stored of a company that the team has saved.
type account struct {
	id, name, domain            string
	lowerName                   string
	organizationID              string
	ownerID, createdBy          string
	stageID                     string
	phone, rawAddress, linkedin string
	source                      string
	createdAt, updatedAt        time.Time
	customFields                map[string]any
}

// createAccount stores a new account. It never looks for one alike.
//
// https://docs.apollo.io/reference/create-an-account
func (t *team) createAccount(x *Exchange) (any, *refusal) {
	a, r := t.newAccount(x.params, x.now)
	if r != nil {
		return nil, r
	}
	if !x.drops() {
		t.keepAccount(a)
	}
	x.stored("account.create", a.id, t.accountJSON(a, viewedAccount), nil)
	return accountEnvelope{Account: t.accountJSON(a, writtenAccount)}, nil
}

// updateAccount stores the fields that are given.
//
// https://docs.apollo.io/reference/update-an-account
func (t *team) updateAccount(x *Exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	a := t.accountByID[strings.ToLower(x.id)]
	if a == nil {
		return nil, unprocessable("Account does not exist.")
	}
	after := *a
	if r := assignAccount(&after, x.params); r != nil {
		return nil, r
	}
	t.replaceAccount(x, a, &after)
	return struct {
		Account any      `json:"account"`
		Labels  []string `json:"labels"`
	}{t.accountJSON(&after, writtenAccount), []string{}}, nil
}

// replaceAccount stores after in the place of a.
func (t *team) replaceAccount(x *Exchange, a, after *account) {
	changed := accountChanges(a, after)
	if len(changed) > 0 {
		after.updatedAt = x.now
	}
	if !x.drops() {
		*a = *after
	}
	x.stored("account.update", a.id, t.accountJSON(a, viewedAccount), changed)
}

// viewAccount is the one of the path.
//
// https://docs.apollo.io/reference/view-an-account
func (t *team) viewAccount(x *Exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	a := t.accountByID[strings.ToLower(x.id)]
	if a == nil {
		return nil, notFound()
	}
	answer := accountEnvelope{Account: t.accountJSON(a, viewedAccount)}
	if t.dialect == DialectCreatedAt {
		answer.crmOwners = &crmOwners{Salesforce: []string{}, Hubspot: []string{}}
	}
	return answer, nil
}

func (t *team) newAccount(p params, now time.Time) (*account, *refusal) {
	if strings.TrimSpace(p.text("name")) == "" && strings.TrimSpace(p.text("domain")) == "" {
		return nil, unprocessable("Please specify at least a name or domain.")
	}
	a := &account{
		ownerID: t.actor(), createdBy: t.actor(), source: "api", createdAt: now, updatedAt: now,
	}
	if len(t.accountStages) > 0 {
		a.stageID = t.accountStages[0].ID
	}
	if r := assignAccount(a, p); r != nil {
		return nil, r
	}
	if a.name == "" {
		a.name, a.lowerName = a.domain, strings.ToLower(a.domain)
	}
	a.id = t.ids.object(now)
	return a, nil
}

func (t *team) keepAccount(a *account) {
	t.accounts = append(t.accounts, a)
	t.accountByID[a.id] = a
}

// assignAccount sets the fields that create and update have in common.
func assignAccount(a *account, p params) *refusal {
	for _, f := range []struct {
		key   string
		field *string
	}{{"owner_id", &a.ownerID}, {"account_stage_id", &a.stageID}} {
		if r := p.setID(f.key, f.field); r != nil {
			return r
		}
	}
	for key, field := range map[string]*string{
		"name": &a.name, "domain": &a.domain, "phone": &a.phone, "raw_address": &a.rawAddress, "linkedin_url": &a.linkedin,
	} {
		if p.has(key) {
			*field = strings.TrimSpace(p.text(key))
		}
	}
	a.lowerName = strings.ToLower(a.name)
	if custom, ok := p["typed_custom_fields"].(map[string]any); ok {
		a.customFields = merge(a.customFields, custom)
	}
	return nil
}

// resolveAccount turns the id of an organization into that of the account that
// is linked to it; every other id stays as it is.
func (t *team) resolveAccount(id string) string {
	if id == "" || t.accountByID[id] != nil {
		return id
	}
	for _, a := range t.accounts {
		if a.organizationID == id {
			return a.id
		}
	}
	return id
}
