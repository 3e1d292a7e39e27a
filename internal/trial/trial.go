package trial

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox/engine"
	"github.com/dealmark/dealmark/internal/store"
)

// Key is the API key that the trial's Apollo accepts. It is no secret.
const Key = "demo-key-without-an-account"

// Rep is the user as whom a rep tries the product: Dana Whitfield.
const Rep crm.UserID = "65f000020000000000000001"

// Trial is one program's part in a trial. It is safe for concurrent use.
type Trial struct {
	journal store.Store
	clock   func() time.Time

	mu     sync.Mutex
	engine *engine.Engine // nil before the first record of the journal
	now    time.Time      // the engine's clock stands still in between
	played int            // records of the journal that the engine has seen
	known  map[crm.Domain]bool
	met    int // companies that were visited and were not known
}

// New takes part in the trial whose journal it is given, or begins it. Nothing
// else may write to the journal.
func New(journal store.Store, clock func() time.Time) *Trial {
	return &Trial{journal: journal, clock: clock}
}

// Answer carries out a request to Apollo. An error is the journal's: nothing was
// stored then.
func (t *Trial) Answer(ctx context.Context, call engine.Call) (engine.Answer, error) {
	var answer engine.Answer
	err := t.next(ctx, func() (event, bool) {
		before := t.stored()
		answer = t.engine.Answer(call)
		return event{Call: &call}, t.stored() > before
	})
	return answer, err
}

// Visit says which company a rep looks at. Of the companies that the team does not
// have, every other one becomes a customer with opportunities: a rep who tries the
// product sees a list on the first site, and on the second what it is like where
// there is none.
func (t *Trial) Visit(ctx context.Context, domain crm.Domain, name string) error {
	return t.next(ctx, func() (event, bool) {
		if domain == "" || t.known[domain] {
			return event{}, false
		}
		e := event{Visit: &visit{domain, name}}
		t.meet(*e.Visit)
		return e, true
	})
}

// window is how many records an Update reads ahead.
const window = 16

// next plays what others have written to the journal and then does one thing,
// which is written as well if it says that it changed something.
func (t *Trial) next(ctx context.Context, do func() (e event, changed bool)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for done := false; !done; {
		keys := make([]string, window)
		for i := range keys {
			keys[i] = journalKey(t.played + i)
		}
		err := t.journal.Update(ctx, keys, func(read []store.Record) (write []store.Record, err error) {
			for _, record := range read {
				if record.Value == nil {
					done = true
					break
				}
				t.play(record.Value)
			}
			if !done {
				return nil, nil // there is more to read
			}
			at := t.clock().UTC().Truncate(time.Millisecond)
			if t.engine == nil {
				write = append(write, t.record(event{At: at}))
				t.begin(at)
			}
			t.now = at
			if e, changed := do(); changed {
				e.At = at
				write = append(write, t.record(e))
			}
			return write, nil
		})
		if err != nil {
			t.engine, t.played = nil, 0 // what was done here is not in the journal
			return err
		}
	}
	return nil
}

// begin makes the team as of the trial's start.
func (t *Trial) begin(at time.Time) {
	t.now, t.met, t.known = at, 0, map[crm.Domain]bool{}
	seed := engine.DemoSeed()
	t.engine = engine.New(engine.Options{
		Keys: []engine.Key{{Secret: Key, Master: true}}, Clock: func() time.Time { return t.now }, Seed: seed, IDSeed: 1,
	})
	for _, account := range seed.Accounts {
		t.known[crm.Domain(account.Domain)] = true
	}
}

// stored counts the writes that the engine has kept.
func (t *Trial) stored() (n int) {
	for _, entry := range t.engine.Log() {
		if entry.Stored {
			n++
		}
	}
	return n
}

func journalKey(n int) string {
	digits := strconv.Itoa(n)
	return "00000000"[min(len(digits), 8):] + digits
}
