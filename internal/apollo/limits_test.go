package apollo_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func TestRetryAfter(t *testing.T) {
	const date = "Mon, 18 May 2026 11:59:00 GMT" // a minute behind the clock here
	tests := []struct {
		name   string
		body   string
		header []string
		want   time.Duration
		says   string
	}{
		{"seconds", "", []string{"retry-after", "42"}, 42 * time.Second, ""},
		{"seconds with space", "", []string{"retry-after", " 42 "}, 42 * time.Second, ""},
		{"one second", "", []string{"retry-after", "1"}, time.Second, ""},
		{"zero", "", []string{"retry-after", "0"}, time.Second, ""},
		{"minutes", "", []string{"retry-after", "150"}, 150 * time.Second, ""},
		{"hours", "", []string{"retry-after", "7200"}, 2 * time.Hour, ""},
		{"a week", "", []string{"retry-after", "604800"}, 24 * time.Hour, ""},
		{"more than an int", "", []string{"retry-after", "99999999999999999999999"}, 24 * time.Hour, ""},
		{"the largest int", "", []string{"retry-after", "9223372036854775807"}, 24 * time.Hour, ""},
		{"negative", "", []string{"retry-after", "-5"}, time.Minute, ""},
		{"fraction", "", []string{"retry-after", "1.5"}, time.Minute, ""},
		{"words", "", []string{"retry-after", "soon"}, time.Minute, ""},
		{"date by this clock", "", []string{"retry-after", "Mon, 18 May 2026 12:00:30 GMT"}, 30 * time.Second, ""},
		{"date by the answer's clock", "", []string{"retry-after", "Mon, 18 May 2026 12:00:30 GMT", "date", date}, 90 * time.Second, ""},
		{"date gone by", "", []string{"retry-after", "Mon, 18 May 2026 11:00:00 GMT"}, time.Second, ""},
		{"date far away", "", []string{"retry-after", "Fri, 18 May 2029 11:00:00 GMT"}, 24 * time.Hour, ""},
		{"date of RFC 850", "", []string{"retry-after", "Monday, 18-May-26 12:00:30 GMT"}, 30 * time.Second, ""},
		{"date of asctime", "", []string{"retry-after", "Mon May 18 12:00:30 2026"}, 30 * time.Second, ""},
		{"text: minute", tooMany("api/v1/opportunities/search", "minute"), nil, time.Minute, "for this minute"},
		{"text: hour", tooMany("api/v1/opportunities/search", "hour"), nil, time.Hour, "for this hour"},
		{"text: day", tooMany("api/v1/opportunities/search", "day"), nil, 24 * time.Hour, "for this day"},
		{"header wins over text", tooMany("api/v1/opportunities/search", "day"), []string{"retry-after", "5"}, 5 * time.Second, ""},
		{"windows: minute", "", []string{"x-minute-requests-left", "0", "x-hourly-requests-left", "3"}, time.Minute, ""},
		{"windows: the longest", "", []string{"x-minute-requests-left", "0", "x-hourly-requests-left", "0", "x-24-hour-requests-left", "9"}, time.Hour, ""},
		{"windows: day", "", []string{"x-24-hour-requests-left", "0"}, 24 * time.Hour, ""},
		{"windows: empty", "", []string{"x-rate-limit-minute", "", "x-minute-requests-left", "", "x-hourly-requests-left", "", "x-24-hour-requests-left", ""}, time.Minute, "for now"},
		{"nothing known", "", nil, time.Minute, "for now"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := requireError(t, calls[search](client(answer(429, test.body, test.header...))))
			assert.Equal(t, crm.RateLimited, e.Kind)
			assert.Equal(t, test.want, e.RetryAfter)
			assert.Contains(t, e.Text(), test.says)
		})
	}
}

// limited is an Apollo that counts what it is asked.
type limited struct {
	now    time.Time
	asked  int
	answer apollo.Response
}

func (l *limited) client() *apollo.Client {
	return clientAt(func(apollo.Request) (apollo.Response, error) {
		l.asked++
		return l.answer, nil
	}, func() time.Time { return l.now })
}

func left(minute, hour, day int) []string {
	return []string{
		"x-rate-limit-minute", "50", "x-minute-requests-left", strconv.Itoa(minute),
		"x-rate-limit-hourly", "200", "x-hourly-requests-left", strconv.Itoa(hour),
		"x-rate-limit-24-hour", "600", "x-24-hour-requests-left", strconv.Itoa(day),
	}
}

// TestKeptBack says that what Apollo would refuse is not sent.
func TestKeptBack(t *testing.T) {
	a := &limited{now: noon, answer: response(429, "", "retry-after", "30")}
	c := a.client()
	require.Equal(t, crm.RateLimited, crm.KindOf(calls[search](c)))
	require.Equal(t, 1, a.asked)

	a.now = a.now.Add(20 * time.Second)
	e := requireError(t, calls[search](c))
	assert.Equal(t, 1, a.asked, "nothing was sent")
	assert.Equal(t, crm.RateLimited, e.Kind)
	assert.Equal(t, search, e.Op)
	assert.Equal(t, 10*time.Second, e.RetryAfter)
	assert.False(t, c.Spare(search))

	require.Error(t, calls[view](c))
	assert.Equal(t, 2, a.asked, "another endpoint is counted by itself")

	a.now = a.now.Add(10 * time.Second)
	a.answer = response(200, `{"opportunities":[]}`)
	assert.NoError(t, calls[search](c))
	assert.Equal(t, 3, a.asked)
	assert.True(t, c.Spare(search))
}

// TestUsedUp says that after the last request of a window one request each
// minute finds out whether it is over.
func TestUsedUp(t *testing.T) {
	a := &limited{now: noon, answer: response(200, `{"opportunities":[]}`, left(7, 0, 300)...)}
	c := a.client()
	require.NoError(t, calls[search](c))
	e := requireError(t, calls[search](c))
	assert.Equal(t, crm.RateLimited, e.Kind)
	assert.Equal(t, time.Minute, e.RetryAfter)
	assert.Equal(t, 1, a.asked)

	a.now = a.now.Add(time.Minute)
	require.NoError(t, calls[search](c))
	assert.Equal(t, 2, a.asked)
}

// TestUsedUpWindowEnds says that a window seen open long ago keeps back no
// longer than it can last.
func TestUsedUpWindowEnds(t *testing.T) {
	a := &limited{now: noon, answer: response(200, `{"opportunities":[]}`, left(5, 100, 300)...)}
	c := a.client()
	require.NoError(t, calls[search](c))
	a.now = a.now.Add(50 * time.Second)
	a.answer = response(200, `{"opportunities":[]}`, left(0, 99, 299)...)
	require.NoError(t, calls[search](c))
	e := requireError(t, calls[search](c))
	assert.Equal(t, 10*time.Second, e.RetryAfter)
}

// TestUsedUpNewWindow says that a window which began meanwhile counts from then.
func TestUsedUpNewWindow(t *testing.T) {
	a := &limited{now: noon}
	c := a.client()
	for _, step := range []struct {
		after time.Duration
		left  int
	}{{0, 5}, {50 * time.Second, 49}, {20 * time.Second, 0}} {
		a.now = a.now.Add(step.after)
		a.answer = response(200, `{"opportunities":[]}`, left(step.left, 100, 300)...)
		require.NoError(t, calls[search](c))
	}
	e := requireError(t, calls[search](c))
	assert.Equal(t, 40*time.Second, e.RetryAfter)
}

func TestSpare(t *testing.T) {
	tests := []struct {
		name   string
		header []string
		after  time.Duration
		want   bool
	}{
		{"no headers", nil, 0, true},
		{"all there", left(50, 200, 600), 0, true},
		{"minute at 20 %", left(10, 200, 600), 0, false},
		{"minute just above", left(11, 200, 600), 0, true},
		{"hour at 20 %", left(50, 40, 600), 0, false},
		{"day at 20 %", left(50, 200, 120), 0, false},
		{"minute is over", left(10, 200, 600), time.Minute, true},
		{"hour is not", left(50, 40, 600), 59 * time.Minute, false},
		{"hour is over", left(50, 40, 600), time.Hour, true},
		{"unlimited", []string{"x-rate-limit-minute", "", "x-minute-requests-left", ""}, 0, true},
		{"limit zero", []string{"x-rate-limit-minute", "0", "x-minute-requests-left", "0"}, 0, true},
		{"nonsense", []string{"x-rate-limit-minute", "many", "x-minute-requests-left", "few"}, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := &limited{now: noon, answer: response(200, `{"opportunities":[]}`, test.header...)}
			c := a.client()
			assert.True(t, c.Spare(search), "true where nothing is known")
			_, err := c.OpportunityPage(context.Background(), apollo.OpportunityQuery{})
			require.NoError(t, err)
			a.now = a.now.Add(test.after)
			assert.Equal(t, test.want, c.Spare(search))
			assert.True(t, c.Spare(create), "another endpoint is not known")
		})
	}
}

// TestRequestsUnderWayCount says that requests whose answers are not there yet
// are counted: of five at once, with three left, three are sent.
func TestRequestsUnderWayCount(t *testing.T) {
	arrived, answers := make(chan bool), make(chan bool)
	first := true
	c := client(func(apollo.Request) (apollo.Response, error) {
		if first {
			first = false
			return response(200, `{"opportunities":[]}`, left(3, 100, 300)...), nil
		}
		arrived <- true
		<-answers
		return response(200, `{"opportunities":[]}`), nil
	})
	require.NoError(t, calls[search](c))
	var under sync.WaitGroup
	for range 3 {
		under.Go(func() { assert.NoError(t, calls[search](c)) })
		<-arrived
	}
	for range 2 {
		e := requireError(t, calls[search](c))
		assert.Equal(t, crm.RateLimited, e.Kind)
		assert.Equal(t, time.Second, e.RetryAfter, "they may be back at any moment")
	}
	assert.False(t, c.Spare(search))
	close(answers)
	under.Wait()
	go func() { <-arrived }()
	assert.NoError(t, calls[search](c), "once they are back their answers say how many are left")
}

// TestSpareCountsRequestsUnderWay says the same of what background work may use.
func TestSpareCountsRequestsUnderWay(t *testing.T) {
	arrived, answers := make(chan bool), make(chan bool)
	first := true
	c := client(func(apollo.Request) (apollo.Response, error) {
		if first {
			first = false
			return response(200, `{"opportunities":[]}`, left(11, 200, 600)...), nil
		}
		close(arrived)
		<-answers
		return apollo.Response{}, errors.New("lost")
	})
	require.NoError(t, calls[search](c))
	assert.True(t, c.Spare(search))
	done := make(chan bool)
	go func() { defer close(done); assert.Error(t, calls[search](c)) }()
	<-arrived
	assert.False(t, c.Spare(search), "11 of 50 less one under way")
	close(answers)
	<-done
	assert.True(t, c.Spare(search), "one that failed is not known to have counted")
}
