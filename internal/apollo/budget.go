package apollo

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// depart counts a request that is about to be sent, or gives the refusal to send
// what Apollo would refuse. Requests under way count as used, for their answers
// are not known yet. What departs is observed.
func (c *Client) depart(op string) *crm.Error {
	wait, free := c.budget(op, 0)
	if free {
		return nil
	}
	return &crm.Error{
		Kind: crm.RateLimited, RetryAfter: wait,
		Message: usedUp,
	}
}

// keptShare is the part of each window that background work leaves alone: a
// fifth.
const keptShare = 5

// Spare says whether background work may use the operation: whether more than
// 20 % of each window is left for what the rep does. It is true where nothing is
// known. op is one of the Op constants.
func (c *Client) Spare(op string) bool {
	_, free := c.budget(op, keptShare)
	return free
}

// Low gives what is left of the hour, and its limit, of the endpoint that has the
// least, once that is no more than what is kept for the rep; else two zeros.
func (c *Client) Low() (left, limit int) {
	const hour = 1
	now := c.clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.budgets {
		seen := b.left[hour]
		if seen.limit > 0 && now.Before(seen.since.Add(windows[hour].span)) && seen.left*keptShare <= seen.limit && (limit == 0 || seen.left < left) {
			left, limit = seen.left, seen.limit
		}
	}
	return left, limit
}

// reserved is the refusal to use what is kept for the rep.
func (c *Client) reserved(op *operation) error {
	wait, free := c.budget(op.name, keptShare)
	if free {
		return nil
	}
	return &crm.Error{
		Kind: crm.RateLimited, Op: op.name, RetryAfter: wait, Err: ErrBudget,
		Message: "The rest of Apollo's requests is kept for saving.",
	}
}

// budget says whether a request may be sent, and if not how long until it may
// be. Without a share to keep, the request is counted as under way.
func (c *Client) budget(op string, share int) (wait time.Duration, free bool) {
	now := c.clock()
	c.mu.Lock()
	b := c.budgets[op]
	if b == nil {
		b = &budget{}
		c.budgets[op] = b
	}
	wait, free = b.wait(now, share)
	if free && share == 0 {
		b.flying++
	}
	c.mu.Unlock()
	return wait, free
}

// wait says whether a request may be sent, and if not how long from now until
// it may be. With a share, what is left of each window must be more than that
// part of it.
func (b *budget) wait(now time.Time, share int) (wait time.Duration, free bool) {
	until := b.until
	for i, w := range windows {
		seen := b.left[i]
		over := seen.since.Add(w.span)
		if seen.limit == 0 || !now.Before(over) {
			continue
		}
		left := seen.left - b.flying
		switch {
		case share > 0 && left*share <= seen.limit:
			until = later(until, over)
		case share == 0 && b.flying > 0 && left <= 0:
			until = later(until, earlier(over, now.Add(minWait)))
		}
	}
	if !now.Before(until) {
		return 0, true
	}
	return clampWait(until.Sub(now)), false
}
