package form

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// unit is a length of time that reps count in.
type unit int

const (
	days unit = iota
	week
	month
	quarter
	year
)

func unitNamed(word string) (u unit, ok bool) {
	switch word {
	case "d", "day", "days":
		return days, true
	case "w", "wk", "wks", "week", "weeks":
		return week, true
	case "m", "mo", "mth", "mths", "month", "months":
		return month, true
	case "q", "qtr", "qtrs", "quarter", "quarters":
		return quarter, true
	case "y", "yr", "yrs", "year", "years":
		return year, true
	}
	return 0, false
}

// period reads a period, which stands for its last day: next month, this
// quarter, Q3, Q4 2026; after "end" also month, dec, december 2026, 2026.
func (r dateReader) period(w []dateToken, end bool) (date crm.Date, complaint objection, ok bool) {
	if len(w) == 0 {
		return date, objection{}, false
	}
	ahead, named := 0, end
	switch w[0].text {
	case "next":
		ahead, named, w = 1, true, w[1:]
	case "this", "current":
		named, w = true, w[1:]
	}
	if len(w) == 1 && named {
		if u, ok := unitNamed(w[0].text); ok && u != days {
			return r.endOf(u, ahead), objection{}, true
		}
	}
	if ahead > 0 {
		return date, objection{}, false
	}
	if date, complaint, ok := r.quarterNamed(w); ok {
		return date, complaint, true
	}
	if end && len(w) > 0 {
		return r.endOfNamed(w)
	}
	return date, objection{}, false
}

// endOf gives the last day of this period, or of the one that is ahead of it.
func (r dateReader) endOf(u unit, ahead int) crm.Date {
	switch u {
	case week:
		friday := r.monday().AddDays(4 + 7*ahead)
		if friday.Compare(r.today) < 0 { // on a Saturday the week that counts is the coming one
			friday = friday.AddDays(7)
		}
		return friday
	case month:
		return r.today.AddMonths(ahead).EndOfMonth()
	case quarter:
		return r.today.AddMonths(3 * ahead).EndOfQuarter()
	}
	if !r.today.IsSet() {
		return r.today
	}
	end, _ := crm.NewDate(r.today.Year()+ahead, time.December, 31)
	return end
}

// quarterNamed reads Q3, Q3 2026, Q3/26, 2026 Q3: the calendar quarter.
func (r dateReader) quarterNamed(w []dateToken) (date crm.Date, complaint objection, ok bool) {
	if len(w) > 2 && w[0].number >= 0 && quarterMark(w[1].text) { // the year first
		w = []dateToken{w[1], w[2], w[0]}
	}
	if len(w) > 3 && (w[2].sep == '/' || w[2].sep == '\'' || w[2].sep == '-') {
		w = append(w[:2:2], w[3:]...)
	}
	if len(w) < 2 || len(w) > 3 || !quarterMark(w[0].text) || w[1].number < 0 {
		return date, objection{}, false
	}
	if w[1].number < 1 || w[1].number > 4 {
		return date, objection{text: "{0} is no quarter; there are Q1 to Q4."}, true
	}
	return r.endOfMonth(time.Month(3*w[1].number), w[2:])
}

// quarterMark says whether a word stands for a quarter before its number: T3 in
// French and Spanish.
func quarterMark(word string) bool { return word == "q" || word == "t" }

// endOfNamed reads what may follow "end of" besides units and quarters: dec,
// december 2026, 2026.
func (r dateReader) endOfNamed(w []dateToken) (date crm.Date, complaint objection, ok bool) {
	if named, ok := monthNamed(w[0].text); ok && len(w) <= 2 {
		return r.endOfMonth(named, w[1:])
	}
	if len(w) == 1 && len(w[0].text) == 4 && w[0].number >= 0 {
		return r.endOfMonth(time.December, w)
	}
	return date, objection{}, false
}

// endOfMonth gives the last day of a month: of the year that is given, else of
// the next one whose end is not past.
func (r dateReader) endOfMonth(of time.Month, in []dateToken) (date crm.Date, complaint objection, ok bool) {
	first, known := crm.NewDate(max(r.today.Year(), 1), of, 1)
	switch {
	case len(in) == 1 && in[0].number >= 0:
		y, isYear := yearOf(in[0])
		if first, known = crm.NewDate(y, of, 1); !known || !isYear {
			return date, objection{text: "{0} has a year that cannot be read; type four digits."}, true
		}
		return first.EndOfMonth(), objection{}, true
	case len(in) > 0:
		return date, objection{}, false
	case !r.today.IsSet():
		return date, objection{}, true
	}
	date = first.EndOfMonth()
	if date.Compare(r.today) < 0 {
		date = first.AddMonths(12).EndOfMonth()
	}
	return date, objection{}, true
}

// yearOf reads a year of four digits, or of two: 20yy.
func yearOf(token dateToken) (y int, ok bool) {
	switch len(token.text) {
	case 2:
		return 2000 + token.number, true
	case 4:
		return token.number, true
	}
	return 0, false
}
