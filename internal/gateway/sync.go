package gateway

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Sync does one step of what is to be done without a request, for every team:
// it goes on with writes whose end is not known, and reads the team's lists into
// the index as far as the budget allows. more says that another step would find
// work at once. Any number of instances may call it; for each team one works.
func (g *Gateway) Sync(ctx context.Context) (more bool, err error) {
	var failed []error
	var names []string
	for name := range g.teams {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		again, err := g.step(ctx, g.teams[name])
		// Used up requests are no fault: the next call goes on.
		if err != nil && crm.KindOf(err) != crm.RateLimited {
			failed = append(failed, err)
		}
		more = more || again && err == nil
	}
	return more, errors.Join(failed...)
}

// walk is the walk through all of a team's opportunities, newest first.
type walk struct {
	number, page, total int
	gaps                bool
	began               time.Time
	complete, head      time.Time
}

// stepLease is how long one step may take before another instance takes over: it
// reads a bounded number of pages.
const stepLease = 5 * time.Minute

func (g *Gateway) step(ctx context.Context, team Team) (more bool, err error) {
	now := millis(g.clock())
	results, err := g.db.Batch(ctx,
		volatile(`INSERT INTO walk (team, number, page, total, gaps, began, complete, head, lease) VALUES (?, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (team) DO NOTHING`, team.ID),
		volatile(`UPDATE walk SET lease = ? WHERE team = ? AND (lease <= ? OR lease > ?) RETURNING number, page, total, gaps, began, complete, head`,
			now+stepLease.Milliseconds(), team.ID, now, now+time.Hour.Milliseconds()))
	if err != nil || len(results[1].Rows) == 0 {
		return false, err
	}
	defer func() {
		_, lost := g.one(context.WithoutCancel(ctx), volatile(`UPDATE walk SET lease = 0 WHERE team = ?`, team.ID))
		err = errors.Join(err, lost)
	}()
	r := results[1].Rows[0]
	w := &walk{int(r.Int(0)), int(r.Int(1)), int(r.Int(2)), r.Int(3) != 0, instant(r.Int(4)), instant(r.Int(5)), instant(r.Int(6))}
	if err := g.resumeDue(ctx, team); err != nil {
		return false, err
	}
	if err := g.forgetOld(ctx, team); err != nil {
		return false, err
	}
	u := g.syncs(team, &calls{})
	for _, name := range []string{stageList, userList, fieldList, tagList} {
		_, _, err := g.list(ctx, u, name)
		// A list that the key may not read, or not now, keeps nothing else back.
		if kind := crm.KindOf(err); err != nil && kind != crm.Forbidden && kind != crm.RateLimited {
			return false, err
		}
	}
	if !w.complete.IsZero() && g.clock().Sub(w.head) >= g.policy.Head {
		if err := g.readHead(ctx, u, w); err != nil {
			return false, err
		}
	}
	return g.readPages(ctx, u, w)
}

// readHead reads the newest opportunities, up to a page that the index knows.
func (g *Gateway) readHead(ctx context.Context, u *upstream, w *walk) error {
	for page := 1; page <= g.policy.Pages; page++ {
		read, began, err := g.readPage(ctx, u, page)
		if err != nil {
			return err
		}
		// One parameter for all: D1 takes no more than 100 in a statement.
		ids := new(wire.Writer).BeginArray()
		for _, o := range read.Opportunities {
			ids.String(string(o.ID))
		}
		found, err := g.one(ctx, sql(`SELECT count(*) FROM opportunity WHERE team = ? AND id IN (SELECT value FROM json_each(?))`,
			u.team.ID, string(ids.EndArray().Bytes())))
		if err != nil {
			return err
		}
		known := int(found.Rows[0].Int(0))
		steps := learnedFrom(u.team.ID, read, began)
		if known == len(read.Opportunities) || page >= read.Pages {
			w.head = began
			steps = append(steps, volatile(`UPDATE walk SET head = ? WHERE team = ?`, millis(began), u.team.ID))
		}
		if _, err := g.db.Batch(ctx, steps...); err != nil || w.head.Equal(began) {
			return err
		}
	}
	return nil
}

func (g *Gateway) readPage(ctx context.Context, u *upstream, page int) (apollo.OpportunityPage, time.Time, error) {
	began := g.clock()
	read, err := u.client().OpportunityPage(ctx, apollo.OpportunityQuery{Page: page})
	if err == nil && read.Page != page {
		err = &crm.Error{Kind: crm.Unavailable, Message: "Apollo gave another page of the list than was asked for."}
	}
	return read, began, err
}

func learnedFrom(team string, page apollo.OpportunityPage, seen time.Time) (steps []Statement) {
	if len(page.Opportunities) > 0 {
		steps = append(steps, keepOpportunities(team, page.Opportunities, seen))
	}
	if len(page.Accounts) > 0 {
		steps = append(steps, keepAccounts(team, page.Accounts, seen))
	}
	return steps
}
