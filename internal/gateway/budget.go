package gateway

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/wire"
)

// budget is what is left of the team's requests to one of Apollo's endpoints, as
// the database has it.
type budget struct {
	endpoint string
	windows  [3]span
	until    int64
}

// span is one of Apollo's windows, see spans.
type span struct {
	from  int64
	used  int
	limit int // -1 for none
}

func (s span) left() int { return max(s.limit-s.used, 0) }

var spans = [3]struct {
	name        string
	length      time.Duration
	limit, left string // Apollo's headers
}{
	{"minute", time.Minute, "x-rate-limit-minute", "x-minute-requests-left"},
	{"hour", time.Hour, "x-rate-limit-hourly", "x-hourly-requests-left"},
	{"day", 24 * time.Hour, "x-rate-limit-24-hour", "x-24-hour-requests-left"},
}

const budgetColumns = `endpoint, minute, minute_used, minute_limit, hour, hour_used, hour_limit, day, day_used, day_limit, until`

func readBudget(row Row) budget {
	b := budget{endpoint: row.Text(0), until: row.Int(10)}
	for i := range b.windows {
		b.windows[i] = span{row.Int(1 + 3*i), int(row.Int(2 + 3*i)), int(row.Int(3 + 3*i))}
		if row[3+3*i] == nil {
			b.windows[i].limit = -1
		}
	}
	return b
}

// takeBudget is the statement that counts one request in all three windows, unless
// that would leave less than share percent of one of them: one statement, so that
// no two instances take the same request. A window opens with the first request in
// it. One that seems to open later than a whole span from now was written by a
// clock that has been put back since.
func takeBudget() string {
	set, where := "", "until <= ?3 OR until > ?3 + 90000000"
	for _, s := range spans {
		window := strings.NewReplacer("window", s.name, "span", strconv.FormatInt(s.length.Milliseconds(), 10),
			"OVER", "(window <= ?3 - span OR window > ?3 + span)")
		over := window.Replace(window.Replace("OVER"))
		set += window.Replace(", window_used = CASE WHEN " + over + " THEN 1 ELSE window_used + 1 END, window = CASE WHEN " + over + " THEN ?3 ELSE window END")
		where += window.Replace(") AND (window_limit IS NULL OR " + over + " OR (window_limit - window_used - 1) * 100 >= window_limit * ?7")
	}
	return `INSERT INTO budget (team, endpoint, minute, minute_used, minute_limit, hour, hour_used, hour_limit, day, day_used, day_limit)
		VALUES (?1, ?2, ?3, 1, ?4, ?3, 1, ?5, ?3, 1, ?6)
		ON CONFLICT (team, endpoint) DO UPDATE SET ` + set[2:] + ` WHERE (` + where + `) RETURNING ` + budgetColumns
}

// take takes one request to an endpoint. If there is none to be had it says how
// long that will last.
func (g *Gateway) take(ctx context.Context, team, endpoint string, share int) (b budget, wait time.Duration, err error) {
	now := millis(g.clock())
	// A loss of power forgets a few requests; Apollo's next answer tells them.
	s := volatile(takeBudget(), team, endpoint, now, g.policy.Minute, g.policy.Hour, g.policy.Day, share)
	taken, err := g.one(ctx, s)
	if err != nil {
		return b, 0, err
	}
	if len(taken.Rows) > 0 {
		return readBudget(taken.Rows[0]), 0, nil
	}
	found, err := g.one(ctx, sql(`SELECT `+budgetColumns+` FROM budget WHERE team = ? AND endpoint = ?`, team, endpoint))
	if err != nil || len(found.Rows) == 0 {
		return b, time.Second, err
	}
	b = readBudget(found.Rows[0])
	return b, b.wait(now, share), nil
}

// wait is how long no request may be taken.
func (b budget) wait(now int64, share int) time.Duration {
	until := max(b.until, now+1000)
	for i, w := range b.windows {
		if over := w.from + spans[i].length.Milliseconds(); w.limit >= 0 && over > now && (w.limit-w.used-1)*100 < w.limit*share {
			until = max(until, over)
		}
	}
	return time.Duration(until-now) * time.Millisecond
}

// learn takes over what Apollo says of its windows where it knows more: another
// limit, or requests that others made with the key.
func (g *Gateway) learn(ctx context.Context, team string, b *budget, header map[string]string, pause time.Duration) error {
	limits, used, news := [3]any{}, [3]int{}, pause > 0
	for i, s := range spans {
		w := &b.windows[i]
		text, known := header[s.limit]
		if limit, err := strconv.Atoi(text); err == nil && limit > 0 {
			news = news || limit != w.limit
			w.limit = limit
			if left, err := strconv.Atoi(header[s.left]); err == nil && limit-left > w.used {
				w.used, news = limit-left, true
			}
		} else if known && text == "" {
			news = news || w.limit != -1
			w.limit = -1
		}
		if used[i] = w.used; w.limit >= 0 {
			limits[i] = w.limit
		}
	}
	if !news {
		return nil
	}
	until := int64(0)
	if pause > 0 {
		until = millis(g.clock().Add(pause))
	}
	// Others may have counted on meanwhile: what is used never shrinks.
	s := volatile(`UPDATE budget SET minute_limit = ?, hour_limit = ?, day_limit = ?,
			minute_used = max(minute_used, ?), hour_used = max(hour_used, ?), day_used = max(day_used, ?), until = max(until, ?)
		WHERE team = ? AND endpoint = ?`,
		limits[0], limits[1], limits[2], used[0], used[1], used[2], until, team, b.endpoint)
	_, err := g.one(ctx, s)
	return err
}

// budgets are all of a team's, with windows that are over as new ones.
func (g *Gateway) budgets(ctx context.Context, team string) (list []budget, err error) {
	found, err := g.one(ctx, sql(`SELECT `+budgetColumns+` FROM budget WHERE team = ? ORDER BY endpoint`, team))
	if err != nil {
		return nil, err
	}
	now := millis(g.clock())
	for _, row := range found.Rows {
		b := readBudget(row)
		for i := range b.windows {
			if b.windows[i].from <= now-spans[i].length.Milliseconds() {
				b.windows[i].used = 0
			}
		}
		list = append(list, b)
	}
	return list, nil
}

func (b budget) write(w *wire.Writer) {
	w.BeginObject().Member("endpoint").String(b.endpoint)
	for i, s := range b.windows {
		if s.limit >= 0 {
			w.Member(spans[i].name).BeginObject().Member("limit").Int(s.limit).Member("left").Int(s.left()).EndObject()
		}
	}
	w.EndObject()
}

// header is the budget in an answer: "opportunity.search;minute=199;hour=399".
func (b budget) header() string {
	var text strings.Builder
	text.WriteString(b.endpoint)
	for i, s := range b.windows {
		if s.limit >= 0 {
			text.WriteString(";" + spans[i].name + "=" + strconv.Itoa(s.left()))
		}
	}
	return text.String()
}
