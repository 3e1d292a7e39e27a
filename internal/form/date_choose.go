package form

import (
	"cmp"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// reading is one way to read a day.
type reading struct {
	year  dateToken
	month time.Month
	day   dateToken
}

func (read reading) date() (date crm.Date, complaint objection) {
	y, ok := yearOf(read.year)
	if !ok || len(read.day.text) > 2 {
		return date, objection{text: unreadable}
	}
	return day(y, read.month, read.day.number)
}

const unreadable crm.English = "{0} has a year that cannot be read; type the date as YYYY-MM-DD."

// choose gives the one day that the readings leave, or asks. Where a year has
// two digits, days near today go before others.
func (r dateReader) choose(readings ...reading) (date crm.Date, complaint objection, ok bool) {
	var near, far []crm.Date
	for _, read := range readings {
		date, refused := read.date()
		switch {
		case refused.text != "":
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
		return near[0], objection{}, true
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
func ask(dates ...crm.Date) objection {
	o := objection{text: "{0} can mean {1} or {2}; type the one that you mean."}
	if len(dates) > 2 {
		o.text = "{0} can mean {1}, {2} or {3}; type the one that you mean."
	}
	for i, date := range dates {
		o.parts[i] = date.String()
	}
	return o
}
