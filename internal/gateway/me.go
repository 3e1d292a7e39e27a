package gateway

import (
	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/wire"
)

// serveMe tells who the token belongs to, what is left of the team's requests, and
// how far the index has been read.
func serveMe(q *request) (answer, error) {
	budgets, err := q.g.budgets(q.ctx, q.team.ID)
	if err != nil {
		return answer{}, err
	}
	walk, err := q.g.one(q.ctx, sql(`SELECT page, total, complete FROM walk WHERE team = ?`, q.team.ID))
	if err != nil {
		return answer{}, err
	}
	w := new(wire.Writer).BeginObject()
	w.Member("team").String(q.rep.Team).Member("rep").String(q.rep.Name)
	w.Member("user_id").String(string(q.rep.UserID)).Member("scope").String(string(q.rep.Scope))
	w.Member("expires").Int(int(millisOrZero(q.expires)))
	w.Member("budget").BeginArray()
	for _, b := range budgets {
		b.write(w)
	}
	w.EndArray().Member("index").BeginObject()
	read, total, complete := 0, 0, false
	if len(walk.Rows) > 0 {
		page := int(walk.Rows[0].Int(0))
		total, complete = int(walk.Rows[0].Int(1)), walk.Rows[0].Int(2) > 0
		if read = total; page > 0 {
			read = min((page-1)*apollo.MaxPerPage, total)
		}
	}
	w.Member("read").Int(read).Member("total").Int(total).Member("complete").Bool(complete)
	return answer{status: 200, body: w.EndObject().EndObject().Bytes()}, nil
}
