package form

import (
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// ReadDate reads a day as reps type it, seen from today. An empty text is no
// date. It reads
//
//   - days: 2026-12-31, 20261231, 31.12.2026, 31 Dec 2026, December 31st, 2026年12月31日;
//     with points the day comes first;
//   - with slashes or dashes 12/31/2026 and 31/12/2026; 01/02/2026 is asked about;
//   - days without a year: the next such day that is not past;
//   - years of two digits: 20yy, in whichever order gives a day within three
//     years of today; asked about if several do;
//   - today, tomorrow, and fri: the next Friday after today; next fri: the
//     Friday of the week after this one, weeks beginning on Monday;
//   - in 6 weeks, 10 days, +2w, +3m, a quarter from now;
//   - periods, by their last day, since a close date is a deadline: next month, end of
//     quarter, end of next quarter, Q3 and end of Q3 (the next one that is not
//     past), end of dec, eoy; the last day of a week is its Friday.
//
// Words are read in the six languages. A weekday before a day must be the right one. Errors are [*crm.Error] of kind
// [crm.Invalid] whose message says what would do.
func ReadDate(text string, today crm.Date) (crm.Date, error) {
	s := fold(text)
	if s == "" {
		return crm.Date{}, nil
	}
	if date, ok := crm.ParseDate(s); ok {
		return date, nil
	}
	r := dateReader{today: today}
	tokens := inEnglish(splitDate(s))
	date, complaint, ok := r.relative(wordsOf(tokens))
	if !ok {
		date, complaint, ok = r.calendar(tokens)
	}
	switch {
	case !ok:
		complaint = objection{text: "{0} is not a date; type one such as 2026-12-31, 31 Dec, next fri, in 6 weeks or end of Q3."}
	case complaint.text == "" && !date.IsSet() && !today.IsSet():
		complaint = objection{text: "{0} depends on today's date, which is not known; type the date as YYYY-MM-DD."}
	case complaint.text == "" && !date.IsSet():
		complaint = objection{text: "{0} is too far away; type the date as YYYY-MM-DD."}
	}
	if complaint.text != "" {
		return crm.Date{}, complaint.err(crm.FieldCloseDate, text)
	}
	return date, nil
}

// dateReader reads dates as seen from today. Its methods report ok where a text is
// of the form that they read; the date is then set, or the complaint says why not.
type dateReader struct{ today crm.Date }

// day gives a day, or says that there is none such.
func day(year int, month time.Month, day int) (date crm.Date, complaint objection) {
	if date, ok := crm.NewDate(year, month, day); ok {
		return date, objection{}
	}
	first, ok := crm.NewDate(year, month, 1)
	switch {
	case month < 1 || month > 12:
		return date, objection{text: "{0} has a month {1}; type the date as YYYY-MM-DD.", parts: [4]string{strconv.Itoa(int(month))}}
	case !ok:
		return date, objection{text: "{0} has no year from 1 to 9999; type the date as YYYY-MM-DD."}
	}
	return date, objection{text: "{0} is no day: {1} is the last one of that month.", parts: [4]string{first.EndOfMonth().String()}}
}

// upcoming gives the next such day that is not past.
func (r dateReader) upcoming(month time.Month, dayOfMonth int) (date crm.Date, complaint objection) {
	if !r.today.IsSet() {
		return date, objection{text: "{0} has no year; type the date as YYYY-MM-DD."}
	}
	year := r.today.Year()
	date, complaint = day(year, month, dayOfMonth)
	if date.IsSet() && date.Compare(r.today) >= 0 {
		return date, objection{}
	}
	if next, complaint := day(year+1, month, dayOfMonth); complaint.text == "" {
		return next, objection{}
	}
	if date.IsSet() { // 29 February, of this year and past
		complaint = objection{text: "{0} is past, and next year has no such day; type the date as YYYY-MM-DD."}
	}
	return crm.Date{}, complaint
}
