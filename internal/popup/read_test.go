package popup_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/site"
)

// TestWhatAnOpeningAsks is the budget: a team has 400 requests an hour for each
// kind of question, all reps together.
func TestFewRequestsAreLeftOfTheHour(t *testing.T) {
	w := newWorld(func(o *sandbox.Options) { o.Limits = &sandbox.Limits{Minute: 50, Hour: 5, Day: 600} })
	show := func() popup.List {
		s := w.storyWith(w.client)
		require.NoError(t, s.Open(t.Context(), acmePage, nil))
		s.Read(t.Context(), true)
		return w.now().List
	}
	assert.NotContains(t, show().Status, "requests to Apollo")
	for range 2 {
		w.clock.advance(time.Minute)
		show()
	}
	w.clock.advance(time.Minute)
	assert.Contains(t, show().Status, "1 of 5 requests to Apollo are left in this hour.")
}

func TestALockedKey(t *testing.T) {
	w := newWorld()
	w.read(t, acmePage)
	w.reader, w.locked = nil, true
	w.read(t, acmePage)
	v := w.now()
	require.NotNil(t, v.Notice)
	assert.Equal(t, popup.Unlock, v.Notice.Action)
	assert.Contains(t, v.Notice.Text, "locked")
	assert.Equal(t, popup.InApollo, v.Company.Status, "the index is there meanwhile")
	assert.NotEmpty(t, v.List.Rows)
}

func TestWhatAnOpeningAsks(t *testing.T) {
	w := newWorld()
	w.opened(t, acmePage)
	assert.Empty(t, w.reader.asked(), "opening asks nothing")

	first := []string{"accounts named acme", "opportunities of 0001", "profile", "stages", "users"}
	s := w.read(t, acmePage)
	assert.Equal(t, first, w.reader.asked(), "the first opening")
	assert.Len(t, w.apollo.Requests(), len(first), "one request each")

	steps := []struct {
		name  string
		after time.Duration
		page  site.Page
		asks  []string
	}{
		{"at once", 0, acmePage, nil},
		{"seconds later", 14 * time.Second, acmePage, nil},
		{"a minute later", time.Minute, acmePage, []string{"opportunities of 0001"}},
		{"past the company's time", 11 * time.Minute, acmePage, []string{"accounts named acme", "opportunities of 0001"}},
		{"another company", 0, freshPage, []string{"accounts named Fresh Foods", "accounts named fresh"}},
		{"the other company again", 0, freshPage, nil},
		{"past the team's time", time.Hour, acmePage, first},
	}
	for _, step := range steps {
		w.clock.advance(step.after)
		s = w.read(t, step.page)
		assert.Equal(t, step.asks, w.reader.asked(), step.name)
	}
	s.Read(t.Context(), true)
	assert.Equal(t, first, w.reader.asked(), "the rep asks for it")
	w.view(t, s, "Acme training days")
	assert.Equal(t, []string{"opportunity 0003"}, w.reader.asked())
	w.typing(t, s, "amount", "7k", "name", "Acme anvils")
	w.save(t, s)
	require.NoError(t, s.Refresh(t.Context()))
	assert.Empty(t, w.reader.asked(), "editing and saving ask nothing")
}

// TestWholeList has Apollo not tell accounts apart: the team's list is read by
// the worker, and only once.
func TestWholeList(t *testing.T) {
	w := newWorld(ignoresFilter, large)
	w.read(t, acmePage)
	assert.Equal(t, []popup.Task{popup.FillIndex}, w.woken())
	assert.Equal(t, "None found so far. The team's list is not read to its end yet.", w.now().List.Status)
	assert.Empty(t, w.now().List.Rows)

	w.fill(t, 3)
	s := w.read(t, acmePage)
	assert.Equal(t, "Reading the team's opportunities: 30 of 333.", w.now().List.Status)
	assert.Equal(t, []popup.Task{popup.FillIndex}, w.woken(), "it goes on where it was")

	require.NoError(t, w.idx().Pause(t.Context()))
	require.NoError(t, s.Refresh(t.Context()))
	assert.Equal(t, "The reading of the team's opportunities is paused at 30 of 333.", w.now().List.Status)
	require.NoError(t, w.idx().Resume(t.Context()))

	w.fill(t, 100)
	require.NoError(t, s.Refresh(t.Context()))
	assert.Len(t, w.now().List.Rows, 4)
	assert.Empty(t, w.now().List.Status)
	w.clock.advance(time.Minute)
	w.read(t, acmePage)
	assert.Empty(t, w.woken())
	w.clock.advance(25 * time.Hour)
	w.read(t, acmePage)
	assert.Equal(t, []popup.Task{popup.FillIndex}, w.woken(), "the next day it is read again")
}

// TestSomeMayBeMissing has some of the company's opportunities among the newest.
func TestSomeMayBeMissing(t *testing.T) {
	w := newWorld(ignoresFilter, large, func(o *sandbox.Options) {
		o.Seed.Opportunities = append(o.Seed.Opportunities, sandbox.Opportunity{Name: "Acme news", Account: o.Seed.Accounts[0].ID})
	})
	w.read(t, acmePage)
	assert.Len(t, w.now().List.Rows, 1)
	assert.Equal(t, "Some may be missing.", w.now().List.Status)
	w.fill(t, 1)
	w.read(t, acmePage)
	assert.Equal(t, "Reading the team's opportunities: 10 of 334. Some may be missing.", w.now().List.Status)
}

// TestEachQuestionFails lets one kind of question fail at a time, by every kind
// of error: the form stays usable and the rest is shown.
func TestEachQuestionFails(t *testing.T) {
	questions := []string{"stages", "users", "profile", "accounts", "opportunities"}
	kinds := []crm.Kind{
		crm.Invalid, crm.Unauthorized, crm.Forbidden, crm.NotFound, crm.RateLimited, crm.Unavailable, crm.Internal,
	}
	for _, question := range questions {
		for _, kind := range kinds {
			for _, warm := range []bool{false, true} {
				w := newWorld()
				if warm {
					w.read(t, acmePage)
					w.clock.advance(2 * time.Hour)
				}
				w.reader.answer(question, &crm.Error{Kind: kind, Message: "It went wrong.", RetryAfter: time.Minute})
				s := w.read(t, acmePage)
				for _, v := range w.all() {
					requireWayOn(t, v)
				}
				now := w.now()
				if question == "profile" {
					assert.Nil(t, now.Notice, "the owner is only a default")
				} else {
					require.NotNil(t, now.Notice, question)
					assert.Equal(t, kind, now.Notice.Kind)
				}
				if warm || question != "accounts" && question != "opportunities" {
					assert.Len(t, now.List.Rows, 4, question)
				}
				if warm || question != "stages" {
					assert.Len(t, w.field(crm.FieldStage).Options, 6, question)
				}
				if warm || question != "stages" && question != "users" {
					assert.Len(t, w.field(crm.FieldOwner).Options, 4, question)
				}
				assert.False(t, now.List.Busy)

				w.typing(t, s, "name", "Acme anvils", "amount", "5k")
				w.save(t, s)
				w.drain(t)
				assert.Len(t, w.stored("opportunity.create"), 1)
				w.reader.answer("", nil)
				s.Read(t.Context(), true)
				assert.Nil(t, w.now().Notice, "trying again helps")
				assert.Len(t, w.now().List.Rows, 5)
			}
		}
	}
}

// TestAnswersForAnotherCompany arrive when it is not shown any more.
func TestAnswersForAnotherCompany(t *testing.T) {
	for _, question := range []string{"accounts", "opportunities"} {
		answersForAnotherCompany(t, question, nil)
		answersForAnotherCompany(t, question, errOffline)
	}
}

func answersForAnotherCompany(t *testing.T, question string, failure error) {
	w := newWorld()
	s := w.opened(t, site.Page{})
	require.NoError(t, s.ChooseDomain(t.Context(), "acme.test", ""))
	var once sync.Once
	w.reader.before = func(call string) (err error) {
		if strings.HasPrefix(call, question) {
			once.Do(func() {
				assert.NoError(t, s.ChooseDomain(t.Context(), "fresh.test", ""))
				err = failure
			})
		}
		return err
	}
	s.Read(t.Context(), true)
	assert.Equal(t, "fresh.test", w.now().Company.Domain)
	assert.Equal(t, "Fresh", w.value(crm.FieldName))
	assert.Empty(t, w.now().List.Rows, question)
	assert.Nil(t, w.now().Notice)
	assert.Equal(t, "new", w.value(crm.FieldAccount))
	s.Read(t.Context(), false)
	assert.Equal(t, popup.NotInApollo, w.now().Company.Status)
	w.opened(t, acmePage)
	if failure == nil {
		assert.Equal(t, popup.InApollo, w.now().Company.Status, "kept, not shown")
	}
}

// TestAccountsOfOthers are in every answer to a search by name.
func TestAccountsOfOthers(t *testing.T) {
	w := newWorld(func(o *sandbox.Options) {
		o.Seed.Accounts = append(o.Seed.Accounts,
			sandbox.Account{Name: "Acme Foods", Domain: "acme-foods.test"},
			sandbox.Account{Name: "Acme without a domain"},
			sandbox.Account{Name: "Not Acme by name", Domain: "WWW.Acme.test."})
	})
	w.read(t, acmePage)
	assert.Equal(t, popup.Several, w.now().Company.Status)
	var names []string
	for _, o := range w.field(crm.FieldAccount).Options {
		names = append(names, o.Label)
	}
	assert.ElementsMatch(t, []string{"Acme Corporation", "Not Acme by name"}, names)
}

// TestRefreshes has two at once, and one that a change of the company overtakes.
func TestRefreshes(t *testing.T) {
	t.Run("the later one is shown", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		next := make(chan error, 1)
		var begun atomic.Bool
		w.index.Fail = func(string) error { // the outbox was read by now
			if begun.CompareAndSwap(false, true) {
				_, err := w.box().Append(t.Context(), "by-another-window", crm.Create{Values: crm.Values{Name: "Acme anvils"}})
				assert.NoError(t, err)
				go func() { next <- s.Refresh(t.Context()) }()
				overtaking(next)
			}
			return nil
		}
		require.NoError(t, s.Refresh(t.Context()))
		require.NoError(t, <-next)
		assert.Len(t, w.now().Outbox, 1)
	})
	t.Run("another company", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		var begun atomic.Bool
		w.index.Fail = func(string) error {
			if begun.CompareAndSwap(false, true) {
				return s.ChooseDomain(t.Context(), "fresh.test", "")
			}
			return nil
		}
		require.NoError(t, s.Refresh(t.Context()))
		assert.Equal(t, "fresh.test", w.now().Company.Domain)
		assert.Empty(t, w.now().List.Rows)
	})
}

// TestStorageComesBack where there is no company to read.
func TestStorageComesBack(t *testing.T) {
	w := newWorld()
	w.save(t, w.read(t, acmePage))
	fails(w.outbox, "list")
	s := w.read(t, site.Page{})
	require.NotNil(t, w.now().Notice, "reading what there is not does not take it away")
	s.Read(t.Context(), true)
	require.NotNil(t, w.now().Notice)
	fails(w.outbox, "")
	s.Read(t.Context(), true)
	assert.Nil(t, w.now().Notice)
	assert.Len(t, w.now().Outbox, 1)
}

// TestWhatGotThroughClearsTheWay has the popup unable to read while the worker
// sends: the notice is not to outlive what it says.
func TestWhatGotThroughClearsTheWay(t *testing.T) {
	w := newWorld()
	w.reader.answer("", &crm.Error{Kind: crm.Unavailable, Message: "Apollo could not be reached."})
	s := w.read(t, freshPage)
	require.NotNil(t, w.now().Notice)
	assert.False(t, s.Overtaken(), "nothing was sent")

	w.clock.advance(time.Minute)
	w.reader.answer("", nil)
	_, err := w.box().Append(t.Context(), "by-another-window", crm.Create{Values: crm.Values{Name: "First greens"}})
	require.NoError(t, err)
	require.NoError(t, s.Refresh(t.Context()))
	assert.False(t, s.Overtaken(), "saved is not sent")
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	require.True(t, s.Overtaken())

	s.Read(t.Context(), false)
	assert.Nil(t, w.now().Notice)
	assert.False(t, s.Overtaken(), "once is enough")
}
