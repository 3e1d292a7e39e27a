package outbox_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// An ordinary save costs the team's budget as little as it can.
func TestRequestsOfAnOrdinarySave(t *testing.T) {
	for name, c := range map[string]struct {
		command crm.Command
		reads   int
		writes  int
	}{
		"create":                  {create("Acme"), 1, 1},
		"create with its account": {createWithAccount("Acme", "acme.com"), 1, 2},
		"update":                  {update(4, "Acme"), 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "a", c.command)
			w.let(t, 30*24*time.Hour)
			reads, writes := 0, 0
			for _, call := range w.apollo.calls {
				if strings.HasPrefix(call, "named ") || strings.HasPrefix(call, "view ") {
					reads++
				} else {
					writes++
				}
			}
			assert.Equal(t, c.reads, reads, w.apollo.calls)
			assert.Equal(t, c.writes, writes, w.apollo.calls)
		})
	}
}

// A name that breaks Apollo's search fails for ever. What is saved later is sent
// at once all the same.
func TestOneThatNeverSucceedsPausesNothing(t *testing.T) {
	w := newWorld()
	w.apollo.answer = fail("named bad", crm.Unavailable)
	w.save(t, "bad", create("bad"))
	for range 20 {
		w.clock.now = w.drain(t).Next
	}
	require.Equal(t, 20, w.apollo.count("named bad"))
	w.drain(t)
	for i := range 3 {
		w.save(t, strconv.Itoa(i), create("good "+strconv.Itoa(i)))
		w.drain(t)
		assert.Equal(t, outbox.Done, w.entry(t, strconv.Itoa(i)).State)
	}
	assert.Equal(t, outbox.Queued, w.entry(t, "bad").State)
}

func TestAQuestionHoldsNoChangeOfWhatWasFound(t *testing.T) {
	w := newWorld()
	there := w.apollo.store(create("Acme").Values, "another rep's")
	w.save(t, "a", create("Acme"))
	w.drain(t)
	require.Equal(t, outbox.Exists, w.entry(t, "a").Question)
	u := update(1, "Acme")
	u.ID, u.Want.Name = there.ID, "Globex"
	w.save(t, "b", u)
	w.drain(t)
	assert.Equal(t, outbox.Done, w.entry(t, "b").State)
	assert.Equal(t, outbox.Asking, w.entry(t, "a").State)
}

func TestAClickDoesNotShortenTheWaitsAfterIt(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	w.apollo.answer = fail("named Acme", crm.Unavailable)
	for range 6 {
		w.clock.now = w.drain(t).Next
	}
	calls := len(w.apollo.calls)
	require.NoError(t, w.Retry(t.Context(), "a"))
	report := w.drain(t)
	assert.Len(t, w.apollo.calls, calls+1, "it was tried at once")
	assert.Equal(t, 128*time.Second, report.Next.Sub(w.clock.now))
}

func TestADiscardedFormIsNotSavedAgainUnseen(t *testing.T) {
	w := newWorld()
	w.save(t, "a", create("Acme"))
	require.NoError(t, w.Discard(t.Context(), "a"))
	_, err := w.Append(t.Context(), "a", create("Acme"))
	assert.Equal(t, crm.Conflict, crm.KindOf(err), "it would be called saved, and never be sent")
	require.NoError(t, w.Restore(t.Context(), "a"))
	_, err = w.Append(t.Context(), "a", create("Acme"))
	assert.NoError(t, err)
}

func TestPausesGrowAsFarAsTheyMay(t *testing.T) {
	w := newWorld()
	for i := range 10 {
		w.save(t, strconv.Itoa(i), create("deal "+strconv.Itoa(i)))
	}
	w.apollo.answer = func(string) error { return &crm.Error{Kind: crm.Unavailable} }
	var pauses []time.Duration
	for range 7 {
		report := w.drain(t)
		pauses = append(pauses, report.Next.Sub(w.clock.now)/time.Minute)
		w.clock.now = report.Next
	}
	assert.Equal(t, []time.Duration{1, 2, 4, 8, 15, 15, 15}, pauses)
	assert.Len(t, w.apollo.calls, policy.Break+6, "one try after each")
}

// Waits differ from one client to the next, and none is shorter than half.
func TestWaitsAreSpread(t *testing.T) {
	for _, c := range []struct {
		cause *crm.Error
		rand  uint64
		wait  time.Duration
	}{
		{&crm.Error{Kind: crm.Unavailable}, 0, 2 * time.Second},
		{&crm.Error{Kind: crm.Unavailable}, uint64(time.Second), time.Second},
		{&crm.Error{Kind: crm.RateLimited, RetryAfter: time.Minute}, 0, time.Minute},
		{&crm.Error{Kind: crm.RateLimited, RetryAfter: time.Minute}, uint64(6 * time.Second), 66 * time.Second},
	} {
		w := newWorld()
		ports := w.ports(w.store)
		ports.Rand = func() uint64 { return c.rand }
		w.Box = outbox.New(ports, policy)
		w.save(t, "a", create("Acme"))
		w.apollo.answer = func(string) error { return c.cause }
		assert.Equal(t, c.wait, w.drain(t).Next.Sub(w.clock.now), "%s %d", c.cause.Kind, c.rand)
	}
}
