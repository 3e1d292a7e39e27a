package engine

import (
	"maps"
	"strings"
	"time"
)

// opportunity is what is stored of one; the rest of its answer is derived.
type opportunity struct {
	stageID, accountID string
	id, name           string
	// position is its place among the team's.
	position             int
	ownerID, createdBy   string
	amount               decimal
	closedDate           time.Time
	createdAt, updatedAt time.Time
	stageUpdatedAt       time.Time
	source               string
	// hidden is refused to a view.
	hidden       bool
	customFields map[string]any
	roles        []contactRole
}

// createOpportunity stores a new opportunity. It never looks for one alike:
// Apollo makes a second one of the same name and account.
//
// https://docs.apollo.io/reference/create-deal
func (t *team) createOpportunity(x *Exchange) (any, *refusal) {
	if strings.TrimSpace(x.params.text("name")) == "" {
		return nil, unprocessable("Name is required")
	}
	o := opportunity{createdBy: t.actor(), source: "api", createdAt: x.now, updatedAt: x.now}
	if r := t.assign(&o, x.params); r != nil {
		return nil, r
	}
	account, r := x.params.id("account_id")
	if r != nil {
		return nil, r
	}
	o.accountID = t.resolveAccount(account)
	if o.stageID != "" {
		o.stageUpdatedAt = x.now
	}
	o.id = t.ids.object(x.now)
	if !x.drops() {
		t.keepOpportunity(&o)
	}

	x.stored("opportunity.create", o.id, t.opportunityJSON(&o, viewShape), nil)
	answer := t.opportunityJSON(&o, writeShape)
	answer.AccountID = nullable(account)
	answer.ExistenceLevel = "none"
	return opportunityEnvelope{answer}, nil
}

// updateOpportunity stores the fields that are given. What the documentation
// does not list, is_closed and account_id among it, changes nothing.
//
// https://docs.apollo.io/reference/update-deal
func (t *team) updateOpportunity(x *Exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	o := t.byID[strings.ToLower(x.id)]
	if o == nil {
		return nil, unprocessable("Opportunity does not exist.")
	}
	if x.params.has("name") && strings.TrimSpace(x.params.text("name")) == "" {
		return nil, unprocessable("Name is required")
	}
	after := *o
	if r := t.assign(&after, x.params); r != nil {
		return nil, r
	}
	changed := changes(o, &after)
	if len(changed) > 0 {
		after.updatedAt = x.now
		if after.stageID != o.stageID {
			after.stageUpdatedAt = x.now
		}
	}
	t.replaceOpportunity(x, "opportunity.update", o, &after, changed)
	return opportunityEnvelope{t.opportunityJSON(&after, writeShape)}, nil
}

// replaceOpportunity stores after in the place of o.
func (t *team) replaceOpportunity(x *Exchange, operation string, o, after *opportunity, changed []string) {
	if !x.drops() && len(changed) > 0 {
		if after.name != o.name {
			t.names.rename(o.position, after.name)
		}
		*o = *after
		t.measure(o)
	}
	x.stored(operation, o.id, t.opportunityJSON(o, viewShape), changed)
}

// viewOpportunity is the one of the path: 404 where an update says 422.
//
// https://docs.apollo.io/reference/view-deal
func (t *team) viewOpportunity(x *Exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	o := t.byID[strings.ToLower(x.id)]
	if o == nil {
		return nil, notFound()
	}
	if o.hidden {
		return nil, unprocessable("You are not authorized to view this page.")
	}
	return opportunityEnvelope{t.opportunityJSON(o, viewShape)}, nil
}

func (t *team) keepOpportunity(o *opportunity) {
	o.position = len(t.opportunities)
	t.opportunities = append(t.opportunities, o)
	t.byID[o.id] = o
	t.names.add(o.name)
	t.measure(o)
}

// assign sets the fields that create and update have in common.
func (t *team) assign(o *opportunity, p params) *refusal {
	if p.has("name") {
		o.name = p.text("name")
	}
	for _, f := range []struct {
		key   string
		field *string
	}{{"owner_id", &o.ownerID}, {"opportunity_stage_id", &o.stageID}} {
		if r := p.setID(f.key, f.field); r != nil {
			return r
		}
	}
	if p.has("amount") {
		o.amount = parseDecimal(p.text("amount"))
	}
	if p.has("closed_date") {
		o.closedDate = parseDate(p.text("closed_date"))
	}
	if custom, ok := p["typed_custom_fields"].(map[string]any); ok {
		o.customFields = merge(o.customFields, custom)
	}
	return nil
}

func merge(old, given map[string]any) map[string]any {
	all := maps.Clone(old)
	if all == nil {
		all = map[string]any{}
	}
	for k, v := range given {
		if v == nil {
			delete(all, k)
			continue
		}
		all[k] = v
	}
	return all
}
