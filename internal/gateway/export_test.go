//go:build !js

package gateway

import "github.com/dealmark/dealmark/internal/store"

// Entries is the store of one operation's outbox.
func Entries(g *Gateway, team, operation string) store.Store { return entries{g, team, operation} }

// Plain keeps a text from being a formula, Parts and Total cut an amount and put
// sums together again.
var (
	Plain = plain
	Parts = parts
	Total = total
)
