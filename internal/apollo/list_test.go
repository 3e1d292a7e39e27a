package apollo_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// book is an Apollo that has a list of rows, and remembers which pages it gave.
type book struct {
	rows    int
	perPage int
	pages   int    // as said; -1: as it is
	extra   string // members beside the list
	echo    int    // the page that is said, 0 the one asked for
	bare    bool   // no pagination
	same    bool   // page 1 always
	fail    map[int]apollo.Response
	header  []string
	asked   []int
}

func (b *book) answer(r apollo.Request) (apollo.Response, error) {
	var asked struct {
		Page int `json:"page"`
	}
	if err := json.Unmarshal(r.Body, &asked); err != nil {
		return apollo.Response{}, err
	}
	b.asked = append(b.asked, asked.Page)
	if failure, ok := b.fail[asked.Page]; ok {
		return failure, nil
	}
	from := (asked.Page - 1) * b.perPage
	if b.same {
		from = 0
	}
	var rows []string
	for n := from; n < min(from+b.perPage, b.rows); n++ {
		rows = append(rows, `{"id":"`+rowID(n)+`","name":"row `+strconv.Itoa(n)+`"}`)
	}
	pages := b.pages
	if pages < 0 {
		pages = (b.rows + b.perPage - 1) / b.perPage
	}
	said := max(b.echo, asked.Page)
	body := `{"opportunities":[` + strings.Join(rows, ",") + `]` + b.extra
	if !b.bare {
		body += `,"pagination":{"page":` + strconv.Itoa(said) + `,"per_page":` + strconv.Itoa(b.perPage) +
			`,"total_entries":` + strconv.Itoa(b.rows) + `,"total_pages":` + strconv.Itoa(pages) + `}`
	}
	return response(200, body+`}`, b.header...), nil
}

func (b *book) list() *apollo.List[crm.Opportunity] {
	return client(b.answer).ListOpportunities(apollo.OpportunityFilter{PerPage: b.perPage})
}

func rowID(n int) string {
	digits := strconv.Itoa(n)
	return strings.Repeat("a", 24-len(digits)) + digits
}

// gathered is what a range gives: the rows' numbers, and the error at the end.
func gathered(rows iter.Seq2[crm.Opportunity, error]) (numbers []int, end error) {
	for o, err := range rows {
		if err != nil {
			return numbers, err
		}
		n, _ := strconv.Atoi(strings.TrimPrefix(o.Name, "row "))
		numbers = append(numbers, n)
	}
	return numbers, nil
}

func upTo(n int) []int {
	var numbers []int
	for i := range n {
		numbers = append(numbers, i)
	}
	return numbers
}

func TestListIsWholeOrSaysWhyNot(t *testing.T) {
	const second = `{"id":"` + dealID + `"}`
	tests := []struct {
		name  string
		book  book
		rows  int
		asked int
		is    error    // in the chain
		kind  crm.Kind // "" for none
	}{
		{name: "empty", book: book{rows: 0, perPage: 10, pages: -1}, asked: 1},
		{name: "one page", book: book{rows: 7, perPage: 10, pages: -1}, rows: 7, asked: 1},
		{name: "exactly full", book: book{rows: 20, perPage: 10, pages: -1}, rows: 20, asked: 2},
		{name: "several pages", book: book{rows: 25, perPage: 10, pages: -1}, rows: 25, asked: 3},
		{name: "no pagination, short page", book: book{rows: 25, perPage: 100, bare: true}, rows: 25, asked: 1},
		{name: "no pagination, full page", book: book{rows: 100, perPage: 100, bare: true}, rows: 100, asked: 2},
		{name: "pages not said", book: book{rows: 25, perPage: 10}, rows: 25, asked: 3},
		{name: "partial", book: book{rows: 25, perPage: 10, pages: -1, extra: `,"partial_results_only":true`}, rows: 25, asked: 3, is: apollo.ErrPartial, kind: crm.Unavailable},
		{name: "ends early", book: book{rows: 10, perPage: 10, pages: 4}, rows: 10, asked: 2, is: apollo.ErrPartial, kind: crm.Unavailable},
		{name: "the same page", book: book{rows: 30, perPage: 10, pages: -1, same: true}, rows: 10, asked: 2, is: apollo.ErrPartial, kind: crm.Unavailable},
		{name: "another page", book: book{rows: 30, perPage: 10, pages: -1, echo: 2}, asked: 1, kind: crm.Unavailable},
		{name: "a row more", book: book{rows: 30, perPage: 10, pages: -1, fail: map[int]apollo.Response{
			2: response(200, `{"opportunities":[`+second+`],"pagination":{"page":2,"per_page":10,"total_entries":31,"total_pages":4}}`),
		}}, rows: 10, asked: 2, is: apollo.ErrChanged, kind: crm.Conflict},
		{name: "a row fewer", book: book{rows: 30, perPage: 10, pages: -1, fail: map[int]apollo.Response{
			3: response(200, `{"opportunities":[`+second+`],"pagination":{"page":3,"per_page":10,"total_entries":29,"total_pages":3}}`),
		}}, rows: 20, asked: 3, is: apollo.ErrChanged, kind: crm.Conflict},
		{name: "rows that cannot be read", book: book{rows: 11, perPage: 10, pages: -1, fail: map[int]apollo.Response{
			2: response(200, `{"opportunities":[{"id":7},null],"pagination":{"page":2,"total_entries":11,"total_pages":2}}`),
		}}, rows: 10, asked: 2, is: apollo.ErrPartial, kind: crm.Unavailable},
		{name: "refused", book: book{rows: 30, perPage: 10, pages: -1, fail: map[int]apollo.Response{2: response(401, invalidKey)}}, rows: 10, asked: 2, kind: crm.Unauthorized},
		{name: "limited", book: book{rows: 30, perPage: 10, pages: -1, fail: map[int]apollo.Response{2: response(429, "", "retry-after", "9")}}, rows: 10, asked: 2, kind: crm.RateLimited},
		{name: "budget", book: book{rows: 30, perPage: 10, pages: -1, header: left(10, 200, 600)}, rows: 10, asked: 1, is: apollo.ErrBudget, kind: crm.RateLimited},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx := context.Background()
			b := test.book
			rows, err := gathered(b.list().Rows(ctx))
			assert.Equal(t, upTo(test.rows), rows)
			assert.Len(t, b.asked, test.asked)
			assert.Equal(t, test.kind, crm.KindOf(err))
			if test.is != nil {
				assert.ErrorIs(t, err, test.is)
			}
			if err != nil {
				assertForPeople(t, requireError(t, err))
				assert.Equal(t, search, requireError(t, err).Op)
			}

			again := test.book
			count, end := 0, error(nil)
			for page, err := range again.list().Pages(ctx) {
				count, end = count+len(page.Rows), err
			}
			assert.Equal(t, test.rows, count, "by pages")
			assert.Equal(t, err, end, "by pages")
			assert.Equal(t, b.asked, again.asked)
		})
	}
}

// TestListGoesOn breaks a list off at every row, stores the place, and goes on
// in the same list and in another one.
func TestListGoesOn(t *testing.T) {
	ctx := context.Background()
	for stop := 1; stop <= 25; stop++ {
		b := &book{rows: 25, perPage: 10, pages: -1}
		list, count := b.list(), 0
		for range list.Rows(ctx) {
			if count++; count == stop {
				break
			}
		}
		if stop == 7 {
			assert.Equal(t, apollo.Cursor{Page: 1, Row: 7, Total: 25}, list.Cursor())
		}
		stored, err := json.Marshal(list.Cursor())
		require.NoError(t, err)
		var at apollo.Cursor
		require.NoError(t, json.Unmarshal(stored, &at))
		for name, rest := range map[string]*apollo.List[crm.Opportunity]{"the same": list, "another": b.list().From(at)} {
			rows, err := gathered(rest.Rows(ctx))
			require.NoError(t, err)
			assert.Equal(t, upTo(25)[stop:], append([]int{}, rows...), "%s list after %d", name, stop)
			assert.True(t, rest.Cursor().Done)
			more, err := gathered(rest.Rows(ctx))
			assert.Empty(t, more)
			assert.NoError(t, err)
		}
	}
	t.Run("by pages", func(t *testing.T) {
		b := &book{rows: 25, perPage: 10, pages: -1}
		list := b.list()
		for page, err := range list.Pages(ctx) {
			require.NoError(t, err)
			assert.Equal(t, 1, page.Number)
			assert.Equal(t, 25, page.Total)
			break
		}
		assert.Equal(t, apollo.Cursor{Page: 2, Total: 25}, list.Cursor())
		rows, err := gathered(list.Rows(ctx))
		require.NoError(t, err)
		assert.Equal(t, upTo(25)[10:], rows)
		assert.Equal(t, []int{1, 2, 3}, b.asked, "no page is read twice")
	})
	t.Run("after an error", func(t *testing.T) {
		b := &book{rows: 25, perPage: 10, pages: -1, fail: map[int]apollo.Response{2: response(503, "")}}
		list := b.list()
		rows, err := gathered(list.Rows(ctx))
		require.Equal(t, crm.Unavailable, crm.KindOf(err))
		b.fail = nil
		rest, err := gathered(list.Rows(ctx))
		require.NoError(t, err)
		assert.Equal(t, upTo(25), append(rows, rest...))
	})
	t.Run("a list that changed meanwhile says so", func(t *testing.T) {
		b := &book{rows: 25, perPage: 10, pages: -1}
		list := b.list()
		for range list.Rows(ctx) {
			break
		}
		b.rows++
		_, err := gathered(list.Rows(ctx))
		assert.ErrorIs(t, err, apollo.ErrChanged)
		_, err = gathered(list.Rows(ctx))
		assert.ErrorIs(t, err, apollo.ErrChanged, "also when asked again")
		rows, err := gathered(list.From(apollo.Cursor{}).Rows(ctx))
		assert.NoError(t, err)
		assert.Equal(t, upTo(26), rows)
	})
	t.Run("gaps are remembered", func(t *testing.T) {
		b := &book{rows: 25, perPage: 10, pages: -1, extra: `,"partial_results_only":true`}
		list := b.list()
		for range list.Pages(ctx) {
			break
		}
		b.extra = ""
		rest := b.list().From(list.Cursor())
		rows, err := gathered(rest.Rows(ctx))
		assert.Len(t, rows, 15)
		assert.ErrorIs(t, err, apollo.ErrPartial)
	})
}

// TestListStopsAtTheBudget walks a list through Apollo's own windows: the last
// fifth of them is never used, and nothing is sent before the wait is over.
func TestListStopsAtTheBudget(t *testing.T) {
	ctx := context.Background()
	now, used := noon, 0
	b := &book{rows: 95, perPage: 10, pages: -1}
	c := clientAt(func(r apollo.Request) (apollo.Response, error) {
		if r.Method == "GET" {
			return response(200, `{"opportunity":{"id":"`+dealID+`"}}`), nil
		}
		used++
		b.header = []string{"x-rate-limit-minute", "5", "x-minute-requests-left", strconv.Itoa(5 - used)}
		return b.answer(r)
	}, func() time.Time { return now })
	list := c.ListOpportunities(apollo.OpportunityFilter{PerPage: 10})
	var all []int
	for minute := 1; ; minute++ {
		require.Less(t, minute, 10)
		rows, err := gathered(list.Rows(ctx))
		all = append(all, rows...)
		assert.LessOrEqual(t, used, 4, "one of five is kept")
		if err == nil {
			break
		}
		require.ErrorIs(t, err, apollo.ErrBudget)
		before := len(b.asked)
		_, err = gathered(list.Rows(ctx))
		require.ErrorIs(t, err, apollo.ErrBudget)
		assert.Len(t, b.asked, before, "nothing is sent meanwhile")
		assert.NoError(t, calls[view](c), "another endpoint is not concerned")
		now, used = now.Add(requireError(t, err).RetryAfter), 0
	}
	assert.Equal(t, upTo(95), all)
}

func TestListGivesUpWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	b := &book{rows: 25, perPage: 10, pages: -1}
	count := 0
	var end error
	for _, err := range b.list().Rows(ctx) {
		if end = err; err == nil {
			count++
			stop()
		}
	}
	assert.Equal(t, 10, count, "what was read is given")
	assert.ErrorIs(t, end, context.Canceled)
	assert.Len(t, b.asked, 1)
	assert.False(t, errors.Is(end, apollo.ErrPartial))
}
