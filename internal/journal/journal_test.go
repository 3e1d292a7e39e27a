package journal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/journal"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/sandbox/direct"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/team"
)

// world is a journal whose writes happen when the test says.
type world struct {
	*journal.Journal
	store store.Memory
	now   time.Time
	due   []func()
}

func newWorld() *world {
	w := &world{now: time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)}
	w.Journal = journal.New(&w.store, func() time.Time { return w.now }, func(f func()) { w.due = append(w.due, f) })
	return w
}

func (w *world) write() {
	due := w.due
	w.due = nil
	for _, f := range due {
		f()
	}
}

func (w *world) records(t *testing.T) []journal.Record {
	t.Helper()
	records, err := w.Records(t.Context())
	require.NoError(t, err)
	return records
}

// answers is a Transport that answers so.
type answers func(apollo.Request) (apollo.Response, error)

func (a answers) Do(_ context.Context, r apollo.Request) (apollo.Response, error) { return a(r) }

func status(code int) answers {
	return func(apollo.Request) (apollo.Response, error) { return apollo.Response{Status: code}, nil }
}

var request = apollo.Request{
	Method: "PATCH", Base: "https://api.apollo.io/api/v1", Path: "/opportunities/65f0", Route: "/opportunities/{id}",
	Query: []apollo.Param{{Name: "a", Value: "b"}}, Body: []byte(`{"name":"x"}`),
}

func TestARequestIsKeptWithWhatBecameOfIt(t *testing.T) {
	for name, c := range map[string]struct {
		next answers
		want string
	}{
		"an answer": {status(200), "200"},
		"a refusal": {status(403), "403"},
		"no answer": {func(apollo.Request) (apollo.Response, error) { return apollo.Response{}, errors.New("reset") }, journal.NoAnswer},
		"half an answer": {func(apollo.Request) (apollo.Response, error) {
			return apollo.Response{Status: 200}, errors.New("too long")
		}, journal.NoAnswer},
		"the computer offline": {func(apollo.Request) (apollo.Response, error) {
			return apollo.Response{}, apollo.NotSent(errors.New("offline"))
		}, journal.NotSent},
		"a name in the refusal": {func(apollo.Request) (apollo.Response, error) {
			return apollo.Response{}, errors.New("Acme Corporation")
		}, journal.NoAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			wantResponse, wantErr := c.next(request)
			response, err := w.Transport("w1", c.next).Do(t.Context(), request)
			assert.Equal(t, wantResponse, response, "the answer passes as it is")
			assert.Equal(t, wantErr, err)
			assert.Len(t, w.due, 1, "nothing is stored before the answer is given")
			records := w.records(t)
			require.Len(t, records, 1)
			r := records[0]
			assert.Equal(t, []any{"w1", "api.apollo.io", "PATCH", "/opportunities/{id}", c.want, w.now.UnixMilli()},
				[]any{r.Workspace, r.Host, r.Method, r.Route, r.Outcome, r.At.UnixMilli()})
			assert.Equal(t, len("https://api.apollo.io/api/v1/opportunities/65f0?a=b")+len(`{"name":"x"}`), r.Bytes)
		})
	}
}

// TestARequestWithoutAnEndIsThere ends the context while a request is under way,
// as closing the popup does.
func TestARequestWithoutAnEndIsThere(t *testing.T) {
	w := newWorld()
	_, err := w.Transport("", answers(func(apollo.Request) (apollo.Response, error) {
		w.write()
		other := journal.New(&w.store, func() time.Time { return w.now }, func(func()) {})
		records, err := other.Records(t.Context())
		require.NoError(t, err)
		require.Len(t, records, 1)
		assert.Empty(t, records[0].Outcome)
		return apollo.Response{Status: 201}, nil
	})).Do(t.Context(), request)
	require.NoError(t, err)
	records := w.records(t)
	require.Len(t, records, 1, "its end is no second record")
	assert.Equal(t, "201", records[0].Outcome)
}

func TestTheOldestGiveWay(t *testing.T) {
	w := newWorld()
	do := w.Transport("", status(200))
	for i := range journal.Most + 250 {
		r := request
		r.Route = fmt.Sprint("/", i)
		w.now = w.now.Add(time.Millisecond)
		_, err := do.Do(t.Context(), r)
		require.NoError(t, err)
		if i%7 == 0 {
			w.write()
		}
	}
	records := w.records(t)
	require.Len(t, records, journal.Most)
	assert.Equal(t, fmt.Sprint("/", journal.Most+249), records[0].Route, "newest first")
	assert.Equal(t, "/250", records[journal.Most-1].Route)
	all, err := w.store.List(t.Context(), "")
	require.NoError(t, err)
	assert.Len(t, all, journal.Most+1)
}

func TestTwoContextsKeepOneJournal(t *testing.T) {
	w := newWorld()
	other := journal.New(&w.store, func() time.Time { return w.now }, func(func()) {})
	for range 3 {
		_, _ = w.Transport("", status(200)).Do(t.Context(), request)
		w.write()
		_, _ = other.Transport("", status(201)).Do(t.Context(), request)
		require.NoError(t, other.Flush(t.Context()))
	}
	assert.Len(t, w.records(t), 6)
}

func TestClear(t *testing.T) {
	w := newWorld()
	_, err := w.Transport("", answers(func(apollo.Request) (apollo.Response, error) {
		require.NoError(t, w.Clear(t.Context()))
		return apollo.Response{Status: 200}, nil
	})).Do(t.Context(), request)
	require.NoError(t, err)
	assert.Empty(t, w.records(t), "what was cleared does not come back with its answer")
	_, _ = w.Transport("", status(200)).Do(t.Context(), request)
	assert.Len(t, w.records(t), 1)
}

func TestAStoreThatFailsLosesNothing(t *testing.T) {
	w := newWorld()
	full := errors.New("full")
	w.store.Fail = func(string) error { return full }
	_, err := w.Transport("", status(200)).Do(t.Context(), request)
	require.NoError(t, err, "the request is none of the store's business")
	w.write()
	_, err = w.Records(t.Context())
	assert.ErrorIs(t, err, full)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	w.store.Fail = nil
	assert.Len(t, w.records(t), 1)
}

func TestDamagedRecordsAreLeftOut(t *testing.T) {
	w := newWorld()
	_, _ = w.Transport("", status(200)).Do(t.Context(), request)
	w.write()
	for key, value := range map[string]string{"slot/7": "{", "slot/8": "x\t\t\t\t\t\t\t\t\t\t\t\t", "slot/9": "", "next": "much"} {
		require.NoError(t, store.Put(t.Context(), &w.store, key, []byte(value)))
	}
	assert.Len(t, w.records(t), 1)
	_, _ = w.Transport("", status(200)).Do(t.Context(), request)
	assert.NotEmpty(t, w.records(t))
}

func TestOneWriteForSeveralRequests(t *testing.T) {
	w := newWorld()
	updates := 0
	w.store.Fail = func(operation string) error {
		if operation == "update" {
			updates++
		}
		return nil
	}
	do := w.Transport("", status(200))
	for range 8 { // as the popup asks at its opening
		_, _ = do.Do(t.Context(), request)
	}
	assert.Zero(t, updates)
	w.write()
	assert.Equal(t, 1, updates)
}

// TestNothingOfWhatIsSaidIsKept calls everything of both clients that takes a text
// or an id, and looks for these in the store.
func TestNothingOfWhatIsSaidIsKept(t *testing.T) {
	const (
		secret  = "canary-key-0123456789"
		token   = "dmk_canary0123456789"
		company = "Canary Corporation"
		domain  = "canary.example"
		id      = "cafecafecafecafecafecafe"
		entry   = "feedfacefeedfacefeedfacefeedface"
	)
	w := newWorld()
	server := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: secret, Master: true}}, Seed: sandbox.DemoSeed(),
		Clock: func() time.Time { return w.now },
	})
	ctx := t.Context()
	client := apollo.New(apollo.Options{Base: "http://127.0.0.1:8700/api/v1", Key: secret, Transport: w.Transport("", direct.Transport{Apollo: server}), Clock: func() time.Time { return w.now }})
	_, _ = client.FindOrCreateAccount(ctx, crm.NewAccount{Name: company, Domain: domain})
	_, _ = client.AccountsNamed(ctx, company)
	_, _ = client.Account(ctx, id)
	_, _, _ = client.OpportunitiesOf(ctx, id)
	_, _ = client.Opportunity(ctx, id)
	_, _, _ = client.CreateOpportunity(ctx, crm.Values{Name: company, AccountID: id})
	_, _, _ = client.UpdateOpportunity(ctx, crm.Update{ID: id, Fields: []crm.Field{crm.FieldName}, Want: crm.Values{Name: company}})
	_, _ = client.Users(ctx)

	gateway := team.New(team.Options{
		Base: "http://127.0.0.1:8787", Token: token, NewID: func() string { return entry }, Entry: func(context.Context) string { return entry },
		Transport: w.Transport("", answers(func(r apollo.Request) (apollo.Response, error) {
			return apollo.Response{Status: 404, Body: []byte(r.Path + company + token)}, nil
		})),
	})
	_, _ = gateway.Company(ctx, domain, company)
	_, _ = gateway.AccountsNamed(ctx, company)
	_, _, _ = gateway.OpportunitiesOf(ctx, id)
	_, _ = gateway.Opportunity(ctx, id)
	_, _, _ = gateway.CreateOpportunity(ctx, crm.Values{Name: company, AccountID: id}, entry)
	_ = gateway.Decide(ctx, entry, team.Resend, 1)
	_, _, _ = gateway.UpdateOpportunity(ctx, crm.Update{ID: id, Fields: []crm.Field{crm.FieldName}, Want: crm.Values{Name: company}})

	records := w.records(t)
	assert.GreaterOrEqual(t, len(records), 14)
	routes := map[string]bool{}
	for _, r := range records {
		routes[r.Method+" "+r.Route] = true
		assert.NotEmpty(t, r.Route)
		assert.NotEmpty(t, r.Outcome)
	}
	assert.Subset(t, routes, map[string]bool{"PATCH /opportunities/{id}": true, "GET /v1/companies/{id}": true, "GET /v1/opportunities/{id}": true})
	all, err := w.store.List(ctx, "")
	require.NoError(t, err)
	for _, record := range all {
		text := strings.ToLower(record.Key + string(record.Value))
		for _, canary := range []string{"canary", "corporation", id, entry, "cafe", "feed", "dmk_"} {
			assert.NotContains(t, text, canary)
		}
	}
}

func TestBudgets(t *testing.T) {
	w := newWorld()
	ask := func(workspace, route string, minute, hour, day int) {
		t.Helper()
		header := map[string]string{
			"x-rate-limit-minute": "50", "x-minute-requests-left": fmt.Sprint(minute),
			"x-rate-limit-hourly": "200", "x-hourly-requests-left": fmt.Sprint(hour),
			"x-rate-limit-24-hour": "600", "x-24-hour-requests-left": fmt.Sprint(day),
		}
		if minute < 0 {
			header = nil // a refused key's answer has none
		}
		r := apollo.Request{Method: "GET", Route: route}
		_, err := w.Transport(workspace, answers(func(apollo.Request) (apollo.Response, error) {
			return apollo.Response{Status: 200, Header: header}, nil
		})).Do(t.Context(), r)
		require.NoError(t, err)
		w.write()
	}
	assert.Empty(t, journal.Budgets(w.records(t), "", w.now), "not known yet")
	ask("", "/stages", 49, 190, 580)
	ask("", "/search", 40, 20, 500)
	w.now = w.now.Add(time.Millisecond)
	ask("", "/search", 39, 19, 499)
	w.now = w.now.Add(time.Millisecond)
	ask("", "/search", -1, 0, 0)
	ask("other", "/users", 1, 1, 1)
	at := w.now.Add(-time.Millisecond) // the last answer told nothing
	got := journal.Budgets(w.records(t), "", w.now)
	require.Len(t, got, 2, "of this workspace only")
	assert.Equal(t, "/search", got[0].Route, "the tightest hour first")
	assert.Equal(t, apollo.Rates{{Limit: 50, Left: 39}, {Limit: 200, Left: 19}, {Limit: 600, Left: 499}}, got[0].Rates)
	assert.Equal(t, at.UnixMilli(), got[0].At.UnixMilli())

	w.now = w.now.Add(time.Minute)
	assert.Equal(t, apollo.Rates{{Limit: 50, Left: 50}, {Limit: 200, Left: 19}, {Limit: 600, Left: 499}},
		journal.Budgets(w.records(t), "", w.now)[0].Rates, "the minute is over")
}

// BenchmarkRequest is what a record adds to a request that costs nothing itself.
func BenchmarkRequest(b *testing.B) {
	next := status(200)
	for name, do := range map[string]apollo.Transport{
		"without": next,
		"with":    journal.New(&store.Memory{}, time.Now, func(func()) {}).Transport("", next),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = do.Do(b.Context(), request)
			}
		})
	}
}
