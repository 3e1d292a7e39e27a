package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/wire"
)

var usageStats = &operation{
	name: OpUsage, method: "POST", path: "/usage_stats/api_usage_stats",
	right: "api/v1/usage_stats/api_usage_stats",
}

// Usage is how much of an endpoint's rate limits the team has used.
type Usage struct {
	Endpoint          string // "api/v1/contacts"
	Action            string // "search"
	Minute, Hour, Day Quota
}

// Quota is one window of a rate limit, in requests.
type Quota struct {
	Limit, Used, Left int
}

// Usage reads how much of each endpoint's rate limits the team has used, in
// Apollo's order. Only a master key may ask.
//
// https://docs.apollo.io/reference/view-api-usage-stats
func (c *Client) Usage(ctx context.Context) ([]Usage, error) {
	var usage []Usage
	body := new(wire.Writer).BeginObject().EndObject()
	err := c.do(ctx, call{operation: usageStats, body: body}, func(r *wire.Reader) {
		if r.Is('{') {
			r.Object(func(name []byte) {
				if r.Is('{') {
					one := endpointNamed(name)
					one.read(r)
					usage = append(usage, one)
				}
			})
		}
		if len(usage) == 0 {
			r.Fail(errUnusable)
		}
	})
	if err != nil {
		return nil, err
	}
	return usage, nil
}

// endpointNamed reads a member's name, which is a JSON list within a string:
// "[\"api/v1/contacts\", \"search\"]". Another name is the endpoint itself.
func endpointNamed(name []byte) Usage {
	var parts []string
	r := wire.NewReader(name)
	r.Array(func() { parts = append(parts, text(r)) })
	if r.End() != nil || len(parts) == 0 {
		return Usage{Endpoint: string(name)}
	}
	u := Usage{Endpoint: parts[0]}
	if len(parts) > 1 {
		u.Action = parts[1]
	}
	return u
}

func (u *Usage) read(r *wire.Reader) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "minute":
			u.Minute.read(r)
		case "hour":
			u.Hour.read(r)
		case "day":
			u.Day.read(r)
		}
	})
}

func (q *Quota) read(r *wire.Reader) {
	if !r.Is('{') {
		return
	}
	r.Object(func(name []byte) {
		switch string(name) {
		case "limit":
			q.Limit = number(r)
		case "consumed":
			q.Used = number(r)
		case "left_over":
			q.Left = number(r)
		}
	})
}
