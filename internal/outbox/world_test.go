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
	mirror *store.Memory
	boot   string
	policy outbox.Policy
	ctx    context.Context
	clock  *clock
	apollo *apollo
}

func newWorld() *world {
	w := &world{store: &store.Memory{}, mirror: &store.Memory{}, boot: "monday", policy: policy, clock: &clock{now: morning}}
	w.apollo = newApollo(w.clock)
	w.Box = w.box(w.store)
	return w
}

// box is another outbox on a store, as another context has it.
func (w *world) box(s store.Store) *outbox.Box {
	return outbox.New(w.ports(s), w.policy)
}

func (w *world) ports(s store.Store) outbox.Ports {
	return outbox.Ports{
		Primary: s, Mirror: w.mirror, Clock: w.clock.Now, Boot: w.boot, Field: "a custom field",
		Rand: func() uint64 { return 0 }, // waits are as long as they may be, and no longer
	}
}

// restart is a new start of the browser: what it has is what the stores have.
func (w *world) restart(boot string) {
	w.boot = boot
	w.Box = w.box(w.store)
}

var (
	morning = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	policy  = outbox.DefaultPolicy()
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) advance(d time.Duration) { c.now = c.now.Add(d) }

// apollo is Apollo as the outbox meets it. It logs every call: "named Acme",
// "account acme.com", "create Acme", "view 1", "update 1 Acme". What answer says
// of a call is its answer; without one all is well. An answer other than nil
// leaves nothing done.
type apollo struct {
	clock       *clock
	answer      func(call string) error
	commits     func(error) bool // whether a create is carried out although its answer is an error
	differences []crm.Difference
	calls       []string
	sent        []crm.Field // of updates
	accounts    []crm.NewAccount
	made        []crm.Opportunity
	tags        map[crm.OpportunityID]string
	changed     map[crm.OpportunityID]crm.Values
	tagless     bool                  // tags are neither stored nor echoed
	list        func(*outbox.Listing) // what becomes of a listing on its way
	cross       func(*outbox.Row)     // what becomes of a create's answer
	knows       map[string]outbox.Row // what an idempotent receiver made, by the entries' ids; nil for Apollo
}

func newApollo(c *clock) *apollo {
	return &apollo{clock: c, tags: map[crm.OpportunityID]string{}}
}

func (a *apollo) call(words ...string) error {
	call := strings.Join(words, " ")
	a.calls = append(a.calls, call)
	if a.answer == nil {
		return nil
	}
	return a.answer(call)
}

func (a *apollo) Named(_ context.Context, name string) (outbox.Listing, error) {
	if err := a.call("named", name); err != nil {
		return outbox.Listing{}, err
	}
	l := outbox.Listing{Whole: true, At: a.clock.Now()}
	for _, o := range a.made {
		if o.Name == name {
			l.Rows = append(l.Rows, outbox.Row{Opportunity: o, Tag: a.tags[o.ID]})
		}
	}
	if a.list != nil {
		a.list(&l)
	}
	return l, nil
}

// View gives what was stored last; an opportunity that nobody changed yet is
// named "before".
func (a *apollo) View(_ context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	if err := a.call("view", number(string(id))); err != nil {
		return crm.Opportunity{}, time.Time{}, err
	}
	there := crm.Opportunity{ID: id, Values: crm.Values{Name: "before"}}
	if values, ok := a.changed[id]; ok {
		there.Values = values
	}
	return there, a.clock.Now(), nil
}

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

func (a *apollo) CreateOpportunity(ctx context.Context, v crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	if err := a.call("create", v.Name); err != nil {
		if a.commits != nil && a.commits(err) {
			a.once(ctx, v, tag)
		}
		return outbox.Row{}, nil, err
	}
	row := a.once(ctx, v, tag)
	if a.cross != nil {
		a.cross(&row)
	}
	return row, a.differences, nil
}

// once is a create, which an idempotent receiver carries out once.
func (a *apollo) once(ctx context.Context, v crm.Values, tag string) outbox.Row {
	if a.knows == nil {
		return a.store(v, tag)
	}
	id := outbox.EntryID(ctx)
	row, made := a.knows[id]
	if !made {
		row = a.store(v, tag)
		row.Tag = id
		a.knows[id] = row
	}
	return row
}

// store is a create that Apollo carries out, whatever it answers.
func (a *apollo) store(v crm.Values, tag string) outbox.Row {
	if a.tagless {
		tag = ""
	}
	made := crm.Opportunity{ID: id[crm.OpportunityID](1000 + len(a.made)), Values: v}
	a.made = append(a.made, made)
	a.tags[made.ID] = tag
	return outbox.Row{Opportunity: made, Tag: tag}
}

// change is an update that is carried out, by whomever.
func (a *apollo) change(id crm.OpportunityID, v crm.Values) {
	if a.changed == nil {
		a.changed = map[crm.OpportunityID]crm.Values{}
	}
	a.changed[id] = v
}

func (a *apollo) UpdateOpportunity(_ context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	if err := a.call("update", number(string(u.ID)), u.Want.Name); err != nil {
		return crm.Opportunity{}, nil, err
	}
	a.change(u.ID, u.Want)
	a.sent = append(a.sent, u.Fields...)
	return crm.Opportunity{ID: u.ID, Values: u.Want}, a.differences, nil
}

// fail answers one call, whenever it comes, with an error of a kind.
func fail(call string, kind crm.Kind) func(string) error {
	return func(c string) error {
		if c != call {
			return nil
		}
		return &crm.Error{Kind: kind, Message: crm.English("Apollo said " + kind + ".")}
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
