package apollo

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// What Apollo declares as one type has come as another: a value of the wrong
// type counts as not set, so that one odd member never costs a whole list. A
// member's value that none of these reads is skipped by the reader.

func text(r *wire.Reader) string {
	if r.Is('"') {
		return r.String()
	}
	return ""
}

func id[T crm.ID](r *wire.Reader) T {
	parsed, _ := crm.ParseID[T](text(r))
	return parsed
}

func truth(r *wire.Reader) bool {
	return r.Is('t') && r.Bool()
}

// number reads a count from a number or a string; users' pages come as "1".
func number(r *wire.Reader) int {
	if !r.Is('0') && !r.Is('"') {
		return 0
	}
	return whole(r.Number())
}

// whole gives the part before the point of a number that is not negative.
func whole(digits string) int {
	n := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' || n > 1<<30 {
			break
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// amount reads a string, an integer or a float without rounding it. What no
// Money can hold counts as not set.
func amount(r *wire.Reader) crm.Money {
	if !r.Is('0') && !r.Is('"') {
		return crm.Money{}
	}
	parsed, _ := crm.ParseMoney(r.Number())
	return parsed
}

func day(r *wire.Reader) crm.Date {
	stamp := text(r)
	if len(stamp) > 10 {
		stamp = stamp[:10]
	}
	parsed, _ := crm.ParseDate(stamp)
	return parsed
}

func moment(r *wire.Reader) time.Time {
	at, ok := timestamp(text(r))
	if !ok {
		return time.Time{}
	}
	return at
}

// rows reads a list of objects. row gives false for one that cannot be used;
// rows counts those and what is no object.
func rows(r *wire.Reader, row func() bool) (skipped int) {
	r.Array(func() {
		if !r.Is('{') || !row() {
			skipped++
		}
	})
	return skipped
}

// pagination is where a list stands.
type pagination struct {
	page, perPage, total, pages int
}

func (p *pagination) read(r *wire.Reader) {
	if !r.Is('{') {
		return
	}
	r.Object(func(name []byte) {
		switch string(name) {
		case "page":
			p.page = number(r)
		case "per_page":
			p.perPage = number(r)
		case "total_entries":
			p.total = number(r)
		case "total_pages":
			p.pages = number(r)
		}
	})
}

// envelope reads the top object and fails the reading if member never gave
// true: a 200 without what was asked for is no answer.
func envelope(r *wire.Reader, member func(name []byte) bool) {
	found := false
	if r.Is('{') {
		r.Object(func(name []byte) {
			if member(name) {
				found = true
			}
		})
	} else {
		r.Skip()
	}
	if !found {
		r.Fail(errUnusable)
	}
}
