package outbox_test

import (
	"context"
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

// death is the end of a context at one moment: just before or just after an
// operation of the store or a request to Apollo took effect.
type death struct {
	moments int    // until it comes; it never comes from below 0
	instead func() // what happens at that moment in place of the end, if set
	come    bool
}

func (d *death) moment() {
	d.moments--
	switch {
	case d.moments != -1:
	case d.instead != nil:
		d.instead()
	default:
		d.come = true
	}
	if d.come {
		panic(d)
	}
}

// mortal lets death come to what f does, and says whether it came.
func mortal(d *death, f func()) (died bool) {
	defer func() {
		if d.come {
			died = recover() == d
		}
	}()
	f()
	return false
}

type mortalStore struct {
	store.Store
	*death
}

func (s mortalStore) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	s.moment()
	return s.Store.Read(ctx, keys...)
}

func (s mortalStore) List(ctx context.Context, prefix string) ([]store.Record, error) {
	s.moment()
	return s.Store.List(ctx, prefix)
}

func (s mortalStore) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	s.moment()
	err := s.Store.Update(ctx, keys, change)
	s.moment()
	return err
}

type mortalSender struct {
	outbox.Sender
	*death
}

func (s mortalSender) Named(ctx context.Context, name string) (outbox.Listing, error) {
	s.moment()
	return s.Sender.Named(ctx, name)
}

func (s mortalSender) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	s.moment()
	return s.Sender.View(ctx, id)
}

func (s mortalSender) FindOrCreateAccount(ctx context.Context, a crm.NewAccount) (crm.Account, error) {
	s.moment()
	account, err := s.Sender.FindOrCreateAccount(ctx, a)
	s.moment()
	return account, err
}

func (s mortalSender) CreateOpportunity(ctx context.Context, v crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	s.moment()
	o, d, err := s.Sender.CreateOpportunity(ctx, v, tag)
	s.moment()
	return o, d, err
}

func (s mortalSender) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	s.moment()
	o, d, err := s.Sender.UpdateOpportunity(ctx, u)
	s.moment()
	return o, d, err
}

// A rep saves three commands; popup and worker die at every moment that there
// is, the next worker too, and then one lives.
func TestNothingIsLostOrMadeTwiceWhenEverythingDies(t *testing.T) {
	commands := map[string]crm.Command{
		"1": createWithAccount("Acme", "acme.com"), "2": create("Globex"), "3": update(4, "Initech"),
	}
	requests := map[string]string{"1": "create Acme", "2": "create Globex", "3": "update 4 Initech"}
	firstDeaths, runs := 0, 0
	for first := 0; ; first++ {
		diedFirst := false
		for second := 0; ; second++ {
			runs++
			w := newWorld()
			saved := map[string]bool{}
			life := func(moments int) bool {
				d := &death{moments: moments}
				box := w.box(mortalStore{w.store, d})
				return mortal(d, func() {
					for _, id := range []string{"1", "2", "3"} {
						if _, err := box.Append(t.Context(), id, commands[id]); err == nil {
							saved[id] = true
						}
						w.clock.advance(time.Second)
					}
					_, err := box.Drain(t.Context(), mortalSender{w.apollo, d})
					require.NoError(t, err)
				})
			}
			diedFirst = life(first)
			diedSecond := life(second)
			w.clock.advance(time.Hour)
			w.drain(t)

			when := "death " + strconv.Itoa(first) + ", then " + strconv.Itoa(second)
			states := w.states(t)
			for id := range saved {
				require.Contains(t, states, id, "%s: a saved entry is lost", when)
			}
			for id, state := range states {
				sent := w.apollo.count(requests[id])
				require.LessOrEqual(t, sent, 1, "%s: %s was sent twice: %v", when, requests[id], w.apollo.calls)
				switch state {
				case outbox.Done:
					require.Equal(t, 1, sent, "%s: %s is called done and was not sent", when, requests[id])
				case outbox.Uncertain, outbox.Asking:
				default:
					require.Fail(t, "stuck", "%s: %s is %s", when, requests[id], state)
				}
			}
			require.LessOrEqual(t, len(w.apollo.accounts), 1, when)
			if !diedSecond {
				break
			}
		}
		if !diedFirst {
			firstDeaths = first
			break
		}
	}
	assert.Greater(t, firstDeaths, 25, "moments at which a life was cut")
	t.Logf("%d moments, %d runs", firstDeaths, runs)
}

// What was found half-sent says so, and the rep's word decides.
func TestAHalfSentCommandIsUncertain(t *testing.T) {
	for name, c := range map[string]struct {
		command crm.Command
		dies    string
		want    outbox.State
	}{
		"a create":                {create("Acme"), "create", outbox.Uncertain},
		"an update":               {update(4, "Acme"), "update", outbox.Uncertain},
		"only its account's step": {createWithAccount("Acme", "acme.com"), "account", outbox.Done},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "a", c.command)
			w.apollo.answer = func(call string) error {
				if strings.HasPrefix(call, c.dies) {
					panic("the browser dies")
				}
				return nil
			}
			require.Panics(t, func() { w.drain(t) })
			if c.want == outbox.Uncertain {
				require.Equal(t, outbox.Sending, w.entry(t, "a").State, "written down before the request")
			}
			sent := w.entry(t, "a").Sent
			w.apollo.answer = nil

			w.clock.advance(time.Minute)
			report := w.drain(t)
			entry := w.entry(t, "a")
			require.Equal(t, c.want, entry.State)
			if c.want == outbox.Uncertain {
				assert.Equal(t, crm.Uncertain, entry.Failure.Kind)
				assert.Contains(t, entry.Failure.Message, "may have reached Apollo")
				assert.Equal(t, sent, entry.Sent)
				assert.Equal(t, 1, report.Pending)
				w.apollo.calls = nil
				w.clock.advance(10 * time.Minute)
				w.drain(t)
				assert.Zero(t, w.apollo.count("create Acme")+w.apollo.count("update 4 Acme"), "looked for, not sent")
			}
		})
	}
}
