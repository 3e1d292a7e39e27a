package outbox_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

func (m *machine) save(t *rapid.T) {
	m.saves++
	id := fmt.Sprintf("form-%03d", m.saves)
	name := fmt.Sprintf("deal %d", m.saves)
	e := &modelEntry{call: "create " + name}
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		e.command = create(name)
	case 1:
		e.command = createWithAccount(name, "acme.com")
	case 2:
		if other, o := m.pick(t); o != nil && strings.HasPrefix(o.call, "create ") && !o.discarded {
			e.after, e.command = other, update(0, name)
			e.call = "update of " + o.call // of an opportunity that has no id yet
			break
		}
		fallthrough
	default:
		opportunity := rapid.IntRange(1, 2).Draw(t, "opportunity")
		e.command = update(opportunity, name)
		e.call = fmt.Sprintf("update %d %s", opportunity, name)
	}
	full := rapid.IntRange(0, 9).Draw(t, "disk full") == 0
	if full {
		m.store.Fail = func(string) error { return fmt.Errorf("the disk is full") }
	}
	err := m.append(t, id, e)
	m.store.Fail = nil
	require.Equal(t, full, err != nil)
	if !full {
		m.entries[id] = e
	}
	m.clock.advance(time.Second)
}

func (m *machine) append(t *rapid.T, id string, e *modelEntry) error {
	if e.after == "" {
		_, err := m.Append(t.Context(), id, e.command)
		return err
	}
	_, err := m.AppendAfter(t.Context(), id, e.after, e.command.(crm.Update))
	return err
}

func (m *machine) again(t *rapid.T) {
	id, e := m.pick(t)
	if e == nil || e.discarded || !e.doneAt.IsZero() {
		return
	}
	before := m.find(t, id)
	require.NoError(t, m.append(t, id, e))
	require.Equal(t, before, m.find(t, id))
}

// start is a new start of the browser.
func (m *machine) start(*rapid.T) {
	m.starts++
	m.restart(fmt.Sprintf("start %d", m.starts))
}

// lose empties one of the stores.
func (m *machine) lose(t *rapid.T) {
	of := rapid.SampledFrom([]*store.Memory{m.store, m.mirror}).Draw(t, "store")
	if m.single == of {
		return // nobody outlives both
	}
	records, err := of.List(t.Context(), "")
	require.NoError(t, err)
	for _, r := range records {
		require.NoError(t, store.Delete(t.Context(), of, r.Key))
	}
	m.single = map[*store.Memory]*store.Memory{m.store: m.mirror, m.mirror: m.store}[of]
}

// meet has a colleague make a namesake.
func (m *machine) meet(t *rapid.T) {
	if _, e := m.pick(t); e != nil {
		if c, ok := e.command.(crm.Create); ok && c.NewAccount == nil {
			m.apollo.store(c.Values, rapid.SampledFrom([]string{"", "a colleague's"}).Draw(t, "tag"))
		}
	}
}

// undo takes back a discard.
func (m *machine) undo(t *rapid.T) {
	id, e := m.pick(t)
	if e == nil {
		return
	}
	err := m.Restore(t.Context(), id)
	if e.discarded && err == nil {
		e.discarded = false
		return
	}
	require.Error(t, err)
	require.Contains(t, []crm.Kind{crm.Conflict, crm.NotFound}, crm.KindOf(err))
}

func (m *machine) die(t *rapid.T) {
	d := &death{moments: rapid.IntRange(0, 40).Draw(t, "moments")}
	box := m.box(mortalStore{m.store, d})
	if !mortal(d, func() { _, _ = box.Drain(t.Context(), mortalSender{m.apollo, d}) }) {
		m.single = nil
	}
	for id, e := range m.alive() {
		if e.doneAt.IsZero() && m.find(t, id).State == outbox.Sending {
			e.unsure = m.clock.now
		}
	}
}

func (m *machine) decide(t *rapid.T) {
	id, e := m.pick(t)
	if e == nil || e.discarded || !e.doneAt.IsZero() {
		return
	}
	entry := m.find(t, id)
	before := entry.State
	switch rapid.SampledFrom([]string{"retry", "resend", "settle", "discard"}).Draw(t, "decision") {
	case "retry":
		err := m.Retry(t.Context(), id)
		require.Equal(t, before == outbox.Queued || before == outbox.Refused || before == outbox.Blocked, err == nil)
	case "resend":
		if m.apollo.tagless || slices.Contains(slices.Collect(maps.Values(m.apollo.tags)), id) {
			return // an honest rep, and one who can tell
		}
		err := m.Resend(t.Context(), entry)
		require.Equal(t, before == outbox.Asking && entry.Question != outbox.Duplicate, err == nil)
	case "settle":
		err := m.Settle(t.Context(), id)
		require.Equal(t, before == outbox.Uncertain || before == outbox.Asking, err == nil)
		e.settled = err == nil
	case "discard":
		err := m.Discard(t.Context(), id)
		require.Equal(t, before == outbox.Sending, err != nil)
		e.discarded = err == nil
	}
}

func (m *machine) unblock(t *rapid.T) { require.NoError(t, m.Unblock(t.Context())) }

func (m *machine) wait(t *rapid.T) {
	longest := rapid.SampledFrom([]int{10, 300, 100_000}).Draw(t, "at most")
	m.clock.advance(time.Duration(rapid.IntRange(1, longest).Draw(t, "seconds")) * time.Second)
}
