package outbox_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

func TestEitherStoreMayRotOrVanish(t *testing.T) {
	for name, harm := range map[string]func(*testing.T, *store.Memory){
		"gone": func(t *testing.T, s *store.Memory) {
			require.NoError(t, store.Delete(t.Context(), s, "entry/a", "outbox"))
		},
		"garbage": func(t *testing.T, s *store.Memory) {
			require.NoError(t, store.Put(t.Context(), s, "entry/a", []byte("\x00{")))
		},
		"one digit": func(t *testing.T, s *store.Memory) {
			value, err := store.Get(t.Context(), s, "entry/a")
			require.NoError(t, err)
			require.NoError(t, store.Put(t.Context(), s, "entry/a", []byte(strings.Replace(string(value), `"schema":2`, `"schema":3`, 1))))
		},
	} {
		for which := range 2 {
			t.Run(name+" in store "+strconv.Itoa(which), func(t *testing.T) {
				w := proven(t)
				w.save(t, "a", create("Acme"))
				harm(t, []*store.Memory{w.store, w.mirror}[which])
				assert.Contains(t, w.states(t), "a")
				w.apollo.answer = fail("named Acme", crm.Unavailable)
				w.drain(t) // heals, and sends nothing
				harm(t, []*store.Memory{w.mirror, w.store}[which])
				assert.Contains(t, w.states(t), "a", "the other one may follow")
				w.apollo.answer = nil
				w.let(t, 2*time.Hour)
				entry := w.entry(t, "a")
				require.NotEqual(t, outbox.Queued, entry.State)
				assert.LessOrEqual(t, w.apollo.count("create Acme"), 1)
			})
		}
	}
}

func TestWhatOnlyTheMirrorHasIsLookedForFirst(t *testing.T) {
	w := proven(t)
	w.save(t, "a", create("Acme"))
	old, err := store.Get(t.Context(), w.mirror, "entry/a")
	require.NoError(t, err)
	w.drain(t)
	require.NoError(t, store.Delete(t.Context(), w.store, "entry/a"))
	require.NoError(t, store.Put(t.Context(), w.mirror, "entry/a", old)) // its last writings were lost too
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
	w.let(t, time.Hour)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
	assert.Equal(t, 1, w.apollo.count("create Acme"))
}

func TestWhatIsOlderThanTheBrowsersStartIsLookedForFirst(t *testing.T) {
	w := proven(t)
	w.save(t, "a", create("Acme"))
	w.restart("tuesday")
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State)
	assert.Equal(t, crm.Conflict, crm.KindOf(w.Retry(t.Context(), "a")))
	w.let(t, policy.Quarantine)
	assert.Zero(t, w.apollo.count("create Acme"))
	w.let(t, 5*time.Minute)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}

func TestWhatWasRefusedBeforeTheBrowsersStartIsLookedForToo(t *testing.T) {
	w := in(t, outbox.Refused)
	w.restart("tuesday")
	require.NoError(t, w.Retry(t.Context(), "a"))
	assert.Equal(t, outbox.Uncertain, w.entry(t, "a").State, "the mark of a second request may be lost")
}

// migrates has a record of the version before in the store, sees it as wanted, and
// has it done.
func (w *world) migrates(t *testing.T, state, command string, want outbox.State) {
	t.Helper()
	record := `{"schema":1,"id":"a","state":` + state + `,"revision":3,"attempts":1,` + command
	require.NoError(t, store.Put(t.Context(), w.store, "entry/a", []byte(record)))
	require.Equal(t, want, w.entry(t, "a").State)
	require.NoError(t, w.Unblock(t.Context()))
	if want == outbox.Refused {
		require.NoError(t, w.Retry(t.Context(), "a"))
	}
	w.let(t, time.Hour)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}

// A record of the version before, in each of its states.
func TestSchema1IsMigrated(t *testing.T) {
	const command = `"saved":1791190800000,"changed":1791190800000,"create":{"values":{"name":"Acme","account":"000000000000000000000007"}}}`
	for state, want := range map[string]outbox.State{
		`"queued"`: outbox.Uncertain, `"sending","step":"account"`: outbox.Uncertain, `"sending","step":"opportunity"`: outbox.Uncertain,
		`"uncertain","step":"opportunity"`: outbox.Uncertain, `"done"`: outbox.Done, `"refused"`: outbox.Refused, `"blocked"`: outbox.Blocked,
	} {
		t.Run(state, func(t *testing.T) {
			w := proven(t)
			w.migrates(t, state, command, want)
			copied, err := store.Get(t.Context(), w.mirror, "entry/a")
			require.NoError(t, err)
			assert.Contains(t, string(copied), `{"schema":2`)
			sent := 1
			if want == outbox.Done {
				sent = 0
			}
			assert.Equal(t, sent, w.apollo.count("create Acme"))
		})
	}
}

func TestAnUpdateOfSchema1IsMigrated(t *testing.T) {
	const command = `"saved":1791190800000,"changed":1791190800000,"update":{"id":"000000000000000000000004","fields":["name"],"base":{"name":"before"},"want":{"name":"Acme"}}}`
	for state, want := range map[string]outbox.State{
		`"queued"`: outbox.Uncertain, `"sending","step":"opportunity"`: outbox.Uncertain, `"uncertain","step":"opportunity"`: outbox.Uncertain,
		`"done","opportunity":"000000000000000000000004"`:                       outbox.Done,
		`"refused","failure":{"kind":"invalid","field":"name","message":"No."}`: outbox.Refused, `"blocked"`: outbox.Blocked,
	} {
		for stored, sent := range map[bool]int{true: 0, false: 1} {
			t.Run(state+" stored: "+strconv.FormatBool(stored), func(t *testing.T) {
				w := newWorld()
				if stored {
					w.apollo.change(id[crm.OpportunityID](4), crm.Values{Name: "Acme"})
				}
				w.migrates(t, state, command, want)
				if want == outbox.Done {
					sent = 0
				}
				assert.Equal(t, sent, w.apollo.count("update 4 Acme"))
			})
		}
	}
}

// What a newer version wrote of an entry is that version's, wherever it is.
func TestANewerRecordInEitherStoreFreezesItsEntry(t *testing.T) {
	for which, name := range []string{"primary", "mirror"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "a", create("Acme"))
			of := []*store.Memory{w.store, w.mirror}[which]
			newer := outbox.Seal(3, []byte(`{"id":"a","plan":[]}`))
			require.NoError(t, store.Put(t.Context(), of, "entry/a", newer))
			w.let(t, time.Hour)
			w.restart("tuesday")
			w.let(t, time.Hour)
			assert.Empty(t, w.apollo.calls)
			entries, damaged, err := w.List(t.Context())
			require.NoError(t, err)
			assert.Empty(t, entries)
			require.Len(t, damaged, 1)
			assert.ErrorContains(t, damaged[0].Err, "a newer version of Dealmark")
			kept, err := store.Get(t.Context(), of, "entry/a")
			require.NoError(t, err)
			assert.Equal(t, newer, kept)
		})
	}
}

func TestAFullOutboxTakesNoMore(t *testing.T) {
	w := newWorld()
	few := policy
	few.Cap = 3
	w.Box = outbox.New(w.ports(w.store), few)
	for i := range 3 {
		w.save(t, strconv.Itoa(i), create("deal "+strconv.Itoa(i)))
	}
	_, err := w.Append(t.Context(), "more", create("Acme"))
	assert.Equal(t, crm.Conflict, crm.KindOf(err))
	require.NoError(t, w.Discard(t.Context(), "0"))
	w.save(t, "more", create("Acme"))
}

func TestDiscardIsKeptForAMonth(t *testing.T) {
	w := in(t, outbox.Refused)
	require.NoError(t, w.Discard(t.Context(), "a"))
	assert.False(t, w.pending(t, "a"))
	w.clock.advance(policy.Undo)
	w.drain(t)
	require.NoError(t, w.Restore(t.Context(), "a"))
	assert.Equal(t, outbox.Refused, w.entry(t, "a").State)
	require.NoError(t, w.Discard(t.Context(), "a"))
	w.clock.advance(policy.Undo + time.Second)
	w.overdue(t)
	assert.Empty(t, w.states(t))
}

func (w *world) pending(t *testing.T, id string) bool {
	entry := w.entry(t, id)
	return entry.Pending()
}

func TestAMirrorThatFailsIsReported(t *testing.T) {
	w := newWorld()
	full := errors.New("QuotaExceededError")
	w.mirror.Fail = func(operation string) error {
		if operation == "update" {
			return full
		}
		return nil
	}
	w.save(t, "a", create("Acme"))
	assert.ErrorIs(t, w.drain(t).Mirror, full)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}

func TestAClockPutBackDelaysNothingForLong(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	w.apollo.answer = fail("named Acme", crm.Unavailable)
	w.drain(t)
	w.apollo.answer = nil
	w.clock.advance(-365 * 24 * time.Hour)
	w.drain(t)
	assert.Equal(t, outbox.Done, w.entry(t, "a").State)
}

func TestAClockPutBackDuringAPauseDelaysNothingForLong(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	w.apollo.answer = func(string) error { return &crm.Error{Kind: crm.RateLimited, RetryAfter: time.Hour} }
	w.drain(t)
	w.clock.advance(-365 * 24 * time.Hour)
	w.apollo.answer = fail("named Acme", crm.Unavailable)
	report := w.drain(t)
	assert.Len(t, w.apollo.calls, 2)
	assert.LessOrEqual(t, report.Next.Sub(w.clock.now), policy.MaxWait, "the pause of another year is over")
}
