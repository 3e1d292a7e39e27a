package form

import (
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// relative reads dates that are said as seen from today, and periods.
func (r dateReader) relative(w []dateToken) (date crm.Date, complaint objection, ok bool) {
	if len(w) == 0 {
		return date, objection{}, false
	}
	if date, ok := r.said(w); ok {
		return date, objection{}, true
	}
	if date, complaint, ok := r.later(w); ok {
		return date, complaint, true
	}
	if len(w) > 1 && w[0].text == "a" && w[1].text == "end" { // a fin de mes
		w = w[1:]
	}
	switch last := len(w) - 1; {
	case w[0].text == "end":
		return r.period(w[1:], true)
	case w[last].text == "end": // year end
		return r.period(w[:last], true)
	}
	return r.period(w, false)
}

// said reads single words and weekdays: today, fri, next fri, eom.
func (r dateReader) said(w []dateToken) (date crm.Date, ok bool) {
	if len(w) > 1 && w[0].text == "day" { // of the words for Friday or the day after tomorrow
		w = w[1:]
	}
	if len(w) == 2 {
		if w[1].text == "tomorrow" && (w[0].text == "after" || w[0].text == "in") {
			return r.today.AddDays(2), true
		}
		weekday, ok := weekdayNamed(w[1].text)
		if !ok {
			return date, false
		}
		switch w[0].text {
		case "next":
			return r.monday().AddDays(7 + sinceMonday(weekday)), true
		case "this":
			if r.today.IsSet() && r.today.Weekday() == weekday {
				return r.today, true
			}
			return r.weekday(weekday), true
		case "coming":
			return r.weekday(weekday), true
		}
	}
	if len(w) != 1 {
		return date, false
	}
	switch w[0].text {
	case "today", "tod", "eod", "now":
		return r.today, true
	case "tomorrow", "tom", "tmrw", "tmr":
		return r.today.AddDays(1), true
	case "yesterday":
		return r.today.AddDays(-1), true
	case "eow":
		return r.endOf(week, 0), true
	case "eom":
		return r.endOf(month, 0), true
	case "eoq":
		return r.endOf(quarter, 0), true
	case "eoy":
		return r.endOf(year, 0), true
	}
	if weekday, ok := weekdayNamed(w[0].text); ok {
		return r.weekday(weekday), true
	}
	return date, false
}

// weekday gives the next such day after today.
func (r dateReader) weekday(weekday time.Weekday) crm.Date {
	if !r.today.IsSet() {
		return r.today
	}
	return r.today.AddDays((int(weekday-r.today.Weekday())+6)%7 + 1)
}

// monday gives the Monday of today's week.
func (r dateReader) monday() crm.Date {
	if !r.today.IsSet() {
		return r.today
	}
	return r.today.AddDays(-sinceMonday(r.today.Weekday()))
}

func sinceMonday(weekday time.Weekday) int { return (int(weekday) + 6) % 7 }

// later reads a distance: in 6 weeks, +2w, 10 days, a quarter from now.
func (r dateReader) later(w []dateToken) (date crm.Date, complaint objection, ok bool) {
	said := w[0].text == "in" || w[0].sep == '+'
	if said {
		w = w[1:]
	}
	if n := len(w); n == 4 && w[2].text == "from" && (w[3].text == "now" || w[3].text == "today") {
		w = w[:2]
	}
	if len(w) == 0 {
		return date, objection{}, false
	}
	n, counted := count(w[0])
	if len(w) == 1 && said && one(w[0].text) { // Arabic needs no number for one
		return r.later([]dateToken{{number: 1}, w[0]})
	}
	switch {
	case !counted:
		return date, objection{}, false
	case len(w) == 1 && said && w[0].number >= 0:
		return date, objection{text: "{0} has no unit; type days, weeks, months or quarters after the number."}, true
	case len(w) != 2:
		return date, objection{}, false
	}
	unit, known := unitNamed(w[1].text)
	if !known {
		return date, objection{}, false
	}
	switch unit {
	case days:
		return r.today.AddDays(n), objection{}, true
	case week:
		return r.today.AddDays(7 * n), objection{}, true
	case month:
		return r.today.AddMonths(n), objection{}, true
	case quarter:
		return r.today.AddMonths(3 * n), objection{}, true
	}
	return r.today.AddMonths(12 * n), objection{}, true
}

// one is a unit in the singular.
func one(word string) bool {
	return word == "day" || word == "week" || word == "month" || word == "year"
}

// count reads a number as digits or as a small word.
func count(token dateToken) (n int, ok bool) {
	if token.number >= 0 {
		return token.number, true
	}
	i := 0
	for word := range strings.FieldsSeq("a one two three four five six seven eight nine ten eleven twelve") {
		if word == token.text {
			return max(i, 1), true
		}
		i++
	}
	return 1, token.text == "an"
}
