package apollo

import (
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// window is one of the fixed spans in which Apollo counts a team's requests to
// an endpoint. It opens with the first request; no answer says when it ends.
//
// https://docs.apollo.io/reference/rate-limits
type window struct {
	name  string
	used  crm.English // that it is used up
	span  time.Duration
	limit string // header: how many requests it allows; empty where unlimited
	left  string // header: how many are left
}

var windows = [3]window{
	{"minute", "The team has used up Apollo's requests for this minute.", time.Minute, "x-rate-limit-minute", "x-minute-requests-left"},
	{"hour", "The team has used up Apollo's requests for this hour.", time.Hour, "x-rate-limit-hourly", "x-hourly-requests-left"},
	{"day", "The team has used up Apollo's requests for this day.", 24 * time.Hour, "x-rate-limit-24-hour", "x-24-hour-requests-left"},
}

// budget is what the last answers of an endpoint told.
type budget struct {
	until  time.Time // nothing is sent before
	flying int       // requests whose answers are not there yet
	left   [len(windows)]struct {
		limit, left int       // limit 0: not known, or unlimited
		since       time.Time // the window was open then, so it ends within its span
	}
}

// Rates are what an answer tells of the three windows, the minute's first.
type Rates [len(windows)]Rate

// Rate is how many requests to an endpoint a window allows the team, and how many
// are left. Limit 0 means that it is not known, or unlimited.
type Rate struct {
	Limit, Left int
}

// Span is how long the i-th window of [Rates] lasts.
func Span(i int) time.Duration { return windows[i].span }

// RatesOf reads the rate limits from an answer's headers.
func RatesOf(response Response) (rates Rates) {
	for i, w := range windows {
		limit, left := response.Header[w.limit], response.Header[w.left]
		if limit != "" && left != "" {
			rates[i] = Rate{whole(limit), whole(left)}
		}
	}
	return rates
}

// patience is how long a window with nothing left keeps requests back: it may
// end at any moment, so one request each minute asks.
const patience = time.Minute

// observe learns from an answer's headers. Those of 401 and 403 have none, and
// what is no answer at all neither.
func (c *Client) observe(op string, response Response) {
	now := c.clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	b := c.budgets[op]
	b.flying--
	for i, rate := range RatesOf(response) {
		if rate == (Rate{}) {
			continue
		}
		w, seen := windows[i], &b.left[i]
		if more := rate.Left > seen.left; more || !now.Before(seen.since.Add(w.span)) {
			seen.since = now
		}
		seen.limit, seen.left = rate.Limit, rate.Left
		if seen.limit > 0 && seen.left == 0 {
			b.until = later(b.until, earlier(now.Add(patience), seen.since.Add(w.span)))
		}
	}
}

// retryAfter finds how long a 429 asks to wait, and keeps the operation back so
// long. It tries the Retry-After header, then the longest window without
// anything left, then the window that the text names.
func (c *Client) retryAfter(op, said string, response Response) time.Duration {
	now := c.clock()
	wait, ok := parseRetryAfter(response.Header["retry-after"], response.Header["date"], now)
	if !ok {
		wait = time.Minute
		if w := windowNamed(said); w != nil {
			wait = w.span
		}
		for _, w := range windows {
			if left := response.Header[w.left]; left != "" && whole(left) == 0 {
				wait = w.span
			}
		}
	}
	wait = clampWait(wait)
	c.mu.Lock()
	defer c.mu.Unlock()
	if b := c.budgets[op]; b != nil {
		b.until = later(b.until, now.Add(wait))
	}
	return wait
}

// windowNamed finds the window in a text such as "600 times per hour".
func windowNamed(text string) *window {
	for i := range windows {
		if strings.Contains(text, "per "+windows[i].name) {
			return &windows[i]
		}
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
