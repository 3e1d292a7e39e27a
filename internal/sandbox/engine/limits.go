package engine

import (
	"strconv"
	"time"
)

// limiter counts a team's requests per endpoint in fixed windows. A window opens
// with the first request in it, so an endpoint's three windows open together
// and close on their own.
type limiter struct {
	limits  Limits
	dialect Dialect
	usage   map[string]*[3]window
}

type window struct {
	opened time.Time
	used   int
}

var windows = [3]struct {
	length time.Duration
	// name is for the refusal's sentence; limit, used and left are headers.
	name, limit, used, left string
}{
	{time.Minute, "minute", "x-rate-limit-minute", "x-minute-usage", "x-minute-requests-left"},
	{time.Hour, "hour", "x-rate-limit-hourly", "x-hourly-usage", "x-hourly-requests-left"},
	{24 * time.Hour, "day", "x-rate-limit-24-hour", "x-24-hour-usage", "x-24-hour-requests-left"},
}

func newLimiter(limits Limits, dialect Dialect) *limiter {
	return &limiter{limits: limits, dialect: dialect, usage: map[string]*[3]window{}}
}

func (l *limiter) limit(i int) int { return [3]int{l.limits.Minute, l.limits.Hour, l.limits.Day}[i] }

// take counts one request to the endpoint, or refuses it without counting.
func (l *limiter) take(e *endpoint, now time.Time) *refusal {
	use := l.usage[e.operation]
	if use == nil {
		use = new([3]window)
		l.usage[e.operation] = use
	}
	var refused *refusal
	for i := range use {
		if w := &use[i]; w.opened.IsZero() || !now.Before(w.opened.Add(windows[i].length)) {
			*w = window{opened: now}
		}
		if limit := l.limit(i); limit > 0 && use[i].used >= limit {
			wait := use[i].opened.Add(windows[i].length).Sub(now)
			seconds := int((wait + time.Second - 1) / time.Second)
			refused = rateLimited(l.dialect, e.limitName(), windows[i].name, limit, seconds)
		}
	}
	if refused != nil {
		return refused
	}
	for i := range use {
		use[i].used++
	}
	return nil
}

// headers are the nine that tell the endpoint's usage. A window without a limit
// has an empty limit and no usage.
func (l *limiter) headers(endpoint string, header map[string][]string) {
	use := l.usage[endpoint]
	if use == nil {
		return
	}
	for i, w := range windows {
		limit := l.limit(i)
		if limit == 0 {
			header[w.limit] = []string{""}
			continue
		}
		header[w.limit] = []string{strconv.Itoa(limit)}
		header[w.used] = []string{strconv.Itoa(use[i].used)}
		header[w.left] = []string{strconv.Itoa(limit - use[i].used)}
	}
}
