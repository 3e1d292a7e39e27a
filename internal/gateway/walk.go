package gateway

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// readPages goes on with the walk, or begins one when the last is old. Between
// walks it asks for what the last one missed.
func (g *Gateway) readPages(ctx context.Context, u *upstream, w *walk) (more bool, err error) {
	if w.page == 0 {
		if more, err := g.checkGone(ctx, u, w); more || err != nil {
			return more, err
		}
		if g.clock().Sub(later(w.complete, w.began)) < g.policy.Walk {
			return false, nil
		}
		*w = walk{number: w.number + 1, page: 1, began: g.clock(), complete: w.complete, head: w.head}
	}
	for range g.policy.Pages {
		read, began, err := g.readPage(ctx, u, w.page)
		if err != nil {
			return false, err
		}
		w.after(read)
		if w.page == 0 && !w.gaps {
			w.complete = began
			if w.head.Before(w.began) {
				w.head = w.began
			}
		}
		steps := append([]Statement{w.write(u.team.ID)}, learnedFrom(u.team.ID, read, began)...)
		if _, err := g.db.Batch(ctx, steps...); err != nil {
			return false, err
		}
		if w.page == 0 {
			return !w.gaps, nil
		}
	}
	return true, nil
}

// after is the walk behind a page. New opportunities push the rest towards the
// end, where they are met again; ones that are gone pull rows onto pages that
// were read already, so that the walk goes back as far.
func (w *walk) after(read apollo.OpportunityPage) {
	w.gaps = w.gaps || read.Partial || read.Skipped > 0
	back := 0
	if read.Total < w.total {
		per := max(read.PerPage, 1)
		back = (w.total - read.Total + per - 1) / per
	}
	w.total = read.Total
	switch {
	case back > 0:
		w.page = max(w.page-back, 1)
	case w.page >= read.Pages:
		w.page = 0
	default:
		w.page++
	}
}

// write stores where the walk is, before its rows: they take the walk's number
// from there.
func (w *walk) write(team string) Statement {
	return volatile(`UPDATE walk SET number = ?, page = ?, total = ?, gaps = ?, began = ?, complete = ?, head = max(head, ?) WHERE team = ?`,
		w.number, w.page, w.total, w.gaps, millisOrZero(w.began), millisOrZero(w.complete), millisOrZero(w.head), team)
}

// checkGone asks Apollo by id for the opportunities that the last complete walk
// did not meet, and drops those that are gone. A row that only slipped between
// two pages is kept.
func (g *Gateway) checkGone(ctx context.Context, u *upstream, w *walk) (more bool, err error) {
	if w.complete.IsZero() || w.complete.Before(w.began) {
		return false, nil
	}
	missed, err := g.one(ctx, sql(`SELECT id FROM opportunity WHERE team = ? AND walk < ? AND seen < ? LIMIT ?`,
		u.team.ID, w.number, millis(w.began), g.policy.Gone))
	if err != nil {
		return false, err
	}
	for _, row := range missed.Rows {
		asked := g.clock()
		o, err := u.client().Opportunity(ctx, crm.OpportunityID(row.Text(0)))
		step := keepOpportunities(u.team.ID, []crm.Opportunity{o}, asked)
		switch crm.KindOf(err) {
		case "":
		case crm.NotFound, crm.Forbidden:
			step = forget(u.team.ID, row.Text(0), asked)
		default:
			return false, err
		}
		if _, err := g.one(ctx, step); err != nil {
			return false, err
		}
	}
	return len(missed.Rows) == g.policy.Gone, nil
}
