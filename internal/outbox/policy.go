package outbox

import "time"

// Policy holds the waiting times and bounds.
type Policy struct {
	FirstWait time.Duration // after the first failure that is worth another try; doubled each time
	MaxWait   time.Duration
	Keep      time.Duration // how long a done entry is kept for the rep to see
	Undo      time.Duration // how long a discarded one is kept
	Linger    time.Duration // how long after that it is still there, whatever the clock has done
	Cap       int           // entries; more are not taken

	Look        time.Duration // after an uncertain answer, to the first look for it
	Quarantine  time.Duration // how long Apollo may take to store and to list what it was sent
	MissesApart time.Duration
	Misses      int // looks in vain after the quarantine until it counts as not stored
	Blanks      int // looks that tell nothing until the rep is asked
	Attempts    int // requests of one command without the rep's word

	Fresh time.Duration // how old an answer may be over which an update is sent
	Looks int           // for a fresh one

	Glances int // failures until a create is sent after a look that told nothing

	Watch [2]time.Duration // after the end, to looks for a second one where there was doubt

	Break    int           // failures in a row, of more than one entry, that pause everything
	Pause    time.Duration // the first pause; doubled each time
	MaxPause time.Duration

	// Idempotent says that the receiver knows entries by their ids ([EntryID]): it
	// makes nothing twice, and its answer to a create has the id as the row's tag.
	// What may have been sent is then sent again like what was not, without limit.
	// Entries that were written under a policy without it keep the rules of that.
	Idempotent bool
}

// DefaultPolicy is what the product uses.
func DefaultPolicy() Policy {
	return Policy{
		FirstWait: 2 * time.Second, MaxWait: 5 * time.Minute,
		Keep: 25 * time.Hour, Undo: 30 * 24 * time.Hour, Linger: time.Hour, Cap: 1000,
		Look: 15 * time.Second, Quarantine: 15 * time.Minute, MissesApart: time.Minute,
		Misses: 2, Blanks: 6, Attempts: 4,
		Fresh: time.Second, Looks: 4, Glances: 2,
		Watch: [2]time.Duration{time.Hour, 24 * time.Hour},
		Break: 5, Pause: time.Minute, MaxPause: 15 * time.Minute,
	}
}

// doubled is first, doubled n times, at most limit.
func doubled(first, limit time.Duration, n int) time.Duration {
	for ; n > 0 && first < limit; n-- {
		first *= 2
	}
	return min(first, limit)
}

// jitter takes up to half off a wait, so that many who wait do not come at once.
func (b *Box) jitter(wait time.Duration) time.Duration {
	return wait - b.part(wait/2)
}

// part is a random part of a time.
func (b *Box) part(of time.Duration) time.Duration {
	return time.Duration(b.Rand() % uint64(max(of, 0)+1))
}

// after sets when an entry is due, from now on.
func (b *Box) after(e *Entry, wait time.Duration) {
	e.Since = b.Clock()
	e.Next = e.Since.Add(wait)
}

// due says whether a wait is over. A clock that was put back ends it: nobody
// knows how much of it is left.
func due(next, since, now time.Time) bool {
	return !next.After(now) || now.Before(since.Add(-time.Minute))
}

func (e *Entry) due(now time.Time) bool { return due(e.Next, e.Since, now) }
