package gateway

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Scope is what a token may do. Each scope includes those before it.
type Scope string

const (
	Public    Scope = "" // without a token
	ScopeRead Scope = "read"
	// ScopeWrite allows to create and change opportunities and accounts.
	ScopeWrite Scope = "write"
	// ScopeAdmin allows to read the audit.
	ScopeAdmin Scope = "admin"
)

func (s Scope) rank() int {
	switch s {
	case ScopeRead:
		return 1
	case ScopeWrite:
		return 2
	case ScopeAdmin:
		return 3
	}
	return 0
}

// Rep is who a token belongs to.
type Rep struct {
	Team   string
	Name   string // within the team; as for a team's
	UserID crm.UserID
	Scope  Scope
}

// Reps keeps the tokens of all reps. There is no other way to a token than these
// calls of who runs the gateway: no route makes one.
type Reps struct {
	DB     DB
	Clock  func() time.Time
	Random io.Reader // cryptographically random
	Policy Policy    // the zero Policy is DefaultPolicy
}

// Issued is a token as Reps lists it.
type Issued struct {
	Rep
	ID                     string // the beginning of its hash, to tell tokens apart
	Created, Used, Expires time.Time
	Revoked                bool
}

// Add makes the first token of a rep.
func (r Reps) Add(ctx context.Context, rep Rep) (Token, error) {
	switch {
	case !isName(rep.Team) || !isName(rep.Name):
		return "", errors.New("a team and a rep have names of lower-case letters, digits and hyphens, at most 40 of them")
	case rep.Scope.rank() == 0:
		return "", errors.New("the scope must be read, write or admin")
	}
	if _, ok := crm.ParseID[crm.UserID](string(rep.UserID)); !ok && (rep.UserID != "" || rep.Scope != ScopeRead) {
		return "", errors.New("the rep's user id in Apollo has 24 hexadecimal digits; without one a rep may only read")
	}
	token, err := NewToken(r.Random)
	if err != nil {
		return "", err
	}
	now := millis(r.Clock())
	done, err := r.DB.Batch(ctx, sql(`INSERT INTO token (hash, team, rep, user_id, scope, created, used)
		SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM token WHERE team = ? AND rep = ? AND revoked IS NULL)`,
		hashOf(string(token)), rep.Team, rep.Name, string(rep.UserID), string(rep.Scope), now, now, rep.Team, rep.Name))
	if err != nil {
		return "", err
	}
	if done[0].Changes == 0 {
		return "", errors.New("the rep " + rep.Name + " has a token already: rotate it, or revoke it first")
	}
	return token, nil
}

// Rotate makes another token of a rep. The one before lives on for a day, any
// older one ends at once.
func (r Reps) Rotate(ctx context.Context, team, name string) (Token, error) {
	token, err := NewToken(r.Random)
	if err != nil {
		return "", err
	}
	overlap := r.Policy.Overlap
	if overlap == 0 {
		overlap = DefaultPolicy().Overlap
	}
	now := millis(r.Clock())
	done, err := r.DB.Batch(ctx,
		sql(`UPDATE token SET revoked = ? WHERE team = ? AND rep = ? AND revoked IS NULL AND expires IS NOT NULL`, now, team, name),
		sql(`INSERT INTO token (hash, team, rep, user_id, scope, created, used)
			SELECT ?, team, rep, user_id, scope, ?, ? FROM token WHERE team = ? AND rep = ? AND revoked IS NULL`,
			hashOf(string(token)), now, now, team, name),
		sql(`UPDATE token SET expires = ? WHERE team = ? AND rep = ? AND revoked IS NULL AND hash <> ?`,
			now+overlap.Milliseconds(), team, name, hashOf(string(token))))
	if err != nil {
		return "", err
	}
	if done[1].Changes == 0 {
		return "", errors.New("the rep " + name + " has no token to rotate")
	}
	return token, nil
}

// Revoke ends all tokens of a rep, from the next request on: every request reads
// its token from the database.
func (r Reps) Revoke(ctx context.Context, team, name string) error {
	done, err := r.DB.Batch(ctx, sql(`UPDATE token SET revoked = ? WHERE team = ? AND rep = ? AND revoked IS NULL`,
		millis(r.Clock()), team, name))
	if err != nil {
		return err
	}
	if done[0].Changes == 0 {
		return errors.New("the rep " + name + " has no token")
	}
	return nil
}

// List gives all tokens, those that ended too.
func (r Reps) List(ctx context.Context) (list []Issued, err error) {
	found, err := r.DB.Batch(ctx, sql(`SELECT substr(hash, 1, 8), team, rep, user_id, scope, created, used, expires, revoked
		FROM token ORDER BY team, rep, created`))
	if err != nil {
		return nil, err
	}
	for _, row := range found[0].Rows {
		list = append(list, Issued{
			ID:      row.Text(0),
			Rep:     Rep{row.Text(1), row.Text(2), crm.UserID(row.Text(3)), Scope(row.Text(4))},
			Created: instant(row.Int(5)), Used: instant(row.Int(6)), Expires: instant(row.Int(7)), Revoked: row[8] != nil,
		})
	}
	return list, nil
}

func millis(t time.Time) int64 { return t.UnixMilli() }

// instant is the time of a stored number, the zero time for 0.
func instant(milliseconds int64) time.Time {
	if milliseconds == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds).UTC()
}
