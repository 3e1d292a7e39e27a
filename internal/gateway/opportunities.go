package gateway

import (
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// listQuery are the parameters of the list, and how each becomes a condition.
const listQuery = "stage owner account text closes_from closes_to limit after"

// serveOpportunities lists the index, newest first, a page at a time. A page begins
// after a place and not after a number of rows: what is made meanwhile moves
// nothing.
func serveOpportunities(q *request) (answer, error) {
	limit, err := q.number("limit", 50, 1, 100)
	if err != nil {
		return answer{}, err
	}
	where, args, err := q.conditions()
	if err != nil {
		return answer{}, err
	}
	whole := false
	if id := q.query["account"]; id != "" {
		// Where Apollo cannot be asked the index answers with what it has.
		whole, err = q.askAccount(id)
		if kind := crm.KindOf(err); err != nil && kind != crm.RateLimited && kind != crm.Unavailable {
			return answer{}, err
		}
	}
	args = append(args, limit+1)
	results, err := q.g.db.Batch(q.ctx,
		sql(`SELECT `+opportunityColumns+` FROM opportunity WHERE `+where+` ORDER BY created_at DESC, id DESC LIMIT ?`, args...),
		sql(`SELECT complete, head FROM walk WHERE team = ?`, q.team.ID))
	if err != nil {
		return answer{}, err
	}
	rows := results[0].Rows
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = strconv.FormatInt(last.Int(10), 10) + "-" + last.Text(0)
	}
	w := new(wire.Writer).BeginObject()
	w.Member("opportunities").BeginArray()
	for _, row := range rows {
		writeOpportunity(w, readOpportunity(row))
	}
	w.EndArray().Member("next").String(next)
	q.g.writeAge(w, results[1], whole)
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}

// writeAge tells whether the whole list was read, or all that was asked for, and
// how long ago the newest were.
func (g *Gateway) writeAge(w *wire.Writer, walk Result, complete bool) {
	age := 0
	if len(walk.Rows) > 0 && walk.Rows[0].Int(0) > 0 {
		complete = true
		age = int((millis(g.clock()) - max(walk.Rows[0].Int(0), walk.Rows[0].Int(1))) / 1000)
	}
	w.Member("complete").Bool(complete).Member("age").Int(max(age, 0))
}

func (q *request) conditions() (where string, args []any, err error) {
	where, args = `team = ?`, []any{q.team.ID}
	for _, c := range []struct {
		name, sql string
		fit       func(string) bool
		needs     string
	}{
		{"stage", ` AND stage_id = ?`, isID, "an id of 24 hexadecimal digits"},
		{"owner", ` AND owner_id = ?`, isID, "an id of 24 hexadecimal digits"},
		{"account", ` AND account_id = ?`, isID, "an id of 24 hexadecimal digits"},
		{"text", ` AND instr(folded, ?) > 0`, func(text string) bool { return len(text) > 0 }, "a text"},
		{"closes_from", ` AND close_date >= ?`, isDay, "a day as YYYY-MM-DD"},
		{"closes_to", ` AND close_date <> '' AND close_date <= ?`, isDay, "a day as YYYY-MM-DD"},
	} {
		text, given := q.query[c.name]
		if !given {
			continue
		}
		if !c.fit(text) {
			return "", nil, parameter(c.name, c.needs)
		}
		if c.name == "text" {
			text = strings.ToLower(text)
		}
		where, args = where+c.sql, append(args, text)
	}
	if after, given := q.query["after"]; given {
		at, id, _ := strings.Cut(after, "-")
		n, err := strconv.ParseInt(at, 10, 64)
		if err != nil || n < 0 || n > 1<<52 || !isID(id) {
			return "", nil, parameter("after", "what a page gave as next")
		}
		where, args = where+` AND (created_at, id) < (?, ?)`, append(args, n, id)
	}
	return where, args, nil
}

func isDay(text string) bool {
	_, ok := crm.ParseDate(text)
	return ok
}

// serveOpportunity reads one opportunity from Apollo, for a form that is about to
// change it. Where Apollo cannot be asked the index answers, with its age.
func serveOpportunity(q *request) (answer, error) {
	began := q.g.clock()
	o, err := q.g.reads(q.team, q.calls).client().Opportunity(q.ctx, crm.OpportunityID(q.id))
	age, asked := time.Duration(0), err == nil
	switch crm.KindOf(err) {
	case "":
		if _, err := q.g.one(q.ctx, keepOpportunities(q.team.ID, []crm.Opportunity{o}, began)); err != nil {
			return answer{}, err
		}
	case crm.RateLimited, crm.Unavailable:
		found, lost := q.g.one(q.ctx, sql(`SELECT `+opportunityColumns+`, seen FROM opportunity WHERE team = ? AND id = ?`, q.team.ID, q.id))
		if lost != nil {
			return answer{}, lost
		}
		if len(found.Rows) == 0 {
			return answer{}, err
		}
		o, age = readOpportunity(found.Rows[0]), began.Sub(instant(found.Rows[0].Int(12)))
	case crm.NotFound:
		if _, err := q.g.one(q.ctx, forget(q.team.ID, q.id, began)); err != nil {
			return answer{}, err
		}
		return answer{}, err
	default:
		return answer{}, err
	}
	w := new(wire.Writer).BeginObject()
	w.Member("opportunity")
	writeOpportunity(w, o)
	q.writeCustom(w, asked, o.Custom)
	w.Member("age").Int(max(int(age/time.Second), 0))
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}

// forget drops what Apollo said it does not have, unless it was seen since.
func forget(team, id string, asked time.Time) Statement {
	return volatile(`DELETE FROM opportunity WHERE team = ? AND id = ? AND seen <= ?`, team, id, millis(asked))
}
