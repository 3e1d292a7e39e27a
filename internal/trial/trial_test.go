package trial_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox/engine"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/trial"
)

var start = time.Date(2026, 5, 18, 11, 18, 15, 455_000_000, time.UTC)

// world is a browser profile in which programs take part in one trial.
type world struct {
	t       require.TestingT
	journal store.Memory
	now     time.Time
}

func (w *world) join() *trial.Trial {
	return trial.New(&w.journal, func() time.Time { return w.now })
}

func (w *world) ask(p *trial.Trial, method, path string, query url.Values, body string) engine.Answer {
	w.now = w.now.Add(time.Second)
	answer, err := p.Answer(context.Background(), engine.Call{Method: method, Path: path, Query: query, Header: map[string]string{"x-api-key": trial.Key}, Body: []byte(body)})
	require.NoError(w.t, err)
	return answer
}

func (w *world) create(p *trial.Trial, name string) string {
	answer := w.ask(p, "POST", "/api/v1/opportunities", nil, `{"name":`+quote(name)+`}`)
	require.Equal(w.t, 200, answer.Status, string(answer.Body))
	var made struct{ Opportunity struct{ ID string } }
	require.NoError(w.t, json.Unmarshal(answer.Body, &made))
	return made.Opportunity.ID
}

func (w *world) visit(p *trial.Trial, domain crm.Domain, name string) {
	w.now = w.now.Add(time.Second)
	require.NoError(w.t, p.Visit(context.Background(), domain, name))
}

type listed struct {
	Opportunities []struct {
		ID, Name string
		Amount   *float64
		Stage    string `json:"opportunity_stage_id"`
		Account  string `json:"account_id"`
		Closes   string `json:"closed_date"`
	}
	Pagination struct {
		Total int `json:"total_entries"`
	}
}

// list is the list of a team's opportunities as this program has it.
func (w *world) list(p *trial.Trial, named string) (l listed) {
	answer := w.ask(p, "GET", "/api/v1/opportunities/search", url.Values{"q_opportunity_name": {named}, "per_page": {"100"}}, "")
	require.Equal(w.t, 200, answer.Status, string(answer.Body))
	require.NoError(w.t, json.Unmarshal(answer.Body, &l))
	return l
}

func (w *world) accounts(p *trial.Trial, named string) (names []string) {
	answer := w.ask(p, "POST", "/api/v1/accounts/search", nil, `{"q_organization_name":`+quote(named)+`}`)
	var found struct {
		Accounts []struct{ Name, Domain string }
	}
	require.NoError(w.t, json.Unmarshal(answer.Body, &found))
	for _, a := range found.Accounts {
		names = append(names, a.Name+" "+a.Domain)
	}
	return names
}

func TestTwoProgramsAreOneApollo(t *testing.T) {
	w := &world{t: t, now: start}
	popup, worker := w.join(), w.join()
	require.Empty(t, w.list(popup, "From the worker").Opportunities)
	id := w.create(worker, "From the worker")
	shown := w.list(popup, "From the worker")
	require.Len(t, shown.Opportunities, 1)
	assert.Equal(t, id, shown.Opportunities[0].ID)

	answer := w.ask(popup, "PATCH", "/api/v1/opportunities/"+id, nil, `{"amount":"7"}`)
	require.Equal(t, 200, answer.Status)
	assert.InDelta(t, 7, *w.list(worker, "From the worker").Opportunities[0].Amount, 0)
	assert.NotEqual(t, id, w.create(popup, "Another"))
}

func TestATrialGoesOnAfterAllPrograms(t *testing.T) {
	w := &world{t: t, now: start}
	first := w.join()
	w.visit(first, "one.example", "One")
	var ids []string
	for range 40 { // more than is read ahead
		ids = append(ids, w.create(first, "Kept"))
	}
	before := w.list(first, "")
	w.now = w.now.Add(30 * 24 * time.Hour)
	later := w.join()
	assert.Equal(t, before, w.list(later, ""))
	assert.NotContains(t, ids, w.create(later, "Kept"))
}

func TestReadingWritesNothing(t *testing.T) {
	w := &world{t: t, now: start}
	p := w.join()
	records := func() int {
		all, err := w.journal.List(context.Background(), "")
		require.NoError(t, err)
		return len(all)
	}
	w.list(p, "")
	assert.Equal(t, 1, records(), "the begin")
	w.list(p, "")
	w.accounts(p, "")
	w.visit(p, "acme.test", "Acme")
	assert.Equal(t, 400, w.ask(p, "POST", "/api/v1/opportunities", nil, `{`).Status)
	assert.Equal(t, 422, w.ask(p, "POST", "/api/v1/opportunities", nil, `{}`).Status)
	assert.Equal(t, 1, records())
	w.create(p, "One")
	assert.Equal(t, 2, records())
}

func TestEveryOtherCompanyIsACustomer(t *testing.T) {
	w := &world{t: t, now: start}
	p := w.join()
	for range 2 { // the second time they are known
		w.visit(p, "one.example", "One")
		w.visit(p, "two.example", "Two")
		w.visit(p, "three.example", "")
		w.visit(p, "", "")
		w.visit(p, "acme.test", "Acme")
	}
	assert.Equal(t, []string{"One one.example"}, w.accounts(p, "One"))
	assert.Empty(t, w.accounts(p, "Two"))
	assert.Equal(t, []string{"three.example three.example"}, w.accounts(p, "three.example"))
	assert.Equal(t, []string{"Acme Corporation acme.test"}, w.accounts(p, "Acme"))

	deals := w.list(p, "One ").Opportunities
	require.Len(t, deals, 4)
	for _, deal := range deals {
		assert.NotEmpty(t, deal.Stage)
		assert.NotEmpty(t, deal.Account)
		assert.NotNil(t, deal.Amount)
		assert.NotEmpty(t, deal.Closes)
	}
	assert.Empty(t, w.list(p, "Two ").Opportunities)
	assert.Len(t, w.list(p, "three.example ").Opportunities, 4)
}

func TestTheKey(t *testing.T) {
	w := &world{t: t, now: start}
	p := w.join()
	answer, err := p.Answer(context.Background(), engine.Call{Method: "GET", Path: "/api/v1/users/search", Header: map[string]string{"x-api-key": "a real key"}})
	require.NoError(t, err)
	assert.Equal(t, 401, answer.Status)
	users := w.ask(p, "GET", "/api/v1/users/search", nil, "")
	assert.Contains(t, string(users.Body), `"id":"`+string(trial.Rep)+`"`)
}

func TestAJournalThatCannotBeWritten(t *testing.T) {
	w := &world{t: t, now: start}
	p := w.join()
	w.create(p, "Before")
	full := errors.New("no room")
	w.journal.Fail = func(string) error { return full }
	_, err := p.Answer(context.Background(), engine.Call{Method: "POST", Path: "/api/v1/opportunities", Header: map[string]string{"x-api-key": trial.Key}, Body: []byte(`{"name":"Lost"}`)})
	require.ErrorIs(t, err, full)
	w.journal.Fail = nil
	assert.Empty(t, w.list(p, "Lost").Opportunities, "what is not in the journal was not done")
	assert.Len(t, w.list(p, "Before").Opportunities, 1)
}

func TestADamagedRecordIsNothingToAll(t *testing.T) {
	w := &world{t: t, now: start}
	p := w.join()
	w.create(p, "One")
	w.create(p, "Two")
	require.NoError(t, store.Put(context.Background(), &w.journal, "00000001", []byte("rot")))
	for range 2 {
		later := w.join()
		assert.Empty(t, w.list(later, "One").Opportunities)
		assert.Len(t, w.list(later, "Two").Opportunities, 1)
		w.create(later, "Three")
	}
	assert.Len(t, w.list(w.join(), "Three").Opportunities, 2)
}

// However programs come, take turns and go, each sees the team that one alone
// would have made.
func TestAnyOrderOfPrograms(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &world{t: r, now: start}
		alone := &world{t: r, now: start}
		one := alone.join()
		programs := []*trial.Trial{w.join(), w.join(), w.join()}
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			i := rapid.IntRange(0, len(programs)-1).Draw(r, "program")
			switch rapid.IntRange(0, 4).Draw(r, "step") {
			case 0:
				programs[i] = w.join()
			case 1:
				domain := crm.Domain(rapid.SampledFrom([]string{"a.example", "b.example", "c.example"}).Draw(r, "domain"))
				w.visit(programs[i], domain, "A company")
				alone.visit(one, domain, "A company")
			case 2:
				w.list(programs[i], "no such")
				alone.list(one, "no such")
			default:
				require.Equal(r, alone.create(one, "An opportunity"), w.create(programs[i], "An opportunity"))
			}
		}
		want := alone.list(one, "")
		for _, p := range programs {
			require.Equal(r, want, w.list(p, ""))
			w.now, alone.now = start.Add(time.Hour), start.Add(time.Hour)
		}
	})
}

func quote(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}
