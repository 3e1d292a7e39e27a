package outbox_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// world is an outbox with all that it needs of the world.
type world struct {
	*outbox.Box
	store  *store.Memory
	clock  *clock
	apollo *apollo
}

func newWorld() *world {
	w := &world{store: &store.Memory{}, clock: &clock{now: morning}, apollo: &apollo{}}
	w.Box = w.box(w.store)
	return w
}

// box is another outbox on a store, as another context has it.
func (w *world) box(s store.Store) *outbox.Box {
	return outbox.New(s, w.clock.Now, policy)
}

var (
	morning = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	policy  = outbox.Policy{FirstWait: 2 * time.Second, MaxWait: 5 * time.Minute, Keep: 24 * time.Hour}
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) advance(d time.Duration) { c.now = c.now.Add(d) }

// apollo is Apollo as the outbox meets it. It logs every call: "health",
// "account acme.com", "create Acme", "update 1 Acme". What answer says of a call
// is its answer; without one all is well. An answer other than nil leaves
// nothing done.
type apollo struct {
	answer      func(call string) error
	differences []crm.Difference
	calls       []string
	accounts    []crm.NewAccount
	made        []crm.Opportunity
}

func (a *apollo) call(words ...string) error {
	call := strings.Join(words, " ")
	a.calls = append(a.calls, call)
	if a.answer == nil {
		return nil
	}
	return a.answer(call)
}

func (a *apollo) Health(context.Context) error { return a.call("health") }

func (a *apollo) FindOrCreateAccount(_ context.Context, account crm.NewAccount) (crm.Account, error) {
	if err := a.call("account", string(account.Domain)); err != nil {
		return crm.Account{}, err
	}
	for i, there := range a.accounts {
		if there == account {
			return madeAccount(i, account), nil
		}
	}
	a.accounts = append(a.accounts, account)
	return madeAccount(len(a.accounts)-1, account), nil
}

func madeAccount(i int, account crm.NewAccount) crm.Account {
	return crm.Account{ID: id[crm.AccountID](i + 1), Name: account.Name, Domain: account.Domain}
}

func (a *apollo) CreateOpportunity(_ context.Context, v crm.Values) (crm.Opportunity, []crm.Difference, error) {
	if err := a.call("create", v.Name); err != nil {
		return crm.Opportunity{}, nil, err
	}
	made := crm.Opportunity{ID: id[crm.OpportunityID](1000 + len(a.made)), Values: v}
	a.made = append(a.made, made)
	return made, a.differences, nil
}

func (a *apollo) UpdateOpportunity(_ context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	if err := a.call("update", number(string(u.ID)), u.Want.Name); err != nil {
		return crm.Opportunity{}, nil, err
	}
	return crm.Opportunity{ID: u.ID, Values: u.Want}, a.differences, nil
}

// fail answers one call, whenever it comes, with an error of a kind.
func fail(call string, kind crm.Kind) func(string) error {
	return func(c string) error {
		if c != call {
			return nil
		}
		return &crm.Error{Kind: kind, Message: "Apollo said " + string(kind) + "."}
	}
}

// count says how many calls there were of this text.
func (a *apollo) count(call string) int {
	n := 0
	for _, c := range a.calls {
		if c == call {
			n++
		}
	}
	return n
}

// id is a valid identifier that holds a number, and number gives it back.
func id[T crm.ID](n int) T {
	digits := strconv.Itoa(n)
	return T(strings.Repeat("0", 24-len(digits)) + digits)
}

func number(id string) string { return strings.TrimLeft(id, "0") }

func create(name string) crm.Create {
	return crm.Create{Values: crm.Values{Name: name, AccountID: id[crm.AccountID](7)}}
}

func createWithAccount(name string, domain crm.Domain) crm.Create {
	return crm.Create{Values: crm.Values{Name: name}, NewAccount: &crm.NewAccount{Name: "The " + name, Domain: domain}}
}

func update(opportunity int, name string) crm.Update {
	return crm.Update{
		ID: id[crm.OpportunityID](opportunity), Fields: []crm.Field{crm.FieldName},
		Base: crm.Values{Name: "before"}, Want: crm.Values{Name: name},
	}
}

// save appends and lets a second pass, so that entries have an order.
func (w *world) save(t *testing.T, id string, command crm.Command) outbox.Entry {
	t.Helper()
	entry, err := w.Append(t.Context(), id, command)
	require.NoError(t, err)
	w.clock.advance(time.Second)
	return entry
}

func (w *world) drain(t *testing.T) outbox.Report {
	t.Helper()
	report, err := w.Drain(t.Context(), w.apollo)
	require.NoError(t, err)
	return report
}

func (w *world) entry(t *testing.T, id string) outbox.Entry {
	t.Helper()
	entry, err := w.Find(t.Context(), id)
	require.NoError(t, err)
	return entry
}

// states gives the state of every entry by its id.
func (w *world) states(t *testing.T) map[string]outbox.State {
	t.Helper()
	entries, damaged, err := w.List(t.Context())
	require.NoError(t, err)
	require.Empty(t, damaged)
	states := map[string]outbox.State{}
	for _, e := range entries {
		states[e.ID] = e.State
	}
	return states
}
