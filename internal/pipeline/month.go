package pipeline

import (
	"math"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Month names a month of expected closes: YYYY-MM; with < before it all before
// that month, with > all after it; [None] those without a date.
type Month string

// span is the months from one to another, both within, counted from the year 0.
// The zero span is no date.
type span struct{ from, to int }

// span reads a month; false if it is none.
func (m Month) span() (span, bool) {
	if m == None {
		return span{}, true
	}
	before, after := strings.HasPrefix(string(m), "<"), strings.HasPrefix(string(m), ">")
	first, ok := crm.ParseDate(strings.TrimLeft(string(m), "<>") + "-01")
	n := number(first)
	switch {
	case !ok:
		return span{}, false
	case before:
		return span{1, n - 1}, true
	case after:
		return span{n + 1, math.MaxInt}, true
	}
	return span{n, n}, true
}

func (s span) has(d crm.Date) bool { n := number(d); return s.from <= n && n <= s.to }

// number counts months; 0 is no date.
func number(d crm.Date) int {
	if !d.IsSet() {
		return 0
	}
	return d.Year()*12 + int(d.Month()) - 1
}

// monthNumbered is the other way round.
func monthNumbered(n int) Month {
	d, _ := crm.NewDate(n/12, time.Month(n%12+1), 1)
	return Month(d.String()[:7])
}

// So many months around today are shown each by itself: half a year back and a
// year ahead. What is further away is shown together.
const (
	monthsBack  = 6
	monthsAhead = 12
)

// months are the months around today with what is before and after; last, what
// has no date.
func months(today crm.Date) []Month {
	first, last := number(today)-monthsBack, number(today)+monthsAhead
	all := []Month{"<" + monthNumbered(first)}
	for n := first; n <= last; n++ {
		all = append(all, monthNumbered(n))
	}
	return append(all, ">"+monthNumbered(last), None)
}

// place is where in months a date belongs.
func place(today, d crm.Date) int {
	const before, after, none = 0, monthsBack + monthsAhead + 2, monthsBack + monthsAhead + 3
	if !d.IsSet() {
		return none
	}
	return min(max(number(d)-number(today)+monthsBack+1, before), after)
}
