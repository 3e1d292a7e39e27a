package form

import (
	"cmp"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// reading is one way to read a day.
type reading struct {
	year  dateToken
	month time.Month
	day   dateToken
}

func (read reading) date() (date crm.Date, complaint string) {
	y, ok := yearOf(read.year)
	if !ok || len(read.day.text) > 2 {
		return date, unreadable
	}
	return day(y, read.month, read.day.number)
}

const unreadable = "has a year that cannot be read; type the date as YYYY-MM-DD."

// choose gives the one day that the readings leave, or asks. Where a year has
// two digits, days near today go before others.
func (r dateReader) choose(readings ...reading) (date crm.Date, complaint string, ok bool) {
	var near, far []crm.Date
	for _, read := range readings {
		date, refused := read.date()
		switch {
		case refused != "":
			complaint = cmp.Or(complaint, refused)
		case len(read.year.text) == 4 || r.near(date):
			near = appendNew(near, date)
		default:
			far = appendNew(far, date)
		}
	}
	if len(near) == 0 {
		near = far
	}
	switch len(near) {
	case 0:
		return date, complaint, true
	case 1:
		return near[0], "", true
	}
	return date, ask(near...), true
}

// soon says whether a date is neither past nor far.
func (r dateReader) soon(date crm.Date) bool {
	return r.near(date) && date.Compare(r.today) >= 0
}

// near says whether a date is within three years of today.
func (r dateReader) near(date crm.Date) bool {
	return r.today.IsSet() && date.Compare(r.today.AddMonths(-36)) >= 0 && date.Compare(r.today.AddMonths(36)) <= 0
}

func appendNew(dates []crm.Date, date crm.Date) []crm.Date {
	for _, known := range dates {
		if known == date {
			return dates
		}
	}
	return append(dates, date)
}

// ask offers the days that a text can mean.
func ask(dates ...crm.Date) string {
	var b strings.Builder
	b.WriteString("can mean ")
	for i, date := range dates {
		if i > 0 {
			b.WriteString(" or ")
		}
		b.WriteString(dayWords(date))
	}
	b.WriteString("; type ")
	for i, date := range dates {
		if i > 0 {
			b.WriteString(" or ")
		}
		b.WriteString(date.String())
	}
	b.WriteString(".")
	return b.String()
}
