package gateway

import "github.com/dealmark/dealmark/internal/wire"

// serveMe tells who the token belongs to and what is left of the team's requests.
func serveMe(q *request) (answer, error) {
	budgets, err := q.g.budgets(q.ctx, q.team.ID)
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
	return answer{status: 200, body: w.EndArray().EndObject().Bytes()}, nil
}
