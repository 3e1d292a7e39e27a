package gateway

import (
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// The gateway's documents: the members of each object are always all there, ""
// where nothing is set; times are milliseconds since 1970, 0 for none; amounts are
// exact decimals as text.

// memberOf is the name of a field in the gateway's documents.
func memberOf(f crm.Field) string {
	switch f {
	case crm.FieldStage, crm.FieldOwner, crm.FieldAccount:
		return string(f) + "_id"
	case crm.FieldContacts:
		return "contacts"
	}
	return string(f) // of a custom field the kind and the id too
}

// fieldOf is the field that a member of a document names.
func fieldOf(member string) (crm.Field, bool) {
	for _, f := range crm.Fields() {
		if memberOf(f) == member {
			return f, true
		}
	}
	if member == memberOf(crm.FieldContacts) {
		return crm.FieldContacts, true
	}
	f := crm.Field(member)
	kind, _, _ := f.Custom()
	return f, kind != "" && kind != crm.CustomContacts
}

func writeOpportunity(w *wire.Writer, o crm.Opportunity) {
	w.BeginObject().Member("id").String(string(o.ID))
	w.Member("name").String(o.Name).Member("amount").String(o.Amount.Text()).Member("currency").String(o.Amount.Currency)
	w.Member("stage_id").String(string(o.StageID)).Member("close_date").String(o.CloseDate.String())
	w.Member("owner_id").String(string(o.OwnerID)).Member("account_id").String(string(o.AccountID))
	w.Member("closed").Bool(o.Closed).Member("won").Bool(o.Won)
	w.Member("created_at").Int(int(millisOrZero(o.CreatedAt)))
	w.Member("last_activity_at").Int(int(millisOrZero(o.LastActivityAt))).EndObject()
}

func writeAccount(w *wire.Writer, a crm.Account) {
	w.BeginObject().Member("id").String(string(a.ID)).Member("name").String(a.Name)
	w.Member("domain").String(string(a.Domain)).Member("owner_id").String(string(a.OwnerID)).EndObject()
}

func millisOrZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

const opportunityColumns = `id, name, amount, currency, stage_id, close_date, owner_id, account_id, closed, won, created_at, active`

func readOpportunity(row Row) (o crm.Opportunity) {
	o.ID = crm.OpportunityID(row.Text(0))
	o.Name = row.Text(1)
	if o.Amount, _ = crm.ParseMoney(row.Text(2)); o.Amount.IsSet() {
		o.Amount.Currency = row.Text(3)
	}
	o.StageID = crm.StageID(row.Text(4))
	o.CloseDate, _ = crm.ParseDate(row.Text(5))
	o.OwnerID = crm.UserID(row.Text(6))
	o.AccountID = crm.AccountID(row.Text(7))
	o.Closed, o.Won = row.Int(8) != 0, row.Int(9) != 0
	o.CreatedAt, o.LastActivityAt = instant(row.Int(10)), instant(row.Int(11))
	return o
}

// keepOpportunities writes opportunities as they were seen at a time, unless a later
// look is there: one statement for any number. They count as met by the walk
// under way: one that read their place before they were made must not take them
// for gone.
func keepOpportunities(team string, list []crm.Opportunity, seen time.Time) Statement {
	w := new(wire.Writer).BeginArray()
	for _, o := range list {
		billions, units, millionths := parts(o.Amount)
		w.BeginArray().String(string(o.ID)).String(o.Name).String(o.Amount.Text()).String(o.Amount.Currency)
		w.String(string(o.StageID)).String(o.CloseDate.String()).String(string(o.OwnerID)).String(string(o.AccountID))
		w.Int(number(o.Closed)).Int(number(o.Won)).Int(int(madeAt(o))).String(strings.ToLower(o.Name))
		w.Int(int(billions)).Int(int(units)).Int(int(millionths)).Int(int(millisOrZero(o.LastActivityAt))).EndArray()
	}
	return volatile(`INSERT INTO opportunity (team, `+opportunityColumns+`, folded, billions, units, millionths, walk, seen)
		SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
			value ->> 9, value ->> 10, value ->> 15, value ->> 11, value ->> 12, value ->> 13, value ->> 14,
			COALESCE((SELECT number FROM walk WHERE team = ?1), 0), ?3
		FROM json_each(?2) WHERE true
		ON CONFLICT (team, id) DO UPDATE SET name = excluded.name, amount = excluded.amount, currency = excluded.currency,
			stage_id = excluded.stage_id, close_date = excluded.close_date, owner_id = excluded.owner_id, account_id = excluded.account_id,
			closed = excluded.closed, won = excluded.won, created_at = excluded.created_at, active = excluded.active, folded = excluded.folded,
			billions = excluded.billions, units = excluded.units, millionths = excluded.millionths, walk = excluded.walk, seen = excluded.seen
		WHERE excluded.seen >= seen`, team, string(w.EndArray().Bytes()), millis(seen))
}

// keepAccounts is the same for accounts.
func keepAccounts(team string, list []crm.Account, seen time.Time) Statement {
	w := new(wire.Writer).BeginArray()
	for _, a := range list {
		w.BeginArray().String(string(a.ID)).String(a.Name).String(string(a.Domain)).String(string(a.OwnerID)).String(strings.ToLower(a.Name)).EndArray()
	}
	return volatile(`INSERT INTO account (team, id, name, domain, owner_id, folded, seen)
		SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?3 FROM json_each(?2) WHERE true
		ON CONFLICT (team, id) DO UPDATE SET name = excluded.name, folded = excluded.folded, domain = excluded.domain, owner_id = excluded.owner_id, seen = excluded.seen
		WHERE excluded.seen >= seen`, team, string(w.EndArray().Bytes()), millis(seen))
}

// madeAt is when an opportunity was made, in milliseconds: where Apollo does not
// say, its id begins with the second.
func madeAt(o crm.Opportunity) int64 {
	if !o.CreatedAt.IsZero() {
		return millis(o.CreatedAt)
	}
	second, _ := strconv.ParseInt(string(o.ID[:min(8, len(o.ID))]), 16, 64)
	return second * 1000
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

// parts cuts an amount into whole numbers whose sums over a million rows are
// exact in any database, see the migration.
func parts(m crm.Money) (billions, units, millionths int64) {
	text, negative := strings.CutPrefix(m.Text(), "-")
	whole, fraction, _ := strings.Cut(text, ".")
	cut := max(len(whole)-9, 0)
	billions, _ = strconv.ParseInt("0"+whole[:cut], 10, 64)
	units, _ = strconv.ParseInt("0"+whole[cut:], 10, 64)
	millionths, _ = strconv.ParseInt((fraction + "000000")[:6], 10, 64)
	if negative {
		return -billions, -units, -millionths
	}
	return billions, units, millionths
}
