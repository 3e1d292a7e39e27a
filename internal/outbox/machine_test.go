package outbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// TestAgainstAModel does at random what reps, colleagues, networks, clocks, dying
// browsers and failing stores do, and holds the outbox against a model that knows
// only this of an entry: whether it was saved, what was sent, and what Apollo
// made of it.
func TestAgainstAModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{T: rt, world: newWorld(), entries: map[string]*modelEntry{}}
		m.apollo.tagless = rapid.IntRange(0, 4).Draw(rt, "an Apollo without tags") == 0
		if m.keyed = rapid.IntRange(0, 3).Draw(rt, "a receiver that knows ids") == 0; m.keyed {
			m.apollo.knows = map[string]outbox.Row{}
			m.switchTo(true)
		}
		m.apollo.answer = m.answer
		m.apollo.commits = func(err error) bool {
			return crm.KindOf(err) == crm.Uncertain && rapid.Bool().Draw(m.T, "stored all the same")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"save":    m.save,
			"again":   m.again,
			"drain":   m.drain,
			"die":     m.die,
			"restart": m.start,
			"lose":    m.lose,
			"meet":    m.meet,
			"decide":  m.decide,
			"restore": m.undo,
			"unblock": m.unblock,
			"wait":    m.wait,
			"":        m.check,
		})
		m.settle()
	})
}

type machine struct {
	*rapid.T
	*world
	entries map[string]*modelEntry // by id
	saves   int
	well    bool // Apollo and the network have recovered
	keyed   bool // the receiver makes nothing twice by itself
	starts  int
	single  *store.Memory // the store that alone has something, until a Drain mends the other
}

type modelEntry struct {
	command   crm.Command
	after     string // the create that it changes
	call      string // as the log has it
	sent      int
	unsure    time.Time // when a request ended without an answer
	settled   bool      // by the rep's word
	discarded bool
	doneAt    time.Time
}

// answer is Apollo's to one call: it decides at random and writes into the
// model what that means.
func (m *machine) answer(call string) error {
	id, e := m.byCall(call)
	if e != nil {
		e.sent++
		require.True(m, m.keyed || e.unsure.IsZero() || m.clock.now.Sub(e.unsure) >= policy.Quarantine, "%s was sent although Apollo may have it", call)
		require.False(m, e.discarded, "%s was sent after it was discarded", call)
		m.inOrder(id, e)
	}
	if m.well {
		return nil
	}
	kind := rapid.SampledFrom([]crm.Kind{
		"", "", "", "", crm.Invalid, crm.Unauthorized, crm.Forbidden, crm.NotFound, crm.Conflict, crm.RateLimited, crm.Unavailable, crm.Uncertain, crm.Internal,
	}).Draw(m.T, "answer to "+call)
	if e != nil && (kind == crm.Uncertain || kind == crm.Internal) {
		e.unsure = m.clock.now
	}
	if kind == "" {
		return nil
	}
	return &crm.Error{Kind: kind, Message: crm.English(kind), RetryAfter: time.Duration(rapid.IntRange(0, 600).Draw(m.T, "retry after")) * time.Second}
}

// inOrder wants every earlier change of the same opportunity settled.
func (m *machine) inOrder(id string, e *modelEntry) {
	u, ok := e.command.(crm.Update)
	if !ok {
		return
	}
	for other, o := range m.entries {
		if earlier, ok := o.command.(crm.Update); !ok || other >= id || earlier.ID != u.ID || o.after != e.after || o.discarded {
			continue
		}
		entry, err := m.Find(m.Context(), other)
		if crm.KindOf(err) == crm.NotFound {
			continue // done, and dropped after a while
		}
		require.NoError(m, err)
		require.Contains(m, []outbox.State{outbox.Done, outbox.Refused}, entry.State, "%s went before %s", e.call, o.call)
	}
}

func (m *machine) drain(t *rapid.T) {
	report, err := m.Drain(t.Context(), m.apollo)
	require.NoError(t, err)
	for range rapid.IntRange(0, 3).Draw(t, "and when it is due") {
		if wait := report.Next.Sub(m.clock.now); !report.Next.IsZero() && wait < 10*time.Minute {
			m.clock.advance(wait)
			report, err = m.Drain(t.Context(), m.apollo)
			require.NoError(t, err)
		}
	}
	m.single = nil
	pending := 0
	for id := range m.alive() {
		entry := m.find(t, id)
		if entry.Pending() {
			pending++
		}
		require.NotEqual(t, outbox.Sending, entry.State)
	}
	require.Equal(t, pending, report.Pending)
	require.True(t, report.Next.IsZero() || report.Next.After(m.clock.now))
	made := map[string]int{}
	for _, tag := range m.apollo.tags {
		if made[tag]++; tag != "" && tag != "a colleague's" {
			require.LessOrEqual(t, made[tag], 1, "%s is two opportunities", tag)
		}
	}
}

// check holds after every step: what was saved is there, and nothing else.
func (m *machine) check(t *rapid.T) {
	entries, damaged, err := m.List(t.Context())
	require.NoError(t, err)
	require.Empty(t, damaged)
	listed := map[string]outbox.Entry{}
	for _, entry := range entries {
		listed[entry.ID] = entry
		require.Contains(t, m.entries, entry.ID)
		require.Equal(t, m.entries[entry.ID].discarded, entry.State == outbox.Discarded)
	}
	for id, e := range m.alive() {
		entry, there := listed[id]
		switch {
		case !there:
			require.False(t, e.doneAt.IsZero(), "%s is lost", id)
			require.Greater(t, m.clock.now.Sub(e.doneAt), policy.Keep, "%s was dropped too early", id)
		case entry.State == outbox.Done:
			require.True(t, e.after != "" || e.sent > 0 || e.settled || m.stands(e.command), "%s is called done and was never sent", id)
			e.doneAt = entry.Changed
		}
	}
}

// stands says whether an update asks for what is there already.
func (m *machine) stands(command crm.Command) bool {
	_, update := command.(crm.Update)
	return update
}

// settle lets everything recover: then nothing waits but for the rep.
func (m *machine) settle() {
	m.well = true
	require.NoError(m, m.Unblock(m.Context()))
	for range 60 {
		m.clock.advance(20 * time.Minute)
		m.drain(m.T)
		m.check(m.T)
	}
	held := map[crm.OpportunityID]bool{}
	entries, _, err := m.List(m.Context())
	require.NoError(m, err)
	for _, entry := range entries {
		if u, ok := entry.Command.(crm.Update); ok && entry.State == outbox.Asking {
			held[u.ID] = true
		}
	}
	for _, entry := range entries {
		if u, ok := entry.Command.(crm.Update); ok && (held[u.ID] || entry.After != "") {
			continue
		}
		require.Contains(m, []outbox.State{outbox.Done, outbox.Refused, outbox.Asking, outbox.Discarded}, entry.State, "%s is stuck: %+v", entry.ID, entry)
	}
}

// alive are the entries that the rep has not discarded.
func (m *machine) alive() map[string]*modelEntry {
	alive := map[string]*modelEntry{}
	for id, e := range m.entries {
		if !e.discarded {
			alive[id] = e
		}
	}
	return alive
}

func (m *machine) find(t *rapid.T, id string) outbox.Entry {
	entry, err := m.Find(t.Context(), id)
	if crm.KindOf(err) == crm.NotFound && !m.entries[id].doneAt.IsZero() {
		return outbox.Entry{ID: id, State: outbox.Done}
	}
	require.NoError(t, err)
	return entry
}

func (m *machine) pick(t *rapid.T) (string, *modelEntry) {
	if m.saves == 0 {
		return "", nil
	}
	id := fmt.Sprintf("form-%03d", rapid.IntRange(1, m.saves).Draw(t, "entry"))
	return id, m.entries[id]
}

func (m *machine) byCall(call string) (string, *modelEntry) {
	if strings.HasPrefix(call, "create ") || strings.HasPrefix(call, "update ") {
		for id, e := range m.entries {
			if e.call == call {
				return id, e
			}
		}
	}
	return "", nil
}
