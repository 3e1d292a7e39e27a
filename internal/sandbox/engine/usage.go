package engine

import (
	"strings"
	"time"
)

type endpointUsage struct {
	Day    windowUsage `json:"day"`
	Hour   windowUsage `json:"hour"`
	Minute windowUsage `json:"minute"`
}

// windowUsage has nulls where the plan has no limit.
type windowUsage struct {
	Limit    *int `json:"limit"`
	Consumed int  `json:"consumed"`
	Left     *int `json:"left_over"`
}

// usageStats tells the usage of every endpoint, by its name as a JSON array in a
// string: ["api/v1/accounts", "search"].
//
// https://docs.apollo.io/reference/view-api-usage-stats
func (t *team) usageStats(x *Exchange) (any, *refusal) {
	stats := map[string]endpointUsage{}
	for _, e := range x.metered {
		cut := strings.LastIndexByte(e.scope, '/')
		name := `["` + e.scope[:cut] + `", "` + e.scope[cut+1:] + `"]`
		if _, known := stats[name]; e.oauth == "" || known {
			continue
		}
		stats[name] = endpointUsage{
			Minute: x.limiter.usageOf(e.operation, 0, x.now),
			Hour:   x.limiter.usageOf(e.operation, 1, x.now),
			Day:    x.limiter.usageOf(e.operation, 2, x.now),
		}
	}
	return stats, nil
}

// usageOf is the endpoint's usage of a window, which may be over.
func (l *limiter) usageOf(endpoint string, i int, now time.Time) windowUsage {
	var u windowUsage
	if use := l.usage[endpoint]; use != nil && now.Before(use[i].opened.Add(windows[i].length)) {
		u.Consumed = use[i].used
	}
	if limit := l.limit(i); limit > 0 {
		left := limit - u.Consumed
		u.Limit, u.Left = &limit, &left
	}
	return u
}
