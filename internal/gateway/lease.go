package gateway

import (
	"context"
	"strconv"
	"time"
)

// lease takes the operation for this instance and holds it until stop is called.
// An instance that died holds it no longer, and another takes over. One that only
// slept and goes on is harmless: package outbox writes nothing over what another
// has written meanwhile, and sends nothing that it has not written.
func (g *Gateway) lease(ctx context.Context, o *operation) (stop func(), ours bool, err error) {
	now := g.clock()
	o.holder = strconv.FormatUint(g.rand(), 36) + strconv.FormatUint(g.rand(), 36)
	// When it runs out without a word, the synchronisation looks.
	until := millis(now.Add(g.policy.Lease))
	done, err := g.one(ctx, volatile(`UPDATE operation SET lease = ?, holder = ?, due = ? WHERE team = ? AND id = ? AND (lease <= ? OR lease > ?)`,
		until, o.holder, until, o.team, o.id, millis(now), until+time.Hour.Milliseconds())) // so far ahead only a clock wrote that was put back since
	if err != nil || done.Changes == 0 {
		return nil, false, err
	}
	over, ended := make(chan struct{}), make(chan struct{})
	held := *o
	go func() {
		defer close(ended)
		g.renew(context.WithoutCancel(ctx), held, over)
	}()
	return func() {
		close(over)
		<-ended
	}, true, nil
}

// renew prolongs the lease while the operation is under way. It does not stop the
// work when the lease was lost: an answer that is on its way still counts.
func (g *Gateway) renew(ctx context.Context, o operation, over <-chan struct{}) {
	ticker := time.NewTicker(g.policy.Lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-over:
			return
		case <-ticker.C:
		}
		until := millis(g.clock().Add(g.policy.Lease))
		_, _ = g.one(ctx, volatile(`UPDATE operation SET lease = ?, due = ? WHERE team = ? AND id = ? AND holder = ? AND lease > 0`,
			until, until, o.team, o.id, o.holder))
	}
}
