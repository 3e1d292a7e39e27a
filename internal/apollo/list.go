package apollo

import (
	"context"
	"errors"
	"iter"
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Why a list ended before its end, or without all of its rows. They are in the
// chain of the error that a [List] ends with.
var (
	ErrBudget  = errors.New("the rest of the requests is kept for saving")
	ErrChanged = errors.New("the list changed while it was read")
	ErrPartial = errors.New("rows are missing from the list")
)

// Cursor is a place in a list, as plain numbers to be stored. The zero Cursor is
// the beginning.
type Cursor struct {
	Page  int  // the page to be read next, from 1
	Row   int  // rows of that page that were given already
	Total int  // rows of all pages, when the first was read
	Gaps  bool // what was read so far lacks rows
	Done  bool // the list was read to its end
}

// List goes through the pages of a list. Make it with one of the client's List
// methods. A list that ends without an error was given whole. It ends with one
//
//   - of kind [crm.RateLimited] with [ErrBudget], before a request would use the
//     last 20 % of any of the endpoint's windows: go on after RetryAfter,
//   - of kind [crm.Conflict] with [ErrChanged], when Apollo has another number of
//     rows than at the beginning: rows have moved between pages, begin again,
//   - of kind [crm.Unavailable] with [ErrPartial], after the last row, when
//     Apollo held rows back or some could not be read,
//   - of any kind that a single request fails with.
//
// After an error other than ErrChanged, and after a break, ranging again goes on
// with the row that comes next. A List is not for concurrent use.
type List[T any] struct {
	client *Client
	at     Cursor
	before struct { // the page that was read before
		page  int
		first string // id of its first row
	}

	ask    func(page int) call
	member string // of the answer that holds the rows
	row    func(*wire.Reader) (T, bool)
	keep   func(T) bool // whether a row was asked for; nil: every one
	id     func(T) string
}

// From sets the place to go on from and gives the list.
func (l *List[T]) From(at Cursor) *List[T] {
	l.at = at
	return l
}

// Cursor is the place of the row that comes next.
func (l *List[T]) Cursor() Cursor { return l.at }

// Pages goes through the list page by page.
func (l *List[T]) Pages(ctx context.Context) iter.Seq2[Page[T], error] {
	return func(yield func(Page[T], error) bool) {
		for !l.at.Done {
			page, after, err := l.next(ctx)
			if err != nil {
				yield(Page[T]{}, err)
				return
			}
			l.at = after
			if !yield(page, nil) {
				return
			}
			if err := l.gaps(); err != nil {
				yield(Page[T]{}, err)
				return
			}
		}
	}
}

// Rows goes through the list row by row.
func (l *List[T]) Rows(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for !l.at.Done {
			page, after, err := l.next(ctx)
			if err != nil {
				yield(none, err)
				return
			}
			l.at.Page, l.at.Total = after.Page-1, after.Total
			for _, row := range page.Rows {
				l.at.Row++
				if !yield(row, nil) {
					return
				}
			}
			l.at = after
			if err := l.gaps(); err != nil {
				yield(none, err)
				return
			}
		}
	}
}

// next reads the page at the cursor and gives the place after it.
func (l *List[T]) next(ctx context.Context) (page Page[T], after Cursor, err error) {
	number := max(l.at.Page, 1)
	begun := number > 1 || l.at.Row > 0
	call := l.ask(number)
	if err := l.client.reserved(call.operation); err != nil {
		return page, after, err
	}
	err = l.client.do(ctx, call, func(r *wire.Reader) {
		page = readPage(r, l.member, l.row, l.keep)
		if r.Err() == nil && page.Number > 0 && page.Number != number {
			r.Fail(errors.New("page " + strconv.Itoa(page.Number) + " came in place of page " + strconv.Itoa(number)))
		}
	})
	if err != nil {
		return page, after, err
	}
	if begun && page.Total != l.at.Total {
		return page, after, changed(call.operation, l.at.Total, page.Total)
	}
	if len(page.Rows) > 0 {
		first := l.id(page.Rows[0])
		if first == l.before.first && number != l.before.page {
			return page, after, incomplete(call.operation, "Apollo gives the same page again and again.")
		}
		l.before.page, l.before.first = number, first
	}
	after = Cursor{Page: number + 1, Total: page.Total, Gaps: l.at.Gaps || page.Partial || page.Skipped > 0}
	full := page.PerPage
	if full == 0 {
		full = MaxPerPage
	}
	switch {
	case page.Pages > 0:
		after.Done = number >= page.Pages || page.rows() == 0
		after.Gaps = after.Gaps || number < page.Pages && page.rows() == 0
	default:
		after.Done = page.rows() < full
	}
	page.Rows = page.Rows[min(l.at.Row, len(page.Rows)):]
	return page, after, nil
}

// gaps is what to say at the end of a list that lacks rows.
func (l *List[T]) gaps() error {
	if !l.at.Done || !l.at.Gaps {
		return nil
	}
	return incomplete(l.ask(1).operation, "Apollo did not give the whole list.")
}

func incomplete(op *operation, message crm.English) error {
	return &crm.Error{Kind: crm.Unavailable, Op: op.name, Err: ErrPartial, Message: message + " Ask for less at a time, or look in Apollo."}
}

func changed(op *operation, from, to int) error {
	return &crm.Error{
		Kind: crm.Conflict, Op: op.name, Err: ErrChanged,
		Message: "Somebody changed the list while it was being read: rows before {0}, now {1}. Read it again from the beginning.",
		Parts:   []string{strconv.Itoa(from), strconv.Itoa(to)},
	}
}
