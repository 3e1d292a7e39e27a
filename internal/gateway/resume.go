package gateway

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// resumeDue goes on with the team's writes that wait for time, or whose instance
// was not heard of again.
func (g *Gateway) resumeDue(ctx context.Context, team Team) error {
	now := millis(g.clock())
	due, err := g.one(ctx, sql(`SELECT `+operationColumns+` FROM operation WHERE due <= ? AND team = ? AND lease <= ? ORDER BY due LIMIT 20`, now, team.ID, now))
	if err != nil {
		return err
	}
	for _, row := range due.Rows {
		if err := g.resume(ctx, team, readOperation(row)); err != nil && crm.KindOf(err) == crm.Internal {
			return err
		}
	}
	return nil
}

// resume goes on with an operation that nobody asks about at the moment, as far as
// it was sent already. What was not waits for the rep's program: it may have been
// told that nothing was done.
func (g *Gateway) resume(ctx context.Context, team Team, o *operation) error {
	letGo, ours, err := g.lease(ctx, o)
	if err != nil || !ours {
		return err
	}
	defer letGo()
	w := &work{g: g, o: o}
	entry, err := g.box(o, "").Find(ctx, o.id)
	switch {
	case crm.KindOf(err) == crm.NotFound:
		return g.release(ctx, o, 0)
	case err != nil:
		return err
	case o.status != 0:
		return w.watch(ctx, team)
	}
	switch entry.State {
	case outbox.Sending, outbox.Uncertain, outbox.Done, outbox.Refused, outbox.Discarded:
		_, err = w.run(ctx, team, &calls{}, nil)
		return err
	}
	return g.release(ctx, o, 0)
}

// watch looks for a second opportunity of an operation that is done.
func (w *work) watch(ctx context.Context, team Team) error {
	c := &calls{}
	tag, err := w.g.tag(ctx, team, c)
	if err != nil {
		return err
	}
	w.send, w.box = w.g.sender(team, c, tag), w.g.box(w.o, tag)
	if _, err := w.drain(ctx); err != nil {
		return err
	}
	entry, err := w.box.Find(ctx, w.o.id)
	switch {
	case crm.KindOf(err) == crm.NotFound:
		return w.g.release(ctx, w.o, 0)
	case err != nil:
		return err
	case entry.State == outbox.Done:
		return w.g.release(ctx, w.o, millisOrZero(entry.Next))
	}
	if _, err := w.g.one(ctx, w.g.audited(w.o, string(entry.Opportunity), auditResult(entry))); err != nil {
		return err
	}
	return w.g.release(ctx, w.o, 0)
}

// forgetOld drops answers that nobody asks for any more, and what nobody came back
// for. Should one be asked for all the same, its tag is found in Apollo.
func (g *Gateway) forgetOld(ctx context.Context, team Team) error {
	before := millis(g.clock().Add(-g.policy.Keep))
	const old = ` FROM operation WHERE team = ?1 AND created < ?2 AND due IS NULL`
	_, err := g.db.Batch(ctx,
		volatile(`DELETE FROM outbox WHERE team = ?1 AND key IN (SELECT 'entry/' || id`+old+` UNION ALL SELECT 'outbox/' || id`+old+`)`, team.ID, before),
		volatile(`DELETE`+old, team.ID, before))
	return err
}
