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
	done, err := g.one(ctx, sql(`UPDATE operation SET lease = ?, holder = ? WHERE team = ? AND id = ? AND lease <= ?`,
		millis(now.Add(g.policy.Lease)), o.holder, o.team, o.id, millis(now)))
	if err != nil || done.Changes == 0 {
		return nil, false, err
	}
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		g.renew(context.WithoutCancel(ctx), *o, over)
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
		_, _ = g.one(ctx, sql(`UPDATE operation SET lease = ? WHERE team = ? AND id = ? AND holder = ? AND lease > 0`,
			millis(g.clock().Add(g.policy.Lease)), o.team, o.id, o.holder))
	}
}
