package form

import (
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// calendar reads a day of the calendar, a weekday before it allowed.
func (r dateReader) calendar(tokens []dateToken) (date crm.Date, complaint objection, ok bool) {
	weekday, hasWeekday := time.Sunday, false
	if len(tokens) > 1 {
		if weekday, hasWeekday = weekdayNamed(tokens[0].text); hasWeekday {
			tokens = tokens[1:]
		}
	}
	date, complaint, ok = r.dayOf(tokens)
	if hasWeekday && date.IsSet() && date.Weekday() != weekday {
		complaint = objection{text: "{0} is not possible: {1} is another day of the week.", parts: [4]string{date.String()}}
	}
	return date, complaint, ok
}

func (r dateReader) dayOf(tokens []dateToken) (date crm.Date, complaint objection, ok bool) {
	numbers, named, sep, ok := dateParts(tokens)
	switch {
	case !ok:
		return date, objection{}, false
	case named != 0:
		return r.withMonth(numbers, named)
	}
	switch len(numbers) {
	case 1:
		if text := numbers[0].text; len(text) == 8 {
			date, complaint = day(number(text[:4]), time.Month(number(text[4:6])), number(text[6:]))
			return date, complaint, true
		}
	case 2:
		return r.dayAndMonth(numbers[0], numbers[1], sep)
	case 3:
		return r.threeNumbers(numbers, sep)
	}
	return date, objection{}, false
}

// dateParts takes a day apart: its numbers, the month if it is named, and the
// sign between the numbers: '月' where they are marked as in 12月31日, ' ' for none
// or several. A sign at the end is allowed: 31.12.
func dateParts(tokens []dateToken) (numbers []dateToken, named time.Month, sep rune, ok bool) {
	wasNumber, wasSign := false, true
	for _, token := range tokens {
		sign := token.sep
		if eastAsian(token.text) {
			sign = '月'
		}
		switch {
		case wasNumber && ordinal(token.text), filler(token.text), token.sep == ',':
		case token.number >= 0:
			numbers = append(numbers, token)
		case strings.ContainsRune("月./-", sign) && sign != 0:
			if wasSign {
				return nil, 0, 0, false
			}
			if sep != 0 && sep != sign {
				sign = ' '
			}
			sep = sign
		default:
			month, isMonth := monthNamed(token.text)
			if !isMonth || named != 0 {
				return nil, 0, 0, false
			}
			named = month
		}
		wasNumber, wasSign = token.number >= 0, token.sep != 0 && token.sep != ','
	}
	if sep == 0 {
		sep = ' '
	}
	return numbers, named, sep, true
}

// eastAsian words follow the year, the month and the day.
func eastAsian(word string) bool {
	switch word {
	case "年", "月", "日", "년", "월", "일":
		return true
	}
	return false
}

func ordinal(word string) bool {
	return word == "st" || word == "nd" || word == "rd" || word == "th" || word == "er"
}

// withMonth reads a day whose month is named: 31 dec, dec 31, 31 dec 2026.
func (r dateReader) withMonth(n []dateToken, month time.Month) (date crm.Date, complaint objection, ok bool) {
	switch {
	case len(n) == 0:
		return date, noDay(month.String()), true
	case len(n) == 1 && len(n[0].text) == 4:
		return date, noDay(month.String() + " " + n[0].text), true
	case len(n) == 1 && len(n[0].text) <= 2:
		date, complaint = r.upcoming(month, n[0].number)
		return date, complaint, true
	case len(n) != 2:
		return date, objection{}, false
	case len(n[0].text) == 4:
		return r.choose(reading{n[0], month, n[1]})
	}
	return r.choose(reading{n[1], month, n[0]})
}

// dayAndMonth reads two numbers.
func (r dateReader) dayAndMonth(a, b dateToken, sep rune) (date crm.Date, complaint objection, ok bool) {
	if len(a.text) > 2 || len(b.text) > 2 {
		return date, objection{text: "{0} has no day; type the date as YYYY-MM-DD."}, len(a.text) == 4 || len(b.text) == 4
	}
	dayFirst, complaint := r.upcoming(time.Month(b.number), a.number)
	if sep == '.' {
		return dayFirst, complaint, true
	}
	monthFirst, refused := r.upcoming(time.Month(a.number), b.number)
	switch {
	case sep == '月':
		return monthFirst, refused, true
	case dayFirst.IsSet() && monthFirst.IsSet() && dayFirst != monthFirst:
		return date, ask(dayFirst, monthFirst), true
	case monthFirst.IsSet():
		return monthFirst, objection{}, true
	case !dayFirst.IsSet() && b.number > 12:
		return date, refused, true
	}
	return dayFirst, complaint, true
}

// threeNumbers reads a day of three numbers.
func (r dateReader) threeNumbers(n []dateToken, sep rune) (date crm.Date, complaint objection, ok bool) {
	dayFirst := reading{n[2], time.Month(n[1].number), n[0]}
	monthFirst := reading{n[2], time.Month(n[0].number), n[1]}
	yearFirst := reading{n[0], time.Month(n[1].number), n[2]}
	switch {
	case len(n[0].text) == 4, sep == '月':
		return r.choose(yearFirst)
	case sep == '.':
		return r.choose(dayFirst)
	case n[1].number > 12:
		dayFirst, monthFirst = monthFirst, dayFirst // the complaint of the first is told
	}
	if date, complaint := yearFirst.date(); complaint.text == "" && r.soon(date) {
		return r.choose(dayFirst, monthFirst, yearFirst)
	}
	return r.choose(dayFirst, monthFirst)
}

func noDay(month string) objection {
	return objection{text: "{0} has no day; type the day too, or end of {1}.", parts: [4]string{month}}
}
