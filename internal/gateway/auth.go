package gateway

import (
	"net/http"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// authorize finds the rep by the token and counts the request, in one statement:
// a token that is revoked in the database is refused by the next request of any
// instance. Unknown, revoked and expired look alike from outside.
func (g *Gateway) authorize(q *request, header http.Header) error {
	given := header.Values("authorization")
	if len(given) != 1 {
		return unauthorized("A token is needed in the header Authorization, after the word Bearer.")
	}
	kind, token, _ := strings.Cut(given[0], " ")
	if !strings.EqualFold(kind, "bearer") || !IsToken(token) {
		return unauthorized("This is not a token of the gateway: it begins with dmk_ and has 42 characters.")
	}
	now, writes := millis(g.clock()), 0
	if q.route.write {
		writes = 1
	}
	count := volatile(`UPDATE token SET used = max(used, ?2),
			requests = CASE WHEN abs(minute - ?2) >= 60000 THEN 1 ELSE requests + 1 END,
			writes   = CASE WHEN abs(minute - ?2) >= 60000 THEN ?3 ELSE writes + ?3 END,
			minute   = CASE WHEN abs(minute - ?2) >= 60000 THEN ?2 ELSE minute END
		WHERE hash = ?1 AND revoked IS NULL AND (expires IS NULL OR expires > ?2) AND used > ?4
		RETURNING team, rep, user_id, scope, minute, requests, writes, expires`,
		hashOf(token), now, writes, now-g.policy.Idle.Milliseconds())
	found, err := g.one(q.ctx, count)
	if err != nil {
		return err
	}
	if len(found.Rows) == 0 {
		return unauthorized("The token is not known, or was revoked, or has expired. Ask who runs the team's gateway for a new one.")
	}
	row := found.Rows[0]
	q.rep = Rep{row.Text(0), row.Text(1), crm.UserID(row.Text(2)), Scope(row.Text(3))}
	q.expires = instant(row.Int(7))
	known := false
	if q.team, known = g.teams[q.rep.Team]; !known {
		return unauthorized("The token's team is not served here.")
	}
	if row.Int(5) > int64(g.policy.Requests) || row.Int(6) > int64(g.policy.Writes) {
		wait := time.Duration(row.Int(4)+60000-now) * time.Millisecond
		return &problem{status: 429, code: "too_many_requests", title: "Too many requests", kind: crm.RateLimited, retry: wait,
			rep: "This token has been used too often within a minute."}
	}
	if q.rep.Scope.rank() < q.route.scope.rank() {
		return &problem{status: 403, code: "scope", title: "The token's scope is too small", kind: crm.Forbidden,
			rep: "This needs a token of the scope {0}; this one has {1}.", parts: []string{string(q.route.scope), string(q.rep.Scope)}}
	}
	return nil
}

func unauthorized(rep crm.English) *problem {
	return &problem{status: 401, code: "token", title: "No valid token", kind: crm.Unauthorized, rep: rep}
}
