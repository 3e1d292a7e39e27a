package gateway

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// asking remembers that Apollo was asked about something.
func asking(team, about string, at time.Time, whole bool) Statement {
	return volatile(`INSERT INTO asked (team, about, at, whole) VALUES (?, ?, ?, ?)
		ON CONFLICT (team, about) DO UPDATE SET at = excluded.at, whole = excluded.whole`, team, about, millis(at), whole)
}

// asked tells when Apollo was asked about something, zero for never, and whether
// it gave all that there is.
func (g *Gateway) asked(ctx context.Context, team, about string) (at time.Time, whole bool, err error) {
	found, err := g.one(ctx, sql(`SELECT at, whole FROM asked WHERE team = ? AND about = ?`, team, about))
	if err != nil || len(found.Rows) == 0 {
		return time.Time{}, false, err
	}
	return instant(found.Rows[0].Int(0)), found.Rows[0].Int(1) != 0, nil
}

// serveAccounts gives accounts with a text in their name. Apollo is asked as often
// as about a domain of which nothing is known.
func serveAccounts(q *request) (answer, error) {
	name := strings.ToLower(strings.TrimSpace(q.query["name"]))
	if name == "" || utf8.RuneCountInString(name) > 100 {
		return answer{}, parameter("name", "a text of at most 100 characters")
	}
	at, _, err := q.g.asked(q.ctx, q.team.ID, "name "+name)
	if err != nil {
		return answer{}, err
	}
	if began := q.g.clock(); began.Sub(at) >= q.g.policy.Nothing {
		found, err := q.g.reads(q.team, q.calls).client().AccountsNamed(q.ctx, name)
		if err != nil && at.IsZero() {
			return answer{}, err
		}
		if err == nil {
			at = began
			if _, err := q.g.db.Batch(q.ctx, keepAccounts(q.team.ID, found, began), asking(q.team.ID, "name "+name, began, false)); err != nil {
				return answer{}, err
			}
		}
	}
	rows, err := q.g.one(q.ctx, sql(`SELECT id, name, domain, owner_id FROM account WHERE team = ? AND instr(folded, ?) > 0 ORDER BY id LIMIT 100`, q.team.ID, name))
	if err != nil {
		return answer{}, err
	}
	w := new(wire.Writer).BeginObject()
	w.Member("accounts").BeginArray()
	for _, r := range rows.Rows {
		writeAccount(w, crm.Account{ID: crm.AccountID(r.Text(0)), Name: r.Text(1), Domain: crm.Domain(r.Text(2)), OwnerID: crm.UserID(r.Text(3))})
	}
	w.EndArray().Member("age").Int(max(int(q.g.clock().Sub(at)/time.Second), 0))
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}

// askAccount has Apollo asked for the opportunities of one account, as long as no
// whole walk has read them. It says whether all of them are in the index.
func (q *request) askAccount(id string) (whole bool, err error) {
	found, err := q.g.one(q.ctx, sql(`SELECT complete FROM walk WHERE team = ?`, q.team.ID))
	if err != nil || len(found.Rows) > 0 && found.Rows[0].Int(0) > 0 {
		return err == nil, err
	}
	at, whole, err := q.g.asked(q.ctx, q.team.ID, "account "+id)
	began := q.g.clock()
	if err != nil || began.Sub(at) < q.g.policy.Nothing {
		return whole, err
	}
	list, whole, err := q.g.reads(q.team, q.calls).client().OpportunitiesOf(q.ctx, crm.AccountID(id))
	if err != nil {
		if at.IsZero() {
			return false, err
		}
		return false, nil
	}
	_, err = q.g.db.Batch(q.ctx, keepOpportunities(q.team.ID, list, began), asking(q.team.ID, "account "+id, began, whole))
	return whole, err
}
