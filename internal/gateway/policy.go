package gateway

import (
	"time"

	"github.com/dealmark/dealmark/internal/outbox"
)

// Policy holds the gateway's bounds and waiting times.
type Policy struct {
	MaxBody   int64 // bytes of a request's body
	MaxHeader int   // bytes of all of its headers, and of its address
	MaxDepth  int   // of its JSON

	Requests int // of one token each minute
	Writes   int // of these

	Idle    time.Duration // a token that is not used so long ends
	Overlap time.Duration // how long the old one of two lives after a rotation

	ReadShare int // percent of each of Apollo's windows that reads leave to saves
	SyncShare int // percent that the synchronisation leaves to both
	Minute    int // requests of each of Apollo's windows until Apollo has said
	Hour      int
	Day       int

	Lease  time.Duration // how long nothing is heard of an instance that carries out a write until another takes over
	Work   time.Duration // how long an instance works on one write
	Outbox outbox.Policy
	Keep   time.Duration // how long the answer to a write is kept

	Domain  time.Duration // how old the answer about a domain may be
	Nothing time.Duration // how old the answer that Apollo has nothing may be
	Lists   time.Duration // how old stages, users and fields may be
	Fields  time.Duration // how old fields may be for a rep who sets up the form
	Walk    time.Duration // how long after a complete walk the next begins
	Head    time.Duration // how often the newest opportunities are read
	Pages   int           // pages that one step of the synchronisation reads at most
	Gone    int           // opportunities that one step asks Apollo for by id, to see whether they are gone
}

// DefaultPolicy is what the product uses.
func DefaultPolicy() Policy {
	return Policy{
		MaxBody: 64 << 10, MaxHeader: 8 << 10, MaxDepth: 32,
		Requests: 600, Writes: 60,
		Idle: 90 * 24 * time.Hour, Overlap: 24 * time.Hour,
		ReadShare: 5, SyncShare: 20, Minute: 200, Hour: 400, Day: 2000,
		Lease: 15 * time.Second, Work: 2 * time.Minute, Outbox: outbox.DefaultPolicy(), Keep: 90 * 24 * time.Hour,
		Domain: 24 * time.Hour, Nothing: time.Hour, Lists: time.Hour, Fields: time.Minute,
		Walk: 24 * time.Hour, Head: 5 * time.Minute, Pages: 20, Gone: 20,
	}
}
