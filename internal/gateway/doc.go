// Package gateway is the team's gateway: one http.Handler that keeps the team's
// Apollo key, knows each rep by a token, shares the team's requests, carries out
// each write once, and answers what the team has with a company from one index.
//
// Everything that decides anything is in the database behind [DB], for there may
// be several instances of the handler; an instance keeps nothing. Each atomic
// step is one statement or one batch of them, since not every database has
// transactions that wait for its caller. A write is one entry of an outbox of its
// own (package outbox), driven by whoever holds the operation's lease.
//
// The package does not know which database it has, how a request travels to
// Apollo ([apollo.Transport]), nor what serves it: two programs wire it, a native
// one with SQLite and one for Cloudflare Workers with D1. It logs nothing; it
// gives events to who asked for them.
package gateway
