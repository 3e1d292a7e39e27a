package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var health = &operation{name: OpHealth, method: "GET", path: "/auth/health"}

// Health says whether Apollo knows the key, nil if it does; it tells nothing
// about the key's rights. Apollo answers 200 for a wrong key too: the field
// decides.
//
// https://docs.apollo.io/docs/test-api-key
func (c *Client) Health(ctx context.Context) error {
	known := false
	err := c.do(ctx, call{operation: health}, func(r *wire.Reader) {
		envelope(r, func(name []byte) bool {
			if string(name) != "is_logged_in" || !r.Is('t') && !r.Is('f') {
				return false
			}
			known = r.Bool()
			return true
		})
	})
	if err != nil {
		return err
	}
	if !known {
		return &crm.Error{Kind: crm.Unauthorized, Op: OpHealth, Message: keyRefused}
	}
	return nil
}
